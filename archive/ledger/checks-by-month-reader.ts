import type { Connection } from './connection.ts';
import { integer, orNull, type Row, text } from './row.ts';

/** How the checks of one month ended: succeeded where the terms' text was seen, not only a document that should hold it. */
export interface MonthOfChecks {
  /** `2024-03`, UTC. */
  readonly month: string;
  readonly succeeded: number;
  readonly failed: number;
}

export interface ChecksByMonthReader {
  /**
   * Checks of a service's terms, or of all its terms, by month, oldest first; months without one are left out. A second
   * try in the same run counts by itself.
   */
  checksByMonth(names: { readonly serviceId: string; readonly termsType?: string | undefined }): MonthOfChecks[];
}

export function createChecksByMonthReader(database: Connection): ChecksByMonthReader {
  const months = database.prepare(
    `SELECT substr(o.date, 1, 7) AS month, sum(o.status <> 'failed') AS succeeded, sum(o.status = 'failed') AS failed
     FROM terms t JOIN terms_outcomes o ON o.terms = t.id
     WHERE t.service_id = ?1 AND (?2 IS NULL OR t.terms_type = ?2) GROUP BY 1 ORDER BY 1`,
  );
  return {
    checksByMonth: ({ serviceId, termsType }) => months.all(serviceId, orNull(termsType)).map(toMonth),
  };
}

const toMonth = (row: Row): MonthOfChecks => ({
  month: text(row, 'month'),
  succeeded: integer(row, 'succeeded'),
  failed: integer(row, 'failed'),
});
