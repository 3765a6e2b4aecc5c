import type { Context } from 'hono';
import type { SearchAnswer, SearchHit } from './contract.ts';
import { answerRows, type Columns } from './export-rows.ts';

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
  appearedVersionId: ({ life }) => life.appeared.versionId,
  stoodUntil: ({ life }) => life.disappeared?.after ?? null,
  disappearedBy: ({ life }) => life.disappeared?.by ?? null,
  disappearedBasis: ({ life }) => life.disappeared?.basis ?? null,
  disappearedGapDays: ({ life }) => life.disappeared?.gap?.days ?? null,
  disappearedVersionId: ({ life }) => life.disappeared?.versionId ?? null,
  absences: ({ life }) => life.absences.length,
};

/** The hits of a search as a file. */
export const exportHits = (c: Context, { data }: SearchAnswer, format: 'csv' | 'jsonl'): Response =>
  answerRows(c, format, 'search', COLUMNS, [data].values());
