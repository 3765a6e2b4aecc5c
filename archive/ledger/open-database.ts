import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { INDEXES } from './indexes.ts';
import { LedgerError, naming } from './ledger-error.ts';
import { migrate, readSchemaVersion, SCHEMA_VERSION } from './migrations.ts';

/** Milliseconds to wait for another connection's transaction, such as a checkpoint. */
const BUSY_TIMEOUT = 5_000;

/** Opens the ledger for writing, making or migrating it where needed. */
export function openForWriting(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true });
  return opened(
    file,
    () => new DatabaseSync(file, { timeout: BUSY_TIMEOUT }),
    (database) => {
      readSchemaVersion(database, file);
      database.exec('PRAGMA journal_mode = WAL');
      // A commit reaches the operating system at once, so a kill of the process loses nothing; only a loss of power can
      // undo the last ones, and leaves a whole ledger. `endRun` syncs. One sync a check would hold up the event loop for
      // milliseconds each time.
      database.exec('PRAGMA synchronous = NORMAL');
      migrate(database, file);
      database.exec(INDEXES);
    },
  );
}

/** Opens the ledger for reading, without ever waiting for the tracker or holding it up. */
export function openForReading(file: string): DatabaseSync {
  if (!existsSync(file)) {
    throw new LedgerError('missing', `There is no ledger at ${file}. It is made by the first "clausewatch track".`);
  }
  const check = (database: DatabaseSync): void => {
    const version = readSchemaVersion(database, file);
    if (version < SCHEMA_VERSION) {
      throw new LedgerError(
        'older',
        `The ledger ${file} was made by an older Clausewatch (schema ${version}; this one reads ${SCHEMA_VERSION}). ` +
          'The next "clausewatch track" brings it up to date.',
      );
    }
  };
  try {
    return opened(file, () => new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT }), check);
  } catch (error) {
    // On a disk that cannot be written SQLite cannot make the files that it shares with a writer. With no log left to
    // apply, nobody can be writing, and the file alone is the whole ledger.
    if (!(error instanceof LedgerError) || error.reason !== 'unusable' || existsSync(`${file}-wal`)) throw error;
    const url = pathToFileURL(file);
    url.searchParams.set('immutable', '1');
    return opened(file, () => new DatabaseSync(url, { readOnly: true }), check);
  }
}

function opened(file: string, open: () => DatabaseSync, prepare: (database: DatabaseSync) => void): DatabaseSync {
  return naming(file, () => {
    const database = open();
    try {
      prepare(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}
