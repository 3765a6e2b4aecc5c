import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { ChangeInterval, SearchAnswer, SearchHit } from '../api/contract.ts';
import { createAddresses } from '../pages/addresses.ts';
import { answerFeed, FEED_TYPES, type FeedFormat } from './answer-feed.ts';
import { type FeedEntry, MAX_ENTRIES } from './feed.ts';
import type { FeedCache } from './feed-cache.ts';

export interface SearchFeedOptions {
  readonly format: FeedFormat;
  /** Of the server, as readers see it, without a slash at the end. */
  readonly publicUrl: string;
  /** What is searched for, and which of it: an entry of `removed` is that something went. */
  readonly asked: { readonly text: string; readonly state: 'in-force' | 'removed' | 'any' };
  /** Hits, those that appeared last first. */
  readonly answer: SearchAnswer;
  readonly cache: FeedCache;
}

const LONGEST_TITLE = 80;

/**
 * A search as a feed: who follows it hears of each paragraph that comes to say what was searched for, or of each that
 * went. Entries are English, as those of all feeds, and lead to the paragraph's life.
 */
export function answerSearchFeed(c: Context, { format, publicUrl, asked, answer, cache }: SearchFeedOptions): Response {
  const entries = answer.data
    .map((hit) => toEntry(hit, asked.state === 'removed', publicUrl))
    .toSorted((a, b) => b.updated.getTime() - a.updated.getTime())
    .slice(0, MAX_ENTRIES);
  const missing = answer.unavailable.length + answer.incomplete.length;
  return answerFeed(c, {
    head: {
      id: addressOf(c, publicUrl, 'atom'),
      title: `Search: ${shortened(asked.text)}`,
      subtitle: missing === 0 ? undefined : 'Not all collections could be searched just now: entries may be missing.',
      logo: undefined,
      page: pageOf(c, publicUrl),
      self: addressOf(c, publicUrl, format),
      alternates: (['atom', 'json'] as const)
        .filter((other) => other !== format)
        .map((other) => ({ href: addressOf(c, publicUrl, other), type: FEED_TYPES[other] })),
    },
    entries: () => entries,
    format,
    cache,
    isIncomplete: missing > 0,
  });
}

/** The page with the same hits, for people. */
function pageOf(c: Context, publicUrl: string): string {
  const { origin, pathname } = new URL(publicUrl);
  return `${origin}${createAddresses(pathname.replace(/\/$/, ''), 'en').search()}?${queryOf(c)}`;
}

/** Parameters in one order, so that one search has one address. */
function addressOf(c: Context, publicUrl: string, format: FeedFormat): string {
  const query = queryOf(c);
  query.set('format', FORMAT_NAMES[format]);
  return `${publicUrl}/api/search?${query}`;
}

const queryOf = (c: Context): URLSearchParams =>
  new URLSearchParams(
    Object.entries(c.req.queries())
      .filter(([name]) => name !== 'format')
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, values]) => values.toSorted().map((value) => [name, value])),
  );

/** As the parameter `format` names them. */
const FORMAT_NAMES: Readonly<Record<FeedFormat, string>> = { atom: 'atom', json: 'jsonfeed' };

function toEntry(hit: SearchHit, isOfEnd: boolean, publicUrl: string): FeedEntry {
  const { collection, clauseId, serviceId, serviceName, termsType, heading, text, life } = hit;
  const ended = isOfEnd ? life.disappeared : null;
  const moment: ChangeInterval = ended ?? life.appeared;
  const { origin, pathname } = new URL(publicUrl);
  // The same wording comes and goes once: what it says and when it came name it.
  const wording = createHash('sha256').update(`${life.appeared.versionId} ${text}`).digest('base64url').slice(0, 22);
  const name = `${serviceName}: ${termsType}${heading === null ? '' : `, ${shortened(heading)}`}`;
  return {
    id: `urn:clausewatch:wording:${encodeURIComponent(collection)}:${clauseId}:${wording}${ended ? ':gone' : ''}`,
    title: ended ? `${name}: no longer there` : name,
    updated: new Date(moment.by),
    link: {
      href: `${origin}${createAddresses(pathname.replace(/\/$/, ''), 'en').clause(collection, clauseId)}`,
      type: 'text/html',
    },
    serviceId,
    termsType,
    recordType:
      moment.basis === 'first-record' ? 'First record' : moment.isTechnicalUpgrade ? 'Technical upgrade' : 'Change',
    summary: hit.excerpt.map((part) => part.text).join(''),
  };
}

const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_TITLE ? `${line.slice(0, LONGEST_TITLE).toWellFormed()}…` : line;
};
