import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

/** Milliseconds to wait for another connection's transaction, such as a checkpoint. */
const BUSY_TIMEOUT = 5_000;

/** What is the file's own kind about opening it. */
export interface SqliteKind {
  /** Checks what was opened, and makes it ready. Where it throws, the file is closed again. */
  readonly prepare: (database: DatabaseSync) => void;
  /** Runs work on the file; what SQLite reports is thrown as an error that names it. */
  readonly naming: <Result>(file: string, work: () => Result) => Result;
}

/** Opens a SQLite file for writing, made where there is none. */
export function openSqliteForWriting(file: string, kind: SqliteKind): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true });
  return opened(file, () => new DatabaseSync(file, { timeout: BUSY_TIMEOUT }), kind);
}

/**
 * Opens a SQLite file for reading, without ever waiting for its writer or holding it up.
 *
 * @param kind.isUnusable whether SQLite could not work with the file, from the error that `naming` makes.
 */
export function openSqliteForReading(
  file: string,
  kind: SqliteKind & { readonly isUnusable: (error: unknown) => boolean },
): DatabaseSync {
  try {
    return opened(file, () => new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT }), kind);
  } catch (error) {
    // On a disk that cannot be written SQLite cannot make the files that it shares with a writer. With no log left to
    // apply, nobody can be writing, and the file alone is the whole database.
    if (!kind.isUnusable(error) || existsSync(`${file}-wal`)) throw error;
    const url = pathToFileURL(file);
    url.searchParams.set('immutable', '1');
    return opened(file, () => new DatabaseSync(url, { readOnly: true }), kind);
  }
}

function opened(file: string, open: () => DatabaseSync, { prepare, naming }: SqliteKind): DatabaseSync {
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
