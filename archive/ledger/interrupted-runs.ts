import type { Connection } from './connection.ts';
import { corrupt } from './ledger-error.ts';

/**
 * Marks runs that have no end as interrupted: their process was killed, since a writer that lives holds the lock. Their
 * end is taken to be their last entry. As something went wrong then, the whole file is looked over first.
 *
 * @throws LedgerError where the file is damaged.
 */
export function endInterruptedRuns(database: Connection): void {
  if (!database.prepare('SELECT 1 FROM runs WHERE ended_at IS NULL LIMIT 1').get()) return;
  const result = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (result !== 'ok') throw corrupt(database.file, String(result));
  database.exec(`
    UPDATE runs SET status = 'interrupted', counts = '{}', ended_at = max(started_at,
      ifnull((SELECT max(checked_at) FROM checks WHERE run = runs.id), ''),
      ifnull((SELECT max(date) FROM terms_outcomes WHERE run = runs.id), ''))
    WHERE ended_at IS NULL`);
}
