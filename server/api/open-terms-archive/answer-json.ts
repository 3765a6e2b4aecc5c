import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isKnown } from '../../http/conditional.ts';

/** As Express writes it, which OTA's clients are used to. */
export const JSON_TYPE = 'application/json; charset=utf-8';

/** Seconds for which an answer may be shown again unasked, where a new record can change it at any moment. */
export const SHORT_LIVED = 'public, max-age=10';

/**
 * A JSON answer with an ETag from its text; 304 where the reader has it already.
 *
 * @param stands whether the same would be answered to anybody now; without it, the answer is made each time.
 */
export function answerJson(c: Context, value: unknown, stands?: () => boolean): Response {
  const body = JSON.stringify(value);
  const etag = `W/"${createHash('sha1').update(body).digest('base64url')}"`;
  const headers = { ETag: etag, 'Cache-Control': SHORT_LIVED };
  if (isKnown(c.req.raw.headers, { etag })) return c.body(null, 304, headers);
  const sent = { ...headers, 'Content-Type': JSON_TYPE };
  if (!stands) return c.body(body, 200, sent);
  const bytes = Buffer.from(body);
  c.set('standing', { bytes, headers: sent, stands });
  return c.body(bytes, 200, sent);
}

/** A refusal in OTA's shape. Never kept by caches: what is missing now may be there in a minute. */
export const answerError = (c: Context, status: ContentfulStatusCode, error: string): Response =>
  c.body(JSON.stringify({ error }), status, { 'Content-Type': JSON_TYPE, 'Cache-Control': 'no-store' });
