import type { DatabaseSync } from 'node:sqlite';
import { CHANGE_STATES } from '../../changes/analysis/analysed-change.ts';
import { CHANGE_CLASSES } from '../../changes/analysis/difference/difference.ts';
import { integer, type Row, text } from '../../ledger/row.ts';
import { SERVED_SIDE } from '../analysis/analysis-row.ts';
import type { RecordQueries } from '../index-reader.ts';
import type { MonthCount } from '../indexed-record.ts';
import { RECORD_KINDS } from '../schema.ts';
import { createRecordedMonths } from './recorded-months.ts';

/** What was recorded in which month: of terms, and whether the collection recorded anything at all. */
export function createMonthQueries(database: DatabaseSync): Pick<RecordQueries, 'monthCounts' | 'recordedMonths'> {
  const counts = database.prepare(
    `SELECT strftime('%Y-%m', v.fetch_date, 'unixepoch') AS month, v.kind, a.class, a.state,
       CASE WHEN v.seq IN (SELECT value FROM json_each(?4)) THEN 0
         WHEN v.seq IN (SELECT value FROM json_each(?3)) THEN 1 ELSE ifnull(a.is_told, 0) END AS is_told,
       count(*) AS versions
     FROM version v INDEXED BY version_by_terms LEFT JOIN analysis a ON a.side = ${SERVED_SIDE} AND a.seq = v.seq
     WHERE v.terms IN (SELECT id FROM terms WHERE service_id = ?1 AND (?2 IS NULL OR terms_type = ?2))
     GROUP BY 1, 2, 3, 4, 5 ORDER BY 1`,
  );
  return {
    monthCounts: ({ serviceId, termsType, raised = [], lowered = [] }) =>
      counts.all(serviceId, termsType ?? null, JSON.stringify(raised), JSON.stringify(lowered)).flatMap(toMonthCount),
    recordedMonths: createRecordedMonths(database),
  };
}

/** Without class and state for what is not judged, and for words of another release. */
function toMonthCount(row: Row): MonthCount[] {
  const kind = RECORD_KINDS[integer(row, 'kind')];
  if (kind === undefined) return [];
  return [
    {
      month: text(row, 'month'),
      kind,
      class: CHANGE_CLASSES.find((name) => name === row.class),
      state: CHANGE_STATES.find((name) => name === row.state),
      isTold: row.is_told === 1,
      versions: integer(row, 'versions'),
    },
  ];
}
