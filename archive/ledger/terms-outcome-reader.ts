import type { Connection } from './connection.ts';
import { date, integer, json, type Row, text } from './row.ts';
import type { FailingTerms, NotedFailure } from './terms-outcome.ts';

export interface TermsOutcomeReader {
  /** Terms whose latest outcome is a failure, the longest failing first. Terms that are no longer declared stay in it. */
  failingTerms(): FailingTerms[];
}

export function createTermsOutcomeReader(database: Connection): TermsOutcomeReader {
  const failing = database.prepare(
    `WITH latest AS (SELECT terms, max(id) AS id FROM terms_outcomes GROUP BY terms),
       succeeded AS (SELECT terms, max(id) AS id FROM terms_outcomes WHERE status <> 'failed' GROUP BY terms)
     SELECT t.service_id, t.terms_type, last.failures,
       (SELECT min(o.date) FROM terms_outcomes o WHERE o.terms = t.id AND o.id > ifnull(s.id, 0)) AS since,
       (SELECT count(DISTINCT o.run) FROM terms_outcomes o WHERE o.terms = t.id AND o.id > ifnull(s.id, 0)) AS failed_runs
     FROM latest JOIN terms_outcomes last ON last.id = latest.id AND last.status = 'failed'
     JOIN terms t ON t.id = latest.terms LEFT JOIN succeeded s ON s.terms = t.id
     ORDER BY since, t.service_id, t.terms_type`,
  );
  return { failingTerms: () => failing.all().map(toFailingTerms) };
}

const toFailingTerms = (row: Row): FailingTerms => ({
  serviceId: text(row, 'service_id'),
  termsType: text(row, 'terms_type'),
  since: date(row, 'since'),
  consecutiveFailures: integer(row, 'failed_runs'),
  failures: toFailures(json(row, 'failures')),
});

function toFailures(value: unknown): NotedFailure[] {
  if (!Array.isArray(value)) throw new TypeError('Column failures holds no array');
  return value.map(({ location, stage, reason, message }: NotedFailure) => ({ location, stage, reason, message }));
}
