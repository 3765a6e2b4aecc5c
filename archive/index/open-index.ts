import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { openSqliteForReading, openSqliteForWriting } from '../ledger/open-sqlite.ts';
import { resultCode, SQLITE } from '../ledger/sqlite-error.ts';
import { IndexUnavailableError } from './index-error.ts';
import { readMeta, writeMeta } from './meta.ts';
import { INDEX_SCHEMA, INDEX_TABLES } from './schema.ts';

/** "Clau", the mark of our indexes in a SQLite file's header. */
const APPLICATION_ID = 0x436c6175;

/**
 * Opens the index for writing, made where there is none. The caller is its one writer.
 *
 * @throws IndexUnavailableError with reason `other-schema` or `damaged` for a file that has to be made anew.
 */
export function openIndexForWriting(file: string): DatabaseSync {
  return openSqliteForWriting(file, {
    naming: namingIndex,
    prepare(database) {
      database.exec('PRAGMA journal_mode = WAL');
      // The log is synced before it is applied to the file, so a loss of power undoes the last commits and leaves a
      // whole index. Without that (OFF) it could leave one that answers wrongly, and the records are in no sooner.
      database.exec('PRAGMA synchronous = NORMAL');
      database.exec('PRAGMA foreign_keys = OFF');
      if (isEmpty(database)) makeTables(database);
      checkSchema(database, file);
    },
  });
}

/**
 * Opens the index for reading, without ever waiting for its writer or holding it up.
 *
 * @throws IndexUnavailableError where there is none, none with records yet, or one that cannot be read.
 */
export function openIndexForReading(file: string): DatabaseSync {
  if (!existsSync(file)) {
    throw new IndexUnavailableError(
      `There is no index at ${file} yet. The server builds it from the archive; "clausewatch reindex" does so at once.`,
      { reason: 'missing' },
    );
  }
  return openSqliteForReading(file, {
    naming: namingIndex,
    isUnusable: (error) => error instanceof IndexUnavailableError && error.reason === 'unusable',
    prepare(database) {
      if (isEmpty(database)) throw beingBuilt(file);
      checkSchema(database, file);
      if (readMeta(database, 'updated_at') === undefined) throw beingBuilt(file);
    },
  });
}

/**
 * Removes an index, to be made anew. Readers that have it open go on with what they have. The file itself goes first: a
 * log without its file is ignored, a file without its log would be an older index.
 */
export function removeIndex(file: string): void {
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${part}`, { force: true });
}

/** Runs work on an index; what SQLite reports is thrown as an IndexUnavailableError that names the file. */
export function namingIndex<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    const code = resultCode(cause);
    if (code === undefined || !(cause instanceof Error)) throw cause;
    if (code === SQLITE.corrupt || code === SQLITE.notADatabase) throw damaged(file, cause.message, cause);
    throw new IndexUnavailableError(`The index ${file} could not be used: ${cause.message}`, {
      reason: 'unusable',
      cause,
    });
  }
}

const damaged = (file: string, what: string, cause?: unknown): IndexUnavailableError =>
  new IndexUnavailableError(`The index ${file} is damaged (${what}); it is made anew from the archive.`, {
    reason: 'damaged',
    cause,
  });

const beingBuilt = (file: string): IndexUnavailableError =>
  new IndexUnavailableError(`The index ${file} is being built and has no records yet; ask again in a moment.`, {
    reason: 'being-built',
  });

const isEmpty = (database: DatabaseSync): boolean =>
  database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.tables === 0;

function makeTables(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  database.exec(INDEX_TABLES);
  writeMeta(database, 'epoch', randomUUID());
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${INDEX_SCHEMA}; COMMIT`);
}

function checkSchema(database: DatabaseSync, file: string): void {
  const version = database.prepare('PRAGMA user_version').get()?.user_version;
  const mark = database.prepare('PRAGMA application_id').get()?.application_id;
  if (mark !== APPLICATION_ID) throw damaged(file, 'it is the file of another program');
  if (version !== INDEX_SCHEMA) {
    throw new IndexUnavailableError(
      `The index ${file} was made by another Clausewatch (schema ${version}; this one has ${INDEX_SCHEMA}); it is made anew from the archive.`,
      { reason: 'other-schema' },
    );
  }
}
