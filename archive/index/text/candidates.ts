import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { leafExpression, type Match, plainWords } from './match-expression.ts';
import type { QueryNode } from './parse-query.ts';

/** Blocks that are ranked. Ranking costs about 2 µs a block; what has more matches is ranked in parts. */
export const MOST_CANDIDATES = 5_000;

/** A block that matches; a lower score is better. */
export interface Candidate {
  readonly block: number;
  readonly score: number;
}

export interface Candidates {
  readonly blocks: readonly Candidate[];
  /** Blocks that match, all of them. */
  readonly matches: number;
}

/** SQL over `rowid` that says which blocks may be given at all. */
export interface BlockFilter {
  readonly sql: string;
  readonly parameters: readonly SQLInputValue[];
}

/** Lower than any score of the full-text search: those that match more closely come first. */
const CLOSER = -1_000;

/**
 * Finds blocks that match. Of a query with more matches than can be ranked (only words like "data" have so many), first
 * those that begin with its words in a row, then those that have them in a row, then near each other; the rest is a part
 * spread evenly over all blocks, so that no service comes first because it was indexed first.
 */
export function findCandidates(
  database: DatabaseSync,
  query: QueryNode,
  match: Match,
  filter: BlockFilter | undefined,
  most: number = MOST_CANDIDATES,
): Candidates {
  const condition = filter ? ` AND ${filter.sql}` : '';
  const filterParameters = filter?.parameters ?? [];
  if (match.kind === 'sets') {
    const from = `FROM (SELECT id AS rowid FROM (${match.sql})) WHERE true${condition}`;
    const parameters = [...match.parameters, ...filterParameters];
    const rows = database.prepare(`SELECT rowid AS block ${from}`).all(...parameters);
    const blocks = rows.slice(0, most).map(({ block }) => ({ block: Number(block), score: 0 }));
    return { blocks, matches: rows.length };
  }
  const { table, expression } = match;
  const from = `FROM ${table} WHERE ${table} MATCH ?${condition}`;
  const count = database.prepare(`SELECT count(*) AS count ${from}`).get(expression, ...filterParameters);
  const matches = Number(count?.count);
  const ranked = `SELECT rowid AS block, bm25(${table}) AS score ${from}`;
  const blocks = new Map<number, number>();
  const add = (sql: string, parameters: readonly SQLInputValue[], bonus: number): void => {
    for (const { block, score } of database.prepare(`${sql} LIMIT ?`).all(...parameters, most - blocks.size)) {
      if (!blocks.has(Number(block))) blocks.set(Number(block), Number(score) + bonus);
    }
  };
  if (matches > most) {
    for (const [place, closer] of closerExpressions(query, expression).entries()) {
      if (blocks.size < most / 2) add(ranked, [closer, ...filterParameters], CLOSER * (3 - place));
    }
  }
  const every = Math.ceil(matches / most);
  if (every > 1) add(`${ranked} AND rowid % ? = 0`, [expression, ...filterParameters, every], 0);
  else add(ranked, [expression, ...filterParameters], 0);
  return { blocks: Array.from(blocks, ([block, score]) => ({ block, score })), matches };
}

/** The same words asked for more closely, the closest first. */
function closerExpressions(query: QueryNode, expression: string): string[] {
  const words = plainWords(query);
  if (!words || words.some(({ isUnspaced }) => isUnspaced)) return [];
  const inRow = words.map(leafExpression).join(' + ');
  if (words.length === 1) return [`^ ${expression}`];
  // A beginning of a word can only end a phrase.
  if (words.slice(0, -1).some(({ isPrefix }) => isPrefix)) return [];
  return [`^ ${inRow}`, inRow, `NEAR(${words.map(leafExpression).join(' ')}, 8)`];
}
