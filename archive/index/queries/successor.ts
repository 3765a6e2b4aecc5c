import type { DatabaseSync } from 'node:sqlite';
import type { Row } from '../../ledger/row.ts';
import { idRange } from './id-range.ts';

/**
 * Where records of a history that was rewritten went: to those with the same content, of the same terms where these
 * still have it, fetched nearest.
 *
 * @param select a query of `version v` or `snapshot s` and `terms t`, without conditions.
 * @returns finds the row for a former id, also a shortened one.
 */
export function openSuccessor(
  database: DatabaseSync,
  { table, alias, select }: { readonly table: 'version' | 'snapshot'; readonly alias: string; readonly select: string },
): (id: string) => Row | undefined {
  const formerIds = database.prepare(
    `SELECT DISTINCT commit_id FROM former_${table} WHERE commit_id >= ? AND commit_id <= ? LIMIT 2`,
  );
  const successor = database.prepare(
    `${select} JOIN former_${table} f ON f.blob = ${alias}.blob WHERE f.commit_id = ?
     ORDER BY ${alias}.terms = f.terms DESC, abs(${alias}.fetch_date - f.fetch_date), ${alias}.seq LIMIT 1`,
  );
  return (id) => {
    const range = idRange(id);
    const [former, another] = range ? formerIds.all(...range) : [];
    // A shortened id that stands for several commits stands for none.
    return former && !another ? successor.get(former.commit_id ?? null) : undefined;
  };
}
