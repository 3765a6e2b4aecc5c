import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type LockOwner, readOwner } from './lock-owner.ts';
import { pause } from './pause.ts';
import { resultCode, SQLITE } from './sqlite-error.ts';

export interface WriterLock {
  release(): void;
}

/** Another process writes to this archive. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
  /** Undefined where the owner has not written its name yet. */
  readonly owner: LockOwner | undefined;

  constructor(file: string, owner: LockOwner | undefined) {
    const who = owner
      ? `"clausewatch ${owner.command}" (process ${owner.pid} on ${owner.host}, since ${owner.since.toISOString()})`
      : 'another Clausewatch that is just starting';
    super(
      `This archive is in use by ${who}. Wait until it ends, stop it, or name another folder with --data. ` +
        `The lock ${file} frees itself when that process ends, however it ends.`,
    );
    this.owner = owner;
  }
}

/** Tries at a lock that is held. More than one, since the probe of a reader holds it for an instant. */
const TRIES = 5;
const PAUSE_MS = 40;

/**
 * Takes the exclusive lock of a tracked archive and its ledger.
 *
 * The lock is SQLite's write lock on a small file, so one of the operating system: it goes with the process, also at a
 * kill, and no stale lock is left to clean up. The file stays; its one row says who holds the lock or held it last, and
 * can be read while it is held. On a network file system it is as good as that system's POSIX locks.
 *
 * @throws LockedError when another process holds it.
 */
export function acquireWriterLock(file: string, { owner }: { readonly owner: LockOwner }): WriterLock {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  try {
    const id = randomUUID();
    for (;;) {
      beginExclusively(database, file);
      if (holderId(database) === id) return { release: () => database.close() };
      // The row has to be committed to be seen, which gives the lock away: it is ours once it is held with our row in it.
      writeOwner(database, id, owner);
    }
  } catch (error) {
    database.close();
    throw error;
  }
}

function beginExclusively(database: DatabaseSync, file: string): void {
  database.exec('PRAGMA busy_timeout = 0');
  for (let attempt = 1; ; attempt++) {
    try {
      database.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (resultCode(error) !== SQLITE.busy) throw error;
      if (attempt === TRIES) throw new LockedError(file, readOwner(database));
      // Not the same for two that start together, or they could go on giving way to each other.
      pause(PAUSE_MS * (0.5 + Math.random()));
    }
  }
}

function holderId(database: DatabaseSync): unknown {
  if (!database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'owner'").get()) return undefined;
  return database.prepare('SELECT id FROM owner').get()?.id;
}

function writeOwner(database: DatabaseSync, id: string, { command, pid, host, since }: LockOwner): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS owner (id TEXT, command TEXT, pid INTEGER, host TEXT, since TEXT) STRICT; DELETE FROM owner',
  );
  database.prepare('INSERT INTO owner VALUES (?, ?, ?, ?, ?)').run(id, command, pid, host, since.toISOString());
  // A commit has to wait until nobody is reading the row.
  database.exec('PRAGMA busy_timeout = 5000');
  database.exec('COMMIT');
}
