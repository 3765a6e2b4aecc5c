import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { INDEXES } from './indexes.ts';
import { LedgerError, naming } from './ledger-error.ts';
import { migrate, readSchemaVersion, SCHEMA_VERSION } from './migrations.ts';
import { openSqliteForReading, openSqliteForWriting } from './open-sqlite.ts';

/** Opens the ledger for writing, making or migrating it where needed. */
export function openForWriting(file: string): DatabaseSync {
  return openSqliteForWriting(file, {
    naming,
    prepare(database) {
      readSchemaVersion(database, file);
      database.exec('PRAGMA journal_mode = WAL');
      // A commit reaches the operating system at once, so a kill of the process loses nothing; only a loss of power can
      // undo the last ones, and leaves a whole ledger. `endRun` syncs. One sync a check would hold up the event loop for
      // milliseconds each time.
      database.exec('PRAGMA synchronous = NORMAL');
      migrate(database, file);
      database.exec(INDEXES);
    },
  });
}

/** Opens the ledger for reading, without ever waiting for the tracker or holding it up. */
export function openForReading(file: string): DatabaseSync {
  if (!existsSync(file)) {
    throw new LedgerError('missing', `There is no ledger at ${file}. It is made by the first "clausewatch track".`);
  }
  return openSqliteForReading(file, {
    naming,
    isUnusable: (error) => error instanceof LedgerError && error.reason === 'unusable',
    prepare(database) {
      const version = readSchemaVersion(database, file);
      if (version < SCHEMA_VERSION) {
        throw new LedgerError(
          'older',
          `The ledger ${file} was made by an older Clausewatch (schema ${version}; this one reads ${SCHEMA_VERSION}). ` +
            'The next "clausewatch track" brings it up to date.',
        );
      }
    },
  });
}
