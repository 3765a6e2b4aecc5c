import type { DatabaseSync } from 'node:sqlite';
import { CHANGE_STATES } from '../../changes/analysis/analysed-change.ts';
import { CHANGE_CLASSES } from '../../changes/analysis/difference/difference.ts';
import type { Reason } from '../../changes/analysis/reason.ts';
import { isReason } from '../../changes/analysis/reason-sentence.ts';
import { integer, type Row } from '../../ledger/row.ts';
import { SERVED_SIDE } from '../analysis/analysis-row.ts';
import type { RecordQueries } from '../index-reader.ts';
import type { AnalysisCount } from '../indexed-record.ts';
import { RECORD_KINDS } from '../schema.ts';
import { keptWhileUnwritten } from './kept-while-unwritten.ts';

/** Why changes were judged as they were, and how many were judged how. */
export function createAnalysisQueries(database: DatabaseSync): Pick<RecordQueries, 'reasons' | 'analysisCounts'> {
  const reasons = database.prepare(`SELECT reasons FROM analysis_reasons WHERE side = ${SERVED_SIDE} AND seq = ?`);
  const counts = database.prepare(
    `SELECT class, state, is_alert, count(*) AS changes FROM analysis
     WHERE side = ${SERVED_SIDE} AND kind <> ${RECORD_KINDS.indexOf('technical-upgrade')} GROUP BY class, state, is_alert`,
  );
  return {
    reasons({ seq }) {
      const found = reasons.get(seq)?.reasons;
      return typeof found === 'string' ? toReasons(JSON.parse(found)) : NO_REASONS;
    },
    analysisCounts: keptWhileUnwritten(database)(() => counts.all().flatMap(toCount)),
  };
}

const NO_REASONS: readonly Reason[] = [];

/** Without those of another release, by whose rules changes are judged until this one has judged them anew. */
const toReasons = (stored: unknown): readonly Reason[] =>
  Array.isArray(stored) ? stored.filter(isReason) : NO_REASONS;

/** None for words of another release. */
function toCount(row: Row): AnalysisCount[] {
  const changeClass = CHANGE_CLASSES.find((name) => name === row.class);
  const state = CHANGE_STATES.find((name) => name === row.state);
  if (!changeClass || !state) return [];
  return [{ class: changeClass, state, alert: row.is_alert === 1, changes: integer(row, 'changes') }];
}
