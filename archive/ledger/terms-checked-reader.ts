import type { Connection } from './connection.ts';
import { date, integer, text } from './row.ts';

/** How one run's checks of terms ended, all their source documents together. */
export interface TermsChecked {
  /**
   * Of the first check of the run: what came later than that may not have been seen. Where a version was recorded, of the
   * last: the version has the date of its newest snapshot, and its own run is no time at which it was not there yet.
   */
  readonly date: Date;
  readonly hasFailed: boolean;
}

export interface TermsCheckedReader {
  /** Every time terms were checked, in the order of time. Upgrades are left out: they fetch nothing. */
  timesChecked(serviceId: string, termsType: string): TermsChecked[];
  /** Grows with every outcome: what was read before is whole as long as this stays. */
  lastOutcomeId(): number;
}

export function createTermsCheckedReader(database: Connection): TermsCheckedReader {
  const checked = database.prepare(
    `SELECT o.status, ifnull((SELECT CASE WHEN o.version_id IS NULL THEN min(c.checked_at) ELSE max(c.checked_at) END FROM source_documents d JOIN checks c ON c.source_document = d.id
       WHERE d.terms = t.id AND c.run = o.run AND c.checked_at BETWEEN r.started_at AND o.date), o.date) AS date
     FROM terms t JOIN terms_outcomes o ON o.terms = t.id JOIN runs r ON r.id = o.run
     WHERE t.service_id = ? AND t.terms_type = ? AND r.kind <> 'upgrade' ORDER BY 2, o.id`,
  );
  const last = database.prepare('SELECT ifnull(max(id), 0) AS id FROM terms_outcomes');
  return {
    timesChecked: (serviceId, termsType) =>
      checked
        .all(serviceId, termsType)
        .map((row) => ({ date: date(row, 'date'), hasFailed: text(row, 'status') === 'failed' })),
    lastOutcomeId: () => integer(last.get() ?? {}, 'id'),
  };
}
