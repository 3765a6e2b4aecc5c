import type { z } from '@hono/zod-openapi';
import type { ServedCollections } from '../../../archive/collections/served-collection.ts';
import { QuerySyntaxError } from '../../../archive/index/index-error.ts';
import { readPassage } from '../../../archive/index/text/read-passage.ts';
import { LONGEST_TEXT } from '../../api/longest-text.ts';
import { choice, query, text } from '../../api/parameters.ts';
import { SEARCH_FILTERS } from '../../api/search-query.ts';
import type { QueryValues } from '../addresses.ts';
import { serviceIds } from './service-ids.ts';

/** What the address of the search may ask for: the API's parameters, of which `match` is found out where it is not given. */
export const SEARCH_QUERY = query({
  q: text('What to find.', LONGEST_TEXT).optional(),
  match: choice('All of these words, or a passage as somebody copied it.', ['words', 'passage']),
  ...SEARCH_FILTERS,
});

/** What somebody searches for. */
export interface AskedSearch extends Omit<z.output<typeof SEARCH_QUERY>, 'match'> {
  readonly match: 'words' | 'passage';
}

/** People type a few words; what is longer, and has no sign of a query in it, was copied. */
const LEAST_PASTED_WORDS = 12;
const QUERY_SIGNS = /["*]|\b(?:OR|AND|NOT)\b|(?:^|\s)-[\p{L}"(]/u;

/** @throws ApiError of code `invalid-request` */
export function toAsked(collections: ServedCollections, read: z.output<typeof SEARCH_QUERY>): AskedSearch {
  return {
    ...read,
    service: serviceIds(collections, read.service),
    match: read.match ?? (looksPasted(read.q ?? '') ? 'passage' : 'words'),
  };
}

/** Whether somebody pasted a passage instead of typing words. */
export function looksPasted(words: string): boolean {
  const text = words.trim();
  if (/\n/.test(text)) return true;
  return !QUERY_SIGNS.test(text) && text.split(/\s+/).length >= LEAST_PASTED_WORDS;
}

/** Whether there are words enough to look for something like them; of fewer the index refuses to. */
export function isPassage(words: string): boolean {
  try {
    return readPassage(words).length > 0;
  } catch (error) {
    if (error instanceof QuerySyntaxError) return false;
    throw error;
  }
}

/** How to match, where it does not follow from the text. */
export const saidMatch = (q: string | undefined, match: 'words' | 'passage'): 'words' | 'passage' | undefined =>
  match === 'words' && !looksPasted(q ?? '') ? undefined : match;

/** The same search as parameters of the API, without what is the default there. */
export function toParameters(asked: AskedSearch): QueryValues {
  const { q, match, state, sort, since, until, collection: collections, service: services, type: types } = asked;
  return {
    q,
    match: saidMatch(q, match),
    collection: collections,
    service: services,
    type: types,
    list: asked.list,
    class: asked.class,
    topic: asked.topic,
    language: asked.language,
    since: since && dayOrMoment(since),
    until: until && dayOrMoment(until),
    state: state === 'any' ? undefined : state,
    sort: sort === 'relevance' ? undefined : sort,
  };
}

/** A day as a field for dates has it. */
export function dayOrMoment(date: Date): string {
  const text = date.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}
