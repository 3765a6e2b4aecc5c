import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { isKnown } from '../http/conditional.ts';

/** How long others may keep an answer. */
export type Caching =
  /** Never changes under this address. */
  | 'immutable'
  /** Changes only with the program: a redline of two ids. */
  | 'daily'
  /** Changes with new records. */
  | 'short'
  /** Something is missing that will be there soon: not to be given again without asking. */
  | 'incomplete';

const CACHE_CONTROL: Readonly<Record<Caching, string>> = {
  immutable: 'public, max-age=31536000, immutable',
  daily: 'public, max-age=86400',
  short: 'public, max-age=60',
  incomplete: 'no-cache',
};

export interface AnswerOptions {
  readonly caching?: Caching | undefined;
  readonly lastModified?: Date | undefined;
}

/** Answers a body as JSON, or 304 where the asker has it already. */
export function answerJson<Body>(c: Context, body: Body, options: AnswerOptions = {}): Response {
  return answerText(c, JSON.stringify(body), 'application/json; charset=utf-8', options);
}

/** Answers a text with validators made from it, or 304 where the asker has it already (RFC 9110, 13.1). */
export function answerText(c: Context, text: string, contentType: string, options: AnswerOptions = {}): Response {
  const { caching = 'short', lastModified } = options;
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  c.header('ETag', etag);
  c.header('Cache-Control', CACHE_CONTROL[caching]);
  if (lastModified) c.header('Last-Modified', lastModified.toUTCString());
  // Only what never changes is compared by date: elsewhere an older record can be the newer answer.
  const dated = caching === 'immutable' ? lastModified : undefined;
  if (isKnown(c.req.raw.headers, { etag, lastModified: dated })) return c.body(null, 304);
  c.header('Content-Type', contentType);
  c.header('X-Content-Type-Options', 'nosniff');
  return c.body(text);
}

/** Answers what is named by its hash and never changes; the name is its entity tag. */
export function answerBytes(
  c: Context,
  {
    sha256,
    content,
    type,
  }: { readonly sha256: string; readonly content: Uint8Array<ArrayBuffer>; readonly type: string },
): Response {
  const etag = `"${sha256}"`;
  c.header('ETag', etag);
  c.header('Cache-Control', CACHE_CONTROL.immutable);
  if (isKnown(c.req.raw.headers, { etag })) return c.body(null, 304);
  c.header('Content-Type', type);
  c.header('X-Content-Type-Options', 'nosniff');
  return c.body(content);
}
