import type { Context } from 'hono';

/** What tells one state of an answer from another. */
export interface Validators {
  readonly etag: string;
  /** Where given, `If-Modified-Since` counts too; whole seconds. */
  readonly lastModified?: Date | undefined;
}

/** Whether a conditional request (RFC 9110, section 13) is to be answered 304: the reader has this state already. */
export function isCurrent(c: Context, { etag, lastModified }: Validators): boolean {
  const tags = c.req.header('if-none-match');
  // An entity tag decides alone: it tells states apart that have the same date.
  if (tags !== undefined) {
    return tags.trim() === '*' || tags.split(',').some((tag) => opaque(tag) === opaque(etag));
  }
  const since = c.req.header('if-modified-since');
  if (since === undefined || lastModified === undefined) return false;
  // NaN, of a date that is none, compares as false: the answer is sent.
  return Math.floor(lastModified.getTime() / 1000) * 1000 <= Date.parse(since);
}

/** Weak comparison: what compresses answers in between makes tags weak. */
const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
