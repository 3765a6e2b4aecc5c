import type { Context } from 'hono';
import type { ComparedTerms, Comparison } from './contract.ts';
import { answerRows, type Columns } from './export-rows.ts';
import { refuseIncompleteText } from './incomplete-text.ts';
import { refuseUnavailable } from './refuse-unavailable.ts';

const COLUMNS: Columns<ComparedTerms> = {
  collection: ({ collection }) => collection,
  service: ({ serviceId }) => serviceId,
  serviceName: ({ serviceName }) => serviceName,
  termsType: ({ termsType }) => termsType,
  versions: ({ versions }) => versions,
  firstDate: ({ firstDate }) => firstDate,
  latestDate: ({ latestDate }) => latestDate,
  latestVersionId: ({ latestVersionId }) => latestVersionId,
  paragraphsInForce: ({ mention }) => mention?.paragraphs ?? null,
  excerpt: ({ mention }) => mention?.excerpt.map(({ text }) => text).join('') ?? null,
  notBefore: ({ mention }) => mention?.appeared.after ?? null,
  appearedBy: ({ mention }) => mention?.appeared.by ?? null,
  appearedBasis: ({ mention }) => mention?.appeared.basis ?? null,
  appearedVersionId: ({ mention }) => mention?.appeared.versionId ?? null,
  stoodUntil: ({ mention }) => mention?.disappeared?.after ?? null,
  disappearedBy: ({ mention }) => mention?.disappeared?.by ?? null,
  absences: ({ mention }) => mention?.absences ?? null,
  clauseId: ({ mention }) => mention?.clauseId ?? null,
  changes: ({ changes }) => changes?.count ?? null,
  firstChangeDate: ({ changes }) => changes?.firstDate ?? null,
  firstChangeVersionId: ({ changes }) => changes?.firstVersionId ?? null,
  latestChangeDate: ({ changes }) => changes?.latestDate ?? null,
  latestChangeVersionId: ({ changes }) => changes?.latestVersionId ?? null,
};

/** A comparison as a file. @throws ApiError of code `index-unavailable` where anything is missing: it would look complete */
export function exportComparison(
  c: Context,
  format: 'csv' | 'jsonl',
  { data, unavailable, incomplete }: Comparison,
): Response {
  refuseUnavailable(unavailable);
  refuseIncompleteText(incomplete);
  return answerRows(c, format, 'comparison', COLUMNS, [data].values());
}
