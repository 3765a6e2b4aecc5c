import { DatabaseSync } from 'node:sqlite';
import { indexFault } from './index-fault.ts';

/**
 * Looks through the whole file, which takes a second for some hundred megabytes.
 *
 * @returns what is wrong; undefined for a sound file.
 */
export function findDamage(indexFile: string): string | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(indexFile, { readOnly: true, timeout: 5_000 });
    const found = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0];
    return found === 'ok' ? undefined : String(found);
  } catch (error) {
    if (error instanceof Error && indexFault(error) === 'damaged') return error.message;
    throw error;
  } finally {
    database?.close();
  }
}
