import type { Connection } from './connection.ts';
import { date, integer, oneOf, type Row, text } from './row.ts';
import type { NumberedSecondFetch, SecondFetch, SecondFetchResult } from './second-fetch.ts';

export interface SecondFetchReader {
  /** All entries with a higher id, in the order of time; of one version the later one counts. */
  secondFetches(after?: number): NumberedSecondFetch[];
  /** Grows with every entry. */
  lastSecondFetchId(): number;
  /** Whether a run has ended, or is known to have been killed: what is still awaited of it never comes. */
  isRunOver(runId: number): boolean;
}

export function createSecondFetchReader(database: Connection): SecondFetchReader {
  const entries = database.prepare(
    `SELECT s.*, t.service_id, t.terms_type FROM second_fetches s JOIN terms t ON t.id = s.terms
     WHERE s.id > ? ORDER BY s.id`,
  );
  const last = database.prepare('SELECT ifnull(max(id), 0) AS id FROM second_fetches');
  const over = database.prepare('SELECT 1 FROM runs WHERE id = ? AND ended_at IS NOT NULL');
  return {
    secondFetches: (after = 0) =>
      entries.all(after).map((row) => ({ id: integer(row, 'id'), secondFetch: toSecondFetch(row) })),
    lastSecondFetchId: () => integer(last.get() ?? {}, 'id'),
    isRunOver: (runId) => over.get(runId) !== undefined,
  };
}

const toSecondFetch = (row: Row): SecondFetch => ({
  runId: integer(row, 'run'),
  serviceId: text(row, 'service_id'),
  termsType: text(row, 'terms_type'),
  versionId: text(row, 'version_id'),
  date: date(row, 'date'),
  ...toResult(row),
});

function toResult(row: Row): SecondFetchResult {
  const outcome = oneOf(row, 'outcome', ['awaited', 'confirmed', 'not-reproduced', 'failed']);
  if (outcome === 'awaited') return { outcome };
  if (outcome === 'failed') return { outcome, reason: text(row, 'reason'), message: text(row, 'message') };
  return { outcome, found: oneOf(row, 'found', ['new', 'former', 'other']) };
}
