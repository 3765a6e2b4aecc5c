import type { Context } from 'hono';
import type { ServedCollections } from '../../archive/collections/served-collection.ts';
import { countsWords, sentenceOf } from '../feeds/change-words.ts';
import { gistOf } from '../pages/parts/gist.ts';
import { toChange } from './answers/version.ts';
import { ApiError } from './api-error.ts';
import { applyChangeFilter, asksJudgement, type ChangeFilter } from './change-filter.ts';
import type { Change } from './contract.ts';
import { answerRows, type Columns, MOST_ROWS } from './export-rows.ts';
import { refuseUnjudged, unjudgedAmong } from './incomplete-analysis.ts';
import { type ChangesPart, type ListedChange, listChanges } from './list-changes.ts';
import { type PageAddresses, pageAddresses } from './page-addresses.ts';

/** A row of the table: a change, and what it was made of. */
interface Row {
  readonly change: Change;
  readonly listed: ListedChange;
}

const columnsOf = (pages: PageAddresses): Columns<Row> => ({
  collection: ({ change }) => change.collection,
  service: ({ change }) => change.serviceId,
  serviceName: ({ change }) => change.serviceName,
  termsType: ({ change }) => change.termsType,
  fetchDate: ({ change }) => change.fetchDate,
  versionId: ({ change }) => change.id,
  previousId: ({ change }) => change.previousId,
  isFirstRecord: ({ change }) => change.isFirstRecord,
  isTechnicalUpgrade: ({ change }) => change.isTechnicalUpgrade,
  linesAdded: ({ change }) => change.additions,
  linesDeleted: ({ change }) => change.deletions,
  redline: ({ change }) => change.redline,
  // Empty for first records, and where a change is not judged yet.
  class: ({ change }) => change.analysis?.class ?? null,
  state: ({ change }) => change.analysis?.state ?? null,
  alert: ({ change }) => change.analysis?.alert ?? null,
  significance: ({ change }) => change.analysis?.significance ?? null,
  topics: ({ change }) => change.analysis?.topics?.join(' ') ?? null,
  language: ({ change }) => change.analysis?.language ?? null,
  wordsAdded: ({ change }) => change.analysis?.wordsAdded ?? null,
  wordsRemoved: ({ change }) => change.analysis?.wordsRemoved ?? null,
  effectiveDate: ({ change }) => change.analysis?.statedDates.find(({ kind }) => kind === 'effective')?.date ?? null,
  undoes: ({ change }) => change.analysis?.undoes.map(({ versionId }) => versionId).join(' ') ?? null,
  overlay: ({ change }) => change.analysis?.overlay?.kind ?? null,
  overlayDate: ({ change }) => change.analysis?.overlay?.date ?? null,
  page: ({ change }) => pages.change(change),
  sources: ({ listed }) => notedSources(listed).join(' '),
  what: ({ listed }) => whatChanged(listed),
});

/** Some 15 ms of work, after which others get their turn. */
const ROWS_AT_ONCE = 100;
/** The same with what changed in its own words, which takes some 0.5 ms to find. */
const ROWS_WITH_WORDS_AT_ONCE = 25;

/**
 * All changes that match, as a file.
 *
 * @throws ApiError of code `too-many-rows`, and of `index-unavailable` where what is asked depends on how changes are
 *   judged and not all are yet; IndexUnavailableError where any collection cannot answer: a file without it would look
 *   complete.
 */
export function exportChanges(
  c: Context,
  collections: ServedCollections,
  filter: ChangeFilter,
  format: 'csv' | 'jsonl',
  publicUrl: string,
): Response {
  const api = `${publicUrl}/api`;
  const asked = applyChangeFilter(collections, filter);
  if (asksJudgement(filter)) refuseUnjudged(unjudgedAmong(asked.map(({ collection }) => collection)));
  let rows = 0;
  for (const { collection, filter: own } of asked) {
    rows += collection.index().countVersions(own);
  }
  if (rows > MOST_ROWS) {
    throw new ApiError(
      'too-many-rows',
      `${rows.toLocaleString('en')} changes match; a file holds ${MOST_ROWS.toLocaleString('en')}.`,
      { next: 'Narrow it with since and until, and ask for several files.' },
    );
  }
  const rowsOf = (atOnce: number): Generator<Row[]> => parts(collections, filter, api, atOnce);
  if (format === 'jsonl') return answerRows<Change>(c, format, 'changes', {}, changesOf(rowsOf(ROWS_AT_ONCE)));
  return answerRows(c, format, 'changes', columnsOf(pageAddresses(publicUrl)), rowsOf(ROWS_WITH_WORDS_AT_ONCE));
}

function* changesOf(parts: Generator<Row[]>): Generator<Change[]> {
  for (const part of parts) yield part.map(({ change }) => change);
}

/** Where the source documents were fetched, as far as it was noted. */
function notedSources({ collection, version }: ListedChange): string[] {
  const reader = collection.index();
  return version.snapshotIds.flatMap((id) => reader.snapshotById(id)?.location ?? []);
}

/** The first changed words; of a first record, and of other changes than those of words, there are none. */
function whatChanged({ collection, version }: ListedChange): string | null {
  const { analysis, isFirstRecord } = version;
  if (isFirstRecord || (analysis && !countsWords(analysis.class))) return null;
  const gist = gistOf(collection, version);
  return gist ? sentenceOf(gist) : null;
}

function* parts(
  collections: ServedCollections,
  filter: ChangeFilter,
  api: string,
  rowsAtOnce: number,
): Generator<Row[]> {
  let from: ChangesPart['next'];
  do {
    const part = listChanges(collections, filter, { limit: ROWS_AT_ONCE, from });
    for (let start = 0; start < part.changes.length; start += rowsAtOnce) {
      const listed = part.changes.slice(start, start + rowsAtOnce);
      yield listed.map((one) => ({ change: toChange(one, api), listed: one }));
    }
    from = part.next;
  } while (from !== undefined);
}
