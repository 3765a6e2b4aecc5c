import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import type { TextHit, TextHits, TextQuery } from '../../archive/index/clause.ts';
import type { ServerDeps } from '../deps.ts';
import { toSearchHit } from './answers/clause.ts';
import { ApiError } from './api-error.ts';
import { applyChangeFilter, type ChangeFilter } from './change-filter.ts';
import type { SearchAnswer, SearchHit, UnavailableCollection } from './contract.ts';
import { refuseUnjudged, unjudgedAmong } from './incomplete-analysis.ts';
import { incompleteAmong } from './incomplete-text.ts';
import { refuseFuture } from './refuse-future.ts';
import { toUnavailable } from './tell-unavailable.ts';

/** How far a search can be read in parts: the index sorts all of it for each part. */
export const DEEPEST_HIT = 1_000;

/** What is searched for, and which of it. */
export type AskedSearch = Pick<
  TextQuery,
  'text' | 'match' | 'state' | 'sort' | 'since' | 'until' | 'classes' | 'topics' | 'languages'
>;

/** Which terms are searched. */
export type SearchedTerms = Pick<ChangeFilter, 'collections' | 'services' | 'termsTypes' | 'list'>;

interface Found extends TextHits {
  readonly collection: ServedCollection;
}

/** When a hit's wording appeared: the order of `sort: date`, as it is within each index. */
const dateOf = ({ life }: TextHit): number => life.appeared.by.getTime();

/**
 * Searches all collections that a filter leaves and merges what they find, by score or date.
 *
 * @throws QuerySyntaxError, QueryTooExpensiveError, QueriesBusyError, IndexUnavailableError where no collection can answer,
 *   ApiError of code `index-unavailable` where how changes are judged is asked for and not all are yet
 */
export async function searchCollections(
  { collections, queries, clock }: Pick<ServerDeps, 'collections' | 'queries' | 'clock'>,
  filter: SearchedTerms,
  asked: AskedSearch,
  part: { readonly limit: number; readonly offset: number },
  signal: AbortSignal,
): Promise<SearchAnswer> {
  if (asked.since) refuseFuture(asked.since, clock(), 'since', 'Leave the date out for all that is recorded.');
  const parts = applyChangeFilter(collections, filter);
  refuseUnjudgedFor(
    asked,
    parts.map(({ collection }) => collection),
  );
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

function refuseUnjudgedFor(
  { classes, topics, languages }: AskedSearch,
  collections: readonly ServedCollection[],
): void {
  if (classes || topics || languages) refuseUnjudged(unjudgedAmong(collections));
}

/** Hits of a part; some 0.3 s of a thread's time. */
const HITS_AT_ONCE = 1_000;

/**
 * All hits of a search for words, however many: one collection after the other, those that appeared last first.
 *
 * @throws as {@link searchCollections}, and ApiError of code `index-unavailable` where an index is replaced meanwhile
 */
export async function* searchAll(
  { collections, queries }: Pick<ServerDeps, 'collections' | 'queries'>,
  filter: SearchedTerms,
  asked: AskedSearch,
  signal: AbortSignal,
): AsyncGenerator<SearchHit[]> {
  const parts = applyChangeFilter(collections, filter);
  const epochs = parts.map(({ collection }) => collection.index().state().epoch);
  for (const [place, { collection, filter: own }] of parts.entries()) {
    const { services, termsTypes } = own;
    let after: TextQuery['after'] = 'nothing';
    while (after !== undefined) {
      const query: TextQuery = { ...asked, services, termsTypes, limit: HITS_AT_ONCE, after };
      const [result] = await queries.search([{ source: collection, query }], signal);
      if (result === undefined || 'unavailable' in result)
        throw result?.unavailable ?? new Error(`No answer of “${collection.id}”.`);
      if (collection.index().state().epoch !== epochs[place]) {
        throw new ApiError('index-unavailable', `The index of “${collection.id}” was replaced meanwhile.`, {
          next: 'Ask again.',
        });
      }
      yield result.found.hits.map((hit) => toSearchHit(collection, hit));
      after = result.found.next;
    }
  }
}
