import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { httpDate, isKnown, wholeSeconds } from '../http/conditional.ts';
import { ATOM_TYPE, toAtom } from './atom.ts';
import { type Feed, type FeedEntry, lastUpdated } from './feed.ts';
import type { FeedCache } from './feed-cache.ts';
import { JSON_FEED_TYPE, toJsonFeed } from './json-feed.ts';

export type FeedFormat = 'atom' | 'json';

export const FEED_TYPES: Readonly<Record<FeedFormat, string>> = { atom: ATOM_TYPE, json: JSON_FEED_TYPE };
const WRITERS: Readonly<Record<FeedFormat, (feed: Feed) => string>> = { atom: toAtom, json: toJsonFeed };

/** What tells one state of a feed from another. */
export interface FeedState {
  readonly hash: string;
  /** Of the newest entry, as Open Terms Archive's feeds have it. */
  readonly lastModified: Date;
  /** Whether who knows of that date knows of all entries. */
  readonly isDateEnough: boolean;
}

export interface FeedToAnswer {
  readonly head: Omit<Feed, 'entries'>;
  readonly entries: () => readonly FeedEntry[];
  readonly format: FeedFormat;
  readonly cache: FeedCache;
  /** Entries are of one collection, the one recorded last first: what came since can be told by dates. */
  readonly isInCommitOrder?: boolean;
  /** Something is missing that will be there soon: nobody is to keep it. */
  readonly isIncomplete?: boolean;
  /** Gives the state of a feed by what identifies it, where it is known that it has not changed. */
  readonly keep?: (key: string, make: () => FeedState) => FeedState;
}

/** Seconds. Readers of feeds ask every few minutes at most; caches in between may answer for that long. */
const LIFETIME = 'public, max-age=60';

/**
 * A feed, or 304 where the reader has this state of it already; it is written only when it must be. `If-Modified-Since`
 * counts where it gives the very date of the newest entry, and no entry can have come since that is older: a mirror has
 * records an hour after their date, and imported ones may be years old. Entity tags have no such limits.
 */
export function answerFeed(c: Context, options: FeedToAnswer): Response {
  const { head, entries, format, cache, isInCommitOrder = false, isIncomplete = false, keep = anew } = options;
  let whole: Feed | undefined;
  const feed = (): Feed => {
    whole ??= { ...head, entries: entries() };
    return whole;
  };
  const state = keep(JSON.stringify([format, head]), () => stateOf(feed(), format));
  const { hash, lastModified } = state;
  const etag = `"${hash}"`;
  const headers = {
    ETag: etag,
    'Last-Modified': lastModified.toUTCString(),
    'Cache-Control': isIncomplete ? 'no-cache' : LIFETIME,
  };
  const request = c.req.raw.headers;
  const isDated =
    isInCommitOrder && state.isDateEnough && httpDate(request.get('If-Modified-Since')) === wholeSeconds(lastModified);
  if (isKnown(request, { etag, lastModified: isDated ? lastModified : undefined })) return c.body(null, 304, headers);
  const text = cache.get(hash, () => WRITERS[format](feed()));
  return c.body(text, 200, { ...headers, 'Content-Type': `${FEED_TYPES[format]}; charset=utf-8` });
}

const anew = (_: string, make: () => FeedState): FeedState => make();

const stateOf = (feed: Feed, format: FeedFormat): FeedState => ({
  hash: createHash('sha1').update(format).update(JSON.stringify(feed)).digest('base64url'),
  lastModified: lastUpdated(feed),
  isDateEnough: isDateEnough(feed),
});

/**
 * Where the entry recorded last has a date of its own, later than all others, every state of the feed with that date has
 * this entry, and with it all that were recorded before.
 */
function isDateEnough({ entries: [last, ...others] }: Feed): boolean {
  return last === undefined || others.every(({ updated }) => wholeSeconds(updated) < wholeSeconds(last.updated));
}
