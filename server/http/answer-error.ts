import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ApiErrorBody, ApiErrorCode } from '../api/contract.ts';
import type { RequestKind } from './request-kind.ts';

/** Kinds of requests whose refusals have the shape of our own API; those of OTA's APIs are `{error: "…"}`. */
const OWN_API: ReadonlySet<RequestKind> = new Set(['own-api', 'search', 'redline', 'export']);

/** Answers a request that is refused, for programs as {@link answerError} does. */
export type AnswerError = (...refused: Parameters<typeof answerError>) => Response | Promise<Response>;

/**
 * An answer that is a refusal: JSON, or plain text for who asks for text or HTML but not for JSON. Never stored by
 * caches: what is missing or too much now may not be so in a minute.
 *
 * @param code of our own API, where the status alone does not say it.
 */
export function answerError(
  c: Context,
  status: ContentfulStatusCode,
  message: string,
  headers: Readonly<Record<string, string>> = {},
  code: ApiErrorCode = CODES.get(status) ?? 'invalid-request',
): Response {
  const sent = { ...headers, 'Cache-Control': 'no-store' };
  if (prefersText(c)) return c.text(`${message}\n`, status, sent);
  if (!OWN_API.has(c.get('requestKind'))) return c.json({ error: message }, status, sent);
  const body: ApiErrorBody = { error: { code, message } };
  return c.json(body, status, sent);
}

function prefersText(c: Context): boolean {
  const accept = c.req.header('accept') ?? '';
  return /\btext\/(?:html|plain)\b/i.test(accept) && !/\bjson\b/i.test(accept);
}

const CODES: ReadonlyMap<number, ApiErrorCode> = new Map([
  [404, 'not-found'],
  [405, 'method-not-allowed'],
  [429, 'busy'],
  [500, 'internal'],
  [503, 'index-unavailable'],
]);
