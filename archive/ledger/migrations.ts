import type { DatabaseSync } from 'node:sqlite';
import { LedgerError } from './ledger-error.ts';
import { SCHEMA_1 } from './schema-1.ts';
import { SCHEMA_2 } from './schema-2.ts';

/** Step n brings a ledger from schema n to n + 1. Released steps are never edited: ledgers made by them exist. */
export const MIGRATIONS: readonly string[] = [SCHEMA_1, SCHEMA_2];

/** Version of the schema that this program reads and writes (SQLite's `user_version`). */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** The schema's version, having made sure that this program can deal with the file. */
export function readSchemaVersion(database: DatabaseSync, file: string, latest = SCHEMA_VERSION): number {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version > latest) {
    throw new LedgerError(
      'newer',
      `The ledger ${file} was made by a newer Clausewatch (schema ${version}; this one knows ${latest}). ` +
        'Update Clausewatch, or name another folder with --data.',
    );
  }
  // Version 0 is every SQLite file's default: one that holds tables is some other program's.
  if (version === 0 && database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get()) {
    throw new LedgerError(
      'not-a-ledger',
      `${file} is an SQLite file, but not a ledger of Clausewatch. It was left as it is; move it away, or name another folder with --data.`,
    );
  }
  return version;
}

/** Brings a ledger up to date, one transaction a step: a kill in between leaves a whole ledger of some version. */
export function migrate(database: DatabaseSync, file: string, steps: readonly string[] = MIGRATIONS): void {
  for (let version = readSchemaVersion(database, file, steps.length); version < steps.length; version++) {
    database.exec('BEGIN IMMEDIATE');
    try {
      database.exec(steps[version] ?? '');
      database.exec(`PRAGMA user_version = ${version + 1}`);
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }
}
