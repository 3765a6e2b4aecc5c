import type { Context } from 'hono';
import { ApiError } from './api-error.ts';
import type { SearchAnswer, SearchHit } from './contract.ts';
import { answerRows, type Columns } from './export-rows.ts';
import { refuseIncompleteText } from './incomplete-text.ts';
import { refuseUnavailable } from './refuse-unavailable.ts';

/** @param clausePage address of the page with the life of a clause */
export const hitColumns = (clausePage: (hit: SearchHit) => string): Columns<SearchHit> => ({
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
  clauseId: ({ clauseId }) => clauseId,
  page: clausePage,
});

/** Hits of one file in the order that is asked for; all of more than that are given by date, a passage has no more. */
export const MOST_SORTED_HITS = 1_000;

/** Files with more hits that are written at a time: each keeps a thread busy for seconds, in small pieces. */
const MOST_LARGE = 2;
const WHILE_WRITTEN = 30;
let largeFiles = 0;

/**
 * The hits of a search as a file, all of them. Of more than {@link MOST_SORTED_HITS}, one collection follows the other,
 * each by date.
 *
 * @param all gives all hits in parts; undefined: of a passage
 * @throws ApiError of code `too-many-rows` for a passage, `busy` where others have their large files written;
 *   IndexUnavailableError is told by the search itself, and of one of several collections refused too, as is one whose
 *   text is searchable only in part: a file without it would look complete.
 */
export async function exportHits(
  c: Context,
  format: 'csv' | 'jsonl',
  find: (part: { readonly limit: number; readonly offset: number }) => Promise<SearchAnswer>,
  all: (() => AsyncGenerator<SearchHit[]>) | undefined,
  columns: Columns<SearchHit>,
): Promise<Response> {
  // Asked for one first: whether all can be had is known then, without having them.
  const first = await find({ limit: 1, offset: 0 });
  refuseIncomplete(first);
  if (isMany(first)) {
    if (!all) throw tooMany(first);
    if (largeFiles >= MOST_LARGE) {
      throw new ApiError('busy', `${MOST_LARGE} large files are being written already.`, {
        next: 'Ask again in a minute, or narrow the search.',
        retryAfter: WHILE_WRITTEN,
      });
    }
    return answerRows(c, format, 'search', columns, counted(all()));
  }
  const answer = await find({ limit: MOST_SORTED_HITS, offset: 0 });
  refuseIncomplete(answer);
  return answerRows(c, format, 'search', columns, [answer.data].values());
}

const isMany = ({ total, isTotalBounded }: SearchAnswer): boolean => isTotalBounded || total > MOST_SORTED_HITS;

/** Asked for its first part when the file is begun, so that one that is never read is not counted. */
async function* counted(parts: AsyncGenerator<SearchHit[]>): AsyncGenerator<SearchHit[]> {
  largeFiles++;
  try {
    yield* parts;
  } finally {
    largeFiles--;
  }
}

function refuseIncomplete({ unavailable, incomplete }: SearchAnswer): void {
  refuseUnavailable(unavailable);
  refuseIncompleteText(incomplete);
}

function tooMany({ total, isTotalBounded }: SearchAnswer): ApiError {
  return new ApiError(
    'too-many-rows',
    `${isTotalBounded ? 'More than ' : ''}${total.toLocaleString('en')} hits; a file holds ${MOST_SORTED_HITS.toLocaleString('en')}.`,
    { next: 'Narrow the search by collection, service, terms type or dates, or by more words.' },
  );
}
