import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { date, integer, text } from './row.ts';
import { resultCode, SQLITE } from './sqlite-error.ts';

/** Who holds the writer's lock. */
export interface LockOwner {
  /** Such as `track`. */
  readonly command: string;
  readonly pid: number;
  readonly host: string;
  readonly since: Date;
}

/** This process as an owner. */
export const thisProcess = (command: string, since = new Date()): LockOwner => ({
  command,
  pid: process.pid,
  host: hostname(),
  since,
});

/** Who holds the lock now; undefined when nobody does. Takes nothing away from one who starts at the same moment. */
export function lockOwner(file: string): LockOwner | undefined {
  if (!existsSync(file)) return undefined;
  const database = new DatabaseSync(file);
  try {
    database.exec('BEGIN IMMEDIATE');
    database.exec('ROLLBACK');
    return undefined;
  } catch (error) {
    const code = resultCode(error);
    if (code === SQLITE.busy) return readOwner(database);
    // Without the right to write the file the lock cannot be tried; whether its last owner lives can be seen.
    if (code === SQLITE.readOnly) {
      const owner = readOwner(database);
      return owner && isAlive(owner) ? owner : undefined;
    }
    throw error;
  } finally {
    database.close();
  }
}

/** The row in the lock's file: who holds it, or held it last. */
export function readOwner(database: DatabaseSync): LockOwner | undefined {
  database.exec('PRAGMA busy_timeout = 1000');
  if (!database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'owner'").get()) return undefined;
  const row = database.prepare('SELECT * FROM owner').get();
  return (
    row && {
      command: text(row, 'command'),
      pid: integer(row, 'pid'),
      host: text(row, 'host'),
      since: date(row, 'since'),
    }
  );
}

function isAlive({ pid, host }: LockOwner): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
