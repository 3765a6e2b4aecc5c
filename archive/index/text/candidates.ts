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

/** How much better a match is whose words stand in a row, or near each other. */
const IN_A_ROW = 1.5;
const NEAR = 1.2;
/** Words between words that are near each other. */
const NEAR_WORDS = 8;

/** Blocks of fewer bytes say little more than the words that were asked for: titles, names of links. */
const SHORT = 150;
/** What is left of the score of a block without any length. */
const LEAST_WEIGHT = 0.3;
/** Of the best blocks, how many are weighed by their length; it costs a look at each. */
const MOST_WEIGHED = 1_000;

/**
 * Finds blocks that match, the best first. Of a query with more matches than can be ranked (only words like "data" have
 * so many), those whose words stand in a row come first into the choice, then those near each other; the rest is a part
 * spread evenly over all blocks, so that no service is preferred because it was indexed first.
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
  const add = (sql: string, parameters: readonly SQLInputValue[], weight: number): void => {
    for (const { block, score } of database.prepare(`${sql} LIMIT ?`).all(...parameters, most - blocks.size)) {
      if (!blocks.has(Number(block))) blocks.set(Number(block), Number(score) * weight);
    }
  };
  for (const closer of closerExpressions(query)) {
    if (blocks.size < most / 2) add(ranked, [closer.expression, ...filterParameters], closer.weight);
  }
  const every = Math.ceil(matches / most);
  if (every > 1) add(`${ranked} AND rowid % ? = 0`, [expression, ...filterParameters, every], 1);
  else add(ranked, [expression, ...filterParameters], 1);
  const found = Array.from(blocks, ([block, score]) => ({ block, score }));
  return { blocks: weighed(database, found.sort(byScore)), matches };
}

const byScore = (a: Candidate, b: Candidate): number => a.score - b.score || b.block - a.block;

/** The best blocks ordered again, with less weight for short ones. */
function weighed(database: DatabaseSync, blocks: readonly Candidate[]): Candidate[] {
  const length = database.prepare('SELECT octet_length(text) AS length FROM block WHERE id = ?');
  const best = blocks.slice(0, MOST_WEIGHED).map(({ block, score }) => {
    const share = Math.min(1, Number(length.get(block)?.length ?? 0) / SHORT);
    return { block, score: score * (LEAST_WEIGHT + (1 - LEAST_WEIGHT) * share) };
  });
  return [...best.sort(byScore), ...blocks.slice(MOST_WEIGHED)];
}

/** The same words asked for more closely, the closest first. */
function closerExpressions(query: QueryNode): { readonly expression: string; readonly weight: number }[] {
  const words = plainWords(query) ?? [];
  if (words.length < 2 || words.some(({ isUnspaced }) => isUnspaced)) return [];
  // Scored word by word like the query itself, which a phrase would not be.
  const near = (distance: number): string => `NEAR(${words.map(leafExpression).join(' ')}, ${distance})`;
  return [
    { expression: near(0), weight: IN_A_ROW },
    { expression: near(NEAR_WORDS), weight: NEAR },
  ];
}
