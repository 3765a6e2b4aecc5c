import type { DatabaseSync } from 'node:sqlite';
import { integer, text } from '../../ledger/row.ts';
import { readMeta } from '../meta.ts';

/**
 * Months in which a collection recorded anything. Snapshots have no order of dates in the index: all records are looked
 * through once (7 ms for 42,000), then only those that are new since.
 *
 * @returns a function that gives the very same set until there is another month.
 */
export function createRecordedMonths(database: DatabaseSync): () => ReadonlySet<string> {
  const tables = ['version', 'snapshot'].map((table) => ({
    highest: database.prepare(`SELECT ifnull(max(seq), 0) AS seq FROM ${table}`),
    // By days, which are few, before they are written as months.
    months: database.prepare(
      `SELECT DISTINCT strftime('%Y-%m', day * 86400, 'unixepoch') AS month
       FROM (SELECT DISTINCT fetch_date / 86400 AS day FROM ${table} WHERE seq > ? AND seq <= ?)`,
    ),
    seen: 0,
  }));
  let epoch: string | undefined;
  let known: ReadonlySet<string> = new Set();
  return () => {
    const current = readMeta(database, 'epoch');
    // Places of another history mean nothing here.
    if (current !== epoch) {
      epoch = current;
      known = new Set();
      for (const table of tables) table.seen = 0;
    }
    for (const table of tables) {
      const highest = integer(table.highest.get() ?? {}, 'seq');
      if (highest <= table.seen) continue;
      const found = table.months.all(table.seen, highest).map((row) => text(row, 'month'));
      table.seen = highest;
      if (found.some((month) => !known.has(month))) known = new Set([...known, ...found]);
    }
    return known;
  };
}
