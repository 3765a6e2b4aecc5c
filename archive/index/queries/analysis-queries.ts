import type { DatabaseSync } from 'node:sqlite';
import { SERVED_SIDE } from '../analysis/analysis-row.ts';
import type { RecordQueries } from '../index-reader.ts';

/** Why changes were judged as they were. */
export function createAnalysisQueries(database: DatabaseSync): Pick<RecordQueries, 'reasons'> {
  const reasons = database.prepare(`SELECT reasons FROM analysis_reasons WHERE side = ${SERVED_SIDE} AND seq = ?`);
  return {
    reasons({ seq }) {
      const found = reasons.get(seq)?.reasons;
      return typeof found === 'string' ? JSON.parse(found) : [];
    },
  };
}
