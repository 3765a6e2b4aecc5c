import type { DatabaseSync } from 'node:sqlite';
import type { Candidate, Matches, Sql } from './matches.ts';

/** One block in one service's terms that a search found. */
export interface FoundStanding extends Candidate {
  readonly terms: number;
  readonly firstSeq: number;
}

const BLOCKS_AT_ONCE = 1_000;

/**
 * Where blocks stand, in the order of the blocks, as far as they are needed.
 *
 * @param filter conditions on a standing `s` that begin with AND
 */
export function standingsOf(
  database: DatabaseSync,
  blocks: readonly Candidate[],
  filter: Sql,
  most = Number.POSITIVE_INFINITY,
): FoundStanding[] {
  const statement = database.prepare(
    `SELECT c.key AS place, s.terms, s.first_seq
     FROM json_each(?) c CROSS JOIN standing s ON s.block = c.value${filter.sql} ORDER BY c.key, s.terms`,
  );
  const found: FoundStanding[] = [];
  for (let start = 0; start < blocks.length && found.length < most; start += BLOCKS_AT_ONCE) {
    const part = blocks.slice(start, start + BLOCKS_AT_ONCE);
    const rows = statement.all(JSON.stringify(part.map(({ block }) => block)), ...filter.parameters);
    for (const { place, terms, first_seq } of rows) {
      const candidate = part[Number(place)];
      if (candidate) found.push({ ...candidate, terms: Number(terms), firstSeq: Number(first_seq) });
    }
  }
  return found.slice(0, most);
}

/** Those that appeared last, the newest first: of matches so frequent that going through the standings soon meets them. */
export function newestStandings(database: DatabaseSync, { ids }: Matches, filter: Sql, most: number): FoundStanding[] {
  return database
    .prepare(
      `SELECT s.block, s.terms, s.first_seq FROM standing s INDEXED BY standing_by_appearance
       WHERE +s.block IN (${ids.sql})${filter.sql} ORDER BY s.first_seq DESC, s.block, s.terms LIMIT ?`,
    )
    .all(...ids.parameters, ...filter.parameters, most)
    .map(({ block, terms, first_seq }) => ({
      block: Number(block),
      score: 0,
      terms: Number(terms),
      firstSeq: Number(first_seq),
    }));
}

/** All matches that stand anywhere the filter leaves, in the order of their ids. About 3 µs a match. */
export function blocksLeft(database: DatabaseSync, { ids }: Matches, filter: Sql): number[] {
  return database
    .prepare(
      `SELECT DISTINCT s.block FROM (${ids.sql}) m CROSS JOIN standing s ON s.block = m.block${filter.sql} ORDER BY s.block`,
    )
    .all(...ids.parameters, ...filter.parameters)
    .map(({ block }) => Number(block));
}

/** The newest first. */
export const byAppearance = (a: FoundStanding, b: FoundStanding): number =>
  b.firstSeq - a.firstSeq || a.block - b.block || a.terms - b.terms;
