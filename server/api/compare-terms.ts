import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import type { Mention } from '../../archive/index/clause.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import type { TermsCount } from '../../archive/index/indexed-record.ts';
import type { ServerDeps } from '../deps.ts';
import { toInterval } from './answers/clause.ts';
import { knownServices } from './answers/service.ts';
import { applyChangeFilter, type ChangeFilter, type FilteredCollection } from './change-filter.ts';
import type { ComparedTerms, Comparison, UnavailableCollection } from './contract.ts';
import { incompleteAmong } from './incomplete-text.ts';
import { toUnavailable } from './tell-unavailable.ts';

/** What terms are compared by. */
export interface ComparedBy {
  /** Words or a passage that they hold. */
  readonly text?: string | undefined;
  readonly match?: 'words' | 'passage' | undefined;
  readonly topics?: ChangeFilter['topics'];
  /** Default `matching`: terms that hold or held what is asked for, or changed about it. Without a question, all. */
  readonly show?: 'matching' | 'all' | undefined;
  /** `since`: those that hold it longest first, then those that no longer do. Default `service`, by name. */
  readonly sort?: 'service' | 'since' | undefined;
}

/**
 * Terms of many services beside each other: which hold something and since when, which changed about a topic.
 *
 * @throws QuerySyntaxError, QueryTooExpensiveError, QueriesBusyError, IndexUnavailableError where no collection can answer
 */
export async function compareTerms(
  { collections, queries }: Pick<ServerDeps, 'collections' | 'queries'>,
  filter: Pick<ChangeFilter, 'collections' | 'services' | 'termsTypes' | 'list'>,
  by: ComparedBy,
  signal: AbortSignal,
): Promise<Comparison> {
  const parts = applyChangeFilter(collections, { ...filter, topics: by.topics });
  const incomplete = by.text === undefined ? [] : incompleteAmong(parts.map(({ collection }) => collection));
  const { text, match } = by;
  const found =
    text === undefined
      ? undefined
      : await queries.mentions(
          parts.map(({ collection, filter: { services, termsTypes } }) => ({
            source: collection,
            query: { text, match, services, termsTypes },
          })),
          signal,
        );
  const rows: ComparedTerms[] = [];
  const unavailable: UnavailableCollection[] = [];
  let failure: IndexUnavailableError | undefined;
  for (const [place, part] of parts.entries()) {
    try {
      const result = found?.[place];
      if (result && 'unavailable' in result) throw result.unavailable;
      const counts = by.topics && part.collection.index().termsCounts(part.filter);
      rows.push(...rowsOf(part, result?.found, counts));
    } catch (error) {
      if (!(error instanceof IndexUnavailableError)) throw error;
      failure = error;
      unavailable.push(toUnavailable(part.collection, error));
    }
  }
  if (failure !== undefined && unavailable.length === parts.length) throw failure;
  const isAsked = text !== undefined || by.topics !== undefined;
  const isShown = ({ mention, changes }: ComparedTerms): boolean =>
    !isAsked || by.show === 'all' || mention !== null || changes !== null;
  return {
    data: rows.filter(isShown).sort(by.sort === 'since' ? bySince : byName),
    compared: rows.length,
    unavailable,
    incomplete: incomplete.filter(({ collection }) => !unavailable.some((one) => one.collection === collection)),
  };
}

const keyOf = (terms: { readonly serviceId: string; readonly termsType: string }): string =>
  `${terms.serviceId}\0${terms.termsType}`;

function rowsOf(
  { collection, filter: { services, termsTypes } }: FilteredCollection,
  mentions: readonly Mention[] | undefined,
  counts: readonly TermsCount[] | undefined,
): ComparedTerms[] {
  const mentionOf = new Map(mentions?.map((one) => [keyOf(one), one]));
  const countOf = new Map(counts?.map((one) => [keyOf(one), one]));
  return recordedTerms(collection).flatMap(({ serviceName, terms }) => {
    const { serviceId, termsType, firstDate, latestDate, latestVersionId, versions } = terms;
    if (services && !services.includes(serviceId)) return [];
    if (termsTypes && !termsTypes.includes(termsType)) return [];
    if (firstDate === null || latestDate === null || latestVersionId === null) return [];
    return {
      collection: collection.id,
      serviceId,
      serviceName,
      termsType,
      versions,
      firstDate,
      latestDate,
      latestVersionId,
      mention: toMention(mentionOf.get(keyOf(terms))),
      changes: toChanges(countOf.get(keyOf(terms))),
    };
  });
}

/** Those with records; not under a name that they no longer have. */
function recordedTerms(collection: ServedCollection) {
  const known = knownServices(collection);
  const services = known.ids.flatMap((id) => known.get(id) ?? []);
  const former = new Set(services.flatMap(({ terms }) => terms.flatMap((one) => one.formerly.map(keyOf))));
  return services.flatMap(({ name: serviceName, terms }) =>
    terms.filter((one) => one.isDeclared || !former.has(keyOf(one))).map((one) => ({ serviceName, terms: one })),
  );
}

function toMention(mention: Mention | undefined): ComparedTerms['mention'] {
  if (mention === undefined) return null;
  const { clauseId, excerpt, paragraphs, appeared, disappeared, absences } = mention;
  return {
    clauseId,
    excerpt: excerpt.map(({ text, isMatch }) => ({ text, isMatch })),
    paragraphs,
    appeared: toInterval(appeared),
    disappeared: disappeared === undefined ? null : toInterval(disappeared),
    absences,
  };
}

const toChanges = (count: TermsCount | undefined): ComparedTerms['changes'] =>
  count === undefined
    ? null
    : {
        count: count.versions,
        latestDate: count.latestDate.toISOString(),
        latestVersionId: count.latestId,
        firstDate: count.firstDate.toISOString(),
        firstVersionId: count.firstId,
      };

const byName = (a: ComparedTerms, b: ComparedTerms): number =>
  compare(a.serviceName.toLowerCase(), b.serviceName.toLowerCase()) ||
  compare(a.termsType, b.termsType) ||
  compare(a.collection, b.collection) ||
  compare(a.serviceId, b.serviceId);

/** In force, gone, never; in each the longest known first. */
const bySince = (a: ComparedTerms, b: ComparedTerms): number => compare(sinceKey(a), sinceKey(b)) || byName(a, b);

function sinceKey({ mention, changes }: ComparedTerms): string {
  if (mention !== null) return `${mention.disappeared === null ? 0 : 1} ${mention.appeared.by}`;
  return changes !== null ? `2 ${changes.firstDate}` : '3';
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
