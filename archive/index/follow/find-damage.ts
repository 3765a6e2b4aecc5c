import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { INDEX_TABLES } from '../schema.ts';
import { indexFault } from './index-fault.ts';

/**
 * Looks for damage that is cheap to see: a file that is shorter than it says.
 *
 * @returns what is wrong; undefined where nothing is.
 */
export function findCut(indexFile: string): string | undefined {
  // While a log waits to be applied, the file may lag behind what it says.
  if ((statSync(`${indexFile}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return undefined;
  const header = Buffer.alloc(100);
  const descriptor = openSync(indexFile, 'r');
  try {
    if (readSync(descriptor, header, 0, header.length, 0) < header.length) return undefined;
  } finally {
    closeSync(descriptor);
  }
  // https://www.sqlite.org/fileformat2.html: page size at 16, where 1 stands for 65,536; number of pages at 28.
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const missing = header.readUInt32BE(28) * pageSize - statSync(indexFile).size;
  return missing > 0 ? `${missing} bytes are missing at its end` : undefined;
}

/** Tables of an index, those that SQLite makes for the search included. */
export function indexTables(): readonly string[] {
  const model = new DatabaseSync(':memory:');
  try {
    model.exec(INDEX_TABLES);
    return tablesOf(model);
  } finally {
    model.close();
  }
}

/**
 * Looks through one of the tables, or all of the file, which takes a second for some hundred megabytes.
 *
 * @returns what is wrong; undefined where nothing is.
 */
export function findDamage(indexFile: string, table?: string): string | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(indexFile, { readOnly: true, timeout: 5_000 });
    const present = new Set(tablesOf(database));
    const absent = indexTables().filter((name) => !present.has(name));
    if (absent.length > 0) return `its table ${absent[0]} is missing`;
    const check = table === undefined ? 'PRAGMA quick_check(1)' : `PRAGMA quick_check("${table}")`;
    const found = Object.values(database.prepare(check).get() ?? {})[0];
    return found === 'ok' ? undefined : String(found);
  } catch (error) {
    if (error instanceof Error && indexFault(error) === 'damaged') return error.message;
    throw error;
  } finally {
    database?.close();
  }
}

const tablesOf = (database: DatabaseSync): string[] =>
  database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all()
    .map(({ name }) => String(name));
