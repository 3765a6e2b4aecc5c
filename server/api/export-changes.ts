import type { Context } from 'hono';
import type { ServedCollections } from '../../archive/collections/served-collection.ts';
import { toChange } from './answers/version.ts';
import { ApiError } from './api-error.ts';
import { applyChangeFilter, asksJudgement, type ChangeFilter } from './change-filter.ts';
import type { Change } from './contract.ts';
import { answerRows, type Columns, MOST_ROWS } from './export-rows.ts';
import { refuseUnjudged, unjudgedAmong } from './incomplete-analysis.ts';
import { type ChangesPart, listChanges } from './list-changes.ts';

const COLUMNS: Columns<Change> = {
  collection: ({ collection }) => collection,
  service: ({ serviceId }) => serviceId,
  serviceName: ({ serviceName }) => serviceName,
  termsType: ({ termsType }) => termsType,
  fetchDate: ({ fetchDate }) => fetchDate,
  versionId: ({ id }) => id,
  previousId: ({ previousId }) => previousId,
  isFirstRecord: ({ isFirstRecord }) => isFirstRecord,
  isTechnicalUpgrade: ({ isTechnicalUpgrade }) => isTechnicalUpgrade,
  linesAdded: ({ additions }) => additions,
  linesDeleted: ({ deletions }) => deletions,
  redline: ({ redline }) => redline,
  // Empty for first records, and where a change is not judged yet.
  class: ({ analysis }) => analysis?.class ?? null,
  state: ({ analysis }) => analysis?.state ?? null,
  alert: ({ analysis }) => analysis?.alert ?? null,
  significance: ({ analysis }) => analysis?.significance ?? null,
  topics: ({ analysis }) => analysis?.topics?.join(' ') ?? null,
  language: ({ analysis }) => analysis?.language ?? null,
  wordsAdded: ({ analysis }) => analysis?.wordsAdded ?? null,
  wordsRemoved: ({ analysis }) => analysis?.wordsRemoved ?? null,
  effectiveDate: ({ analysis }) => analysis?.statedDates.find(({ kind }) => kind === 'effective')?.date ?? null,
  undoes: ({ analysis }) => analysis?.undoes.map(({ versionId }) => versionId).join(' ') ?? null,
  overlay: ({ analysis }) => analysis?.overlay?.kind ?? null,
  overlayDate: ({ analysis }) => analysis?.overlay?.date ?? null,
};

/** Some 15 ms of work, after which others get their turn. */
const ROWS_AT_ONCE = 100;

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
  api: string,
): Response {
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
  return answerRows(c, format, 'changes', COLUMNS, parts(collections, filter, api));
}

function* parts(collections: ServedCollections, filter: ChangeFilter, api: string): Generator<Change[]> {
  let from: ChangesPart['next'];
  do {
    const part = listChanges(collections, filter, { limit: ROWS_AT_ONCE, from });
    yield part.changes.map((change) => toChange(change, api));
    from = part.next;
  } while (from !== undefined);
}
