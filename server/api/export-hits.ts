import type { Context } from 'hono';
import { ApiError } from './api-error.ts';
import type { SearchAnswer, SearchHit } from './contract.ts';
import { answerRows, type Columns } from './export-rows.ts';
import { refuseIncompleteText } from './incomplete-text.ts';
import { refuseUnavailable } from './refuse-unavailable.ts';

const COLUMNS: Columns<SearchHit> = {
  collection: ({ collection }) => collection,
  service: ({ serviceId }) => serviceId,
  serviceName: ({ serviceName }) => serviceName,
  termsType: ({ termsType }) => termsType,
  heading: ({ heading }) => heading,
  text: ({ text }) => text,
  notBefore: ({ life }) => life.appeared.after,
  appearedBy: ({ life }) => life.appeared.by,
  appearedBasis: ({ life }) => life.appeared.basis,
  appearedGapDays: ({ life }) => life.appeared.gap?.days ?? null,
  appearedGapReason: ({ life }) => life.appeared.gap?.reason ?? null,
  appearedByTechnicalUpgrade: ({ life }) => life.appeared.isTechnicalUpgrade,
  appearedVersionId: ({ life }) => life.appeared.versionId,
  stoodUntil: ({ life }) => life.disappeared?.after ?? null,
  disappearedBy: ({ life }) => life.disappeared?.by ?? null,
  disappearedBasis: ({ life }) => life.disappeared?.basis ?? null,
  disappearedGapDays: ({ life }) => life.disappeared?.gap?.days ?? null,
  disappearedGapReason: ({ life }) => life.disappeared?.gap?.reason ?? null,
  disappearedByTechnicalUpgrade: ({ life }) => life.disappeared?.isTechnicalUpgrade ?? null,
  disappearedVersionId: ({ life }) => life.disappeared?.versionId ?? null,
  absences: ({ life }) => life.absences.length,
};

/** Hits of one file: an index gives a hundred at once, and takes tens of milliseconds for them. */
export const MOST_EXPORTED_HITS = 1_000;

/**
 * The hits of a search as a file, all of them.
 *
 * @throws ApiError of code `too-many-rows`; IndexUnavailableError is told by the search itself, and of one of several
 *   collections refused too, as is one whose text is searchable only in part: a file without it would look complete.
 */
export async function exportHits(
  c: Context,
  format: 'csv' | 'jsonl',
  find: (part: { readonly limit: number; readonly offset: number }) => Promise<SearchAnswer>,
): Promise<Response> {
  // Asked for one first: whether all can be had is known then, without having them.
  refuseIncomplete(await find({ limit: 1, offset: 0 }));
  const answer = await find({ limit: MOST_EXPORTED_HITS, offset: 0 });
  refuseIncomplete(answer);
  return answerRows(c, format, 'search', COLUMNS, [answer.data].values());
}

function refuseIncomplete({ total, isTotalBounded, unavailable, incomplete }: SearchAnswer): void {
  refuseUnavailable(unavailable);
  refuseIncompleteText(incomplete);
  if (!isTotalBounded && total <= MOST_EXPORTED_HITS) return;
  throw new ApiError(
    'too-many-rows',
    `${isTotalBounded ? 'More than ' : ''}${total.toLocaleString('en')} hits; a file holds ${MOST_EXPORTED_HITS.toLocaleString('en')}.`,
    { next: 'Narrow the search by collection, service, terms type or dates, or by more words.' },
  );
}
