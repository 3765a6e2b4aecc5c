import { backup, DatabaseSync } from 'node:sqlite';
import { readSchemaVersion } from '../migrations.ts';
import { BackupError } from './part.ts';

/** Pages a step (256 MB): a step is one moment of the store, and SQLite starts again when it was written to between two. */
const PAGES = 65_536;

/** Copies a SQLite file as it is at one moment, while others go on writing to it. */
export async function copySqlite(from: string, to: string): Promise<void> {
  const database = new DatabaseSync(from, { readOnly: true, timeout: 5_000 });
  try {
    await backup(database, to, { rate: PAGES });
  } finally {
    database.close();
  }
  // The copy stands for itself, without a log beside it.
  const copy = new DatabaseSync(to);
  try {
    copy.exec('PRAGMA journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

/** @throws BackupError where SQLite finds a fault in the file. */
export function assertSound(file: string, what: string): void {
  let result: unknown;
  let cause: unknown;
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      result = database.prepare('PRAGMA integrity_check(1)').get()?.integrity_check;
    } finally {
      database.close();
    }
  } catch (error) {
    cause = error;
    result = error instanceof Error ? error.message : error;
  }
  if (result !== 'ok') throw new BackupError(`${what} is damaged: ${result}`, { cause });
}

/** @throws LedgerError where the file is no ledger, or one of a newer Clausewatch; older ones are migrated when opened. */
export function assertKnownSchema(file: string, what: string): void {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    readSchemaVersion(database, what);
  } finally {
    database.close();
  }
}
