import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import type { TextHit, TextQuery } from '../../archive/index/clause.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import type { ServerDeps } from '../deps.ts';
import { toSearchHit } from './answers/clause.ts';
import { applyChangeFilter, type ChangeFilter } from './change-filter.ts';
import type { SearchAnswer, UnavailableCollection } from './contract.ts';
import { toUnavailable } from './tell-unavailable.ts';

/** How far a search can be read: the index sorts all of it for each part. */
export const DEEPEST_HIT = 1_000;
/** What an index answers at once. */
const HITS_AT_ONCE = 100;

interface Found {
  readonly collection: ServedCollection;
  readonly hits: readonly TextHit[];
  readonly total: number;
  readonly isTotalBounded: boolean;
}

/** When a hit's wording appeared: the order of `sort: date`, as it is within each index. */
const dateOf = ({ life }: TextHit): number => life.appeared.by.getTime();

/**
 * Searches all collections that a filter leaves and merges what they find, by score or date.
 *
 * @throws QuerySyntaxError, QueryTooExpensiveError, QueriesBusyError, IndexUnavailableError where no collection can answer
 */
export async function searchCollections(
  { collections, queries }: Pick<ServerDeps, 'collections' | 'queries'>,
  filter: Pick<ChangeFilter, 'collections' | 'services' | 'termsTypes' | 'list'>,
  asked: Pick<TextQuery, 'text' | 'state' | 'sort' | 'since' | 'until'>,
  part: { readonly limit: number; readonly offset: number },
  signal: AbortSignal,
): Promise<SearchAnswer> {
  const wanted = Math.min(part.offset + part.limit, DEEPEST_HIT);
  const parts = applyChangeFilter(collections, filter);
  const results = await Promise.allSettled(
    parts.map(async ({ collection, filter: { services, termsTypes } }): Promise<Found> => {
      const query = { ...asked, services, termsTypes };
      return { collection, ...(await firstHits(query, wanted, (one) => queries.search(collection, one, signal))) };
    }),
  );
  const found: Found[] = [];
  const unavailable: UnavailableCollection[] = [];
  for (const [place, result] of results.entries()) {
    const collection = parts[place]?.collection;
    if (result.status === 'fulfilled') found.push(result.value);
    else if (collection === undefined || !(result.reason instanceof IndexUnavailableError)) throw result.reason;
    else if (unavailable.push(toUnavailable(collection, result.reason)) === parts.length) throw result.reason;
  }
  const hits = found.flatMap(({ collection, hits: own }) => own.map((hit) => ({ collection, hit })));
  hits.sort((a, b) => (asked.sort === 'date' ? dateOf(b.hit) - dateOf(a.hit) : b.hit.score - a.hit.score));
  return {
    data: hits.slice(part.offset, part.offset + part.limit).map(({ collection, hit }) => toSearchHit(collection, hit)),
    total: found.reduce((sum, { total }) => sum + total, 0),
    isTotalBounded: found.some(({ isTotalBounded }) => isTotalBounded),
    ...part,
    unavailable,
  };
}

async function firstHits(
  query: Omit<TextQuery, 'limit' | 'offset'>,
  wanted: number,
  search: (query: TextQuery) => Promise<{ hits: readonly TextHit[]; total: number; isTotalBounded: boolean }>,
): Promise<Omit<Found, 'collection'>> {
  let { hits, total, isTotalBounded } = await search({ ...query, limit: Math.min(wanted, HITS_AT_ONCE) });
  while (hits.length < wanted && hits.length % HITS_AT_ONCE === 0 && hits.length > 0) {
    const limit = Math.min(wanted - hits.length, HITS_AT_ONCE);
    const more = await search({ ...query, limit, offset: hits.length });
    if (more.hits.length === 0) break;
    hits = [...hits, ...more.hits];
  }
  return { hits, total, isTotalBounded };
}
