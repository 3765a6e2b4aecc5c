/** What tells one state of an answer from another. */
export interface Validators {
  /** As it is sent: with its quotes, and `W/` where it is weak. */
  readonly etag: string;
  /** Given only where an older date is sure to mean an older answer; whole seconds. */
  readonly lastModified?: Date | undefined;
}

/**
 * Whether the reader of a conditional GET or HEAD has this state already, and is to be answered 304 (RFC 9110, 13.2.2).
 * An entity tag decides alone: it tells states apart that have the same date.
 */
export function isKnown(headers: Headers, { etag, lastModified }: Validators): boolean {
  const tags = headers.get('If-None-Match');
  if (tags !== null) return namesTag(tags, etag, 'weak');
  const since = httpDate(headers.get('If-Modified-Since'));
  return since !== undefined && lastModified !== undefined && since >= wholeSeconds(lastModified);
}

/**
 * Whether a list of entity tags names one, or is `*`. Weak comparison is for what is only read, as compressing in
 * between makes tags weak; strong for parts of a file, and for conditions that must hold (RFC 9110, 8.8.3.2).
 */
export function namesTag(list: string, etag: string, comparison: 'weak' | 'strong'): boolean {
  if (list.trim() === '*') return true;
  const tags: readonly string[] = list.match(/(?:W\/)?"[^"]*"/g) ?? [];
  if (comparison === 'weak') return tags.some((tag) => opaque(tag) === opaque(etag));
  return !etag.startsWith('W/') && tags.includes(etag);
}

const opaque = (tag: string): string => tag.replace(/^W\//, '');

/** Milliseconds; undefined for what is no date, which is no condition. */
export function httpDate(header: string | null): number | undefined {
  const time = Date.parse(header ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** A date as a header can tell it, in milliseconds. */
export const wholeSeconds = (date: Date): number => Math.floor(date.getTime() / 1000) * 1000;
