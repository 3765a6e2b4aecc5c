import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import type { TextHit, TextHits, TextQuery } from '../../archive/index/clause.ts';
import type { ServerDeps } from '../deps.ts';
import { toSearchHit } from './answers/clause.ts';
import { applyChangeFilter, type ChangeFilter } from './change-filter.ts';
import type { SearchAnswer, UnavailableCollection } from './contract.ts';
import { incompleteAmong } from './incomplete-text.ts';
import { toUnavailable } from './tell-unavailable.ts';

/** How far a search can be read in parts: the index sorts all of it for each part. */
export const DEEPEST_HIT = 1_000;

interface Found extends TextHits {
  readonly collection: ServedCollection;
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
  asked: Pick<TextQuery, 'text' | 'match' | 'state' | 'sort' | 'since' | 'until'>,
  part: { readonly limit: number; readonly offset: number },
  signal: AbortSignal,
): Promise<SearchAnswer> {
  const parts = applyChangeFilter(collections, filter);
  // Of several, all hits up to the end of the part have to be known, to be merged.
  const offset = parts.length === 1 ? part.offset : 0;
  const limit = part.offset + part.limit - offset;
  const incomplete = incompleteAmong(parts.map(({ collection }) => collection));
  const results = await queries.search(
    parts.map(({ collection, filter: { services, termsTypes } }) => ({
      source: collection,
      query: { ...asked, services, termsTypes, limit, offset },
    })),
    signal,
  );
  const found: Found[] = [];
  const unavailable: UnavailableCollection[] = [];
  for (const [place, { collection }] of parts.entries()) {
    const result = results[place];
    if (result === undefined) continue;
    if ('found' in result) found.push({ collection, ...result.found });
    else if (unavailable.push(toUnavailable(collection, result.unavailable)) === parts.length) throw result.unavailable;
  }
  const hits = found.flatMap(({ collection, hits: own }) => own.map((hit) => ({ collection, hit })));
  hits.sort((a, b) => (asked.sort === 'date' ? dateOf(b.hit) - dateOf(a.hit) : b.hit.score - a.hit.score));
  return {
    data: hits
      .slice(part.offset - offset, part.offset - offset + part.limit)
      .map(({ collection, hit }) => toSearchHit(collection, hit)),
    total: found.reduce((sum, { total }) => sum + total, 0),
    isTotalBounded: found.some(({ isTotalBounded }) => isTotalBounded),
    ...part,
    unavailable,
    incomplete: incomplete.filter(({ collection: id }) => found.some(({ collection }) => collection.id === id)),
  };
}
