import type { Connection } from './connection.ts';
import { date, integer, json, type Row, text } from './row.ts';
import type { FailingTerms, NotedFailure } from './terms-outcome.ts';

export interface TermsOutcomeReader {
  /** Terms whose latest outcome is a failure, the longest failing first. Terms that are no longer declared stay in it. */
  failingTerms(): FailingTerms[];
}

export function createTermsOutcomeReader(database: Connection): TermsOutcomeReader {
  // Two looks into indexes for each terms, so that it takes milliseconds however many years of outcomes there are.
  const failing = database.prepare(
    `WITH ends AS MATERIALIZED (
       SELECT t.id AS terms, t.service_id, t.terms_type,
         (SELECT max(id) FROM terms_outcomes WHERE terms = t.id) AS latest,
         ifnull((SELECT max(id) FROM terms_outcomes WHERE terms = t.id AND status <> 'failed'), 0) AS succeeded
       FROM terms t)
     SELECT e.service_id, e.terms_type, last.failures,
       (SELECT date FROM terms_outcomes WHERE terms = e.terms AND id > e.succeeded ORDER BY id LIMIT 1) AS since,
       (SELECT count(DISTINCT run) FROM terms_outcomes WHERE terms = e.terms AND id > e.succeeded) AS failed_runs
     FROM ends e JOIN terms_outcomes last ON last.id = e.latest WHERE e.latest > e.succeeded
     ORDER BY since, e.service_id, e.terms_type`,
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

/** What an outcome notes of its failures. */
export function toFailures(value: unknown): NotedFailure[] {
  if (!Array.isArray(value)) throw new TypeError('Column failures holds no array');
  return value.map(({ location, stage, reason, message }: NotedFailure) => ({ location, stage, reason, message }));
}
