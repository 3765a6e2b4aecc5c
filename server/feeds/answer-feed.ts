import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { isKnown } from '../http/conditional.ts';
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
  readonly lastModified: Date;
}

export interface FeedToAnswer {
  readonly head: Omit<Feed, 'entries'>;
  readonly entries: () => readonly FeedEntry[];
  readonly format: FeedFormat;
  readonly cache: FeedCache;
  /** Gives the state of a feed by what identifies it, where it is known that it has not changed. */
  readonly keep?: (key: string, make: () => FeedState) => FeedState;
}

/** Seconds. Readers of feeds ask every few minutes at most; caches in between may answer for that long. */
const LIFETIME = 'public, max-age=60';

/** A feed, or 304 where the reader has this state of it already; it is written only when it must be. */
export function answerFeed(c: Context, { head, entries, format, cache, keep = anew }: FeedToAnswer): Response {
  let whole: Feed | undefined;
  const feed = (): Feed => {
    whole ??= { ...head, entries: entries() };
    return whole;
  };
  const { hash, lastModified } = keep(JSON.stringify([format, head]), () => stateOf(feed(), format));
  const etag = `"${hash}"`;
  const headers = { ETag: etag, 'Last-Modified': lastModified.toUTCString(), 'Cache-Control': LIFETIME };
  if (isKnown(c.req.raw.headers, { etag, lastModified })) return c.body(null, 304, headers);
  const text = cache.get(hash, () => WRITERS[format](feed()));
  return c.body(text, 200, { ...headers, 'Content-Type': `${FEED_TYPES[format]}; charset=utf-8` });
}

const anew = (_: string, make: () => FeedState): FeedState => make();

const stateOf = (feed: Feed, format: FeedFormat): FeedState => ({
  hash: createHash('sha1').update(format).update(JSON.stringify(feed)).digest('base64url'),
  lastModified: lastUpdated(feed),
});
