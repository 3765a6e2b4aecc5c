import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { leafExpression, type Match, plainWords } from './match-expression.ts';
import type { QueryNode } from './parse-query.ts';

/** A block that matches; a lower score is better. */
export interface Candidate {
  readonly block: number;
  readonly score: number;
}

/** SQL with its parameters. */
export interface Sql {
  readonly sql: string;
  readonly parameters: readonly SQLInputValue[];
}

/** The blocks that match a query. */
export interface Matches {
  readonly count: number;
  /** Gives the ids of all of them in one column, `block`. */
  readonly ids: Sql;
  /** The best, in order; of more than `most`, a choice is ranked. */
  best(most: number): Candidate[];
  /** At most `most` in no particular order. */
  some(most: number): Candidate[];
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
 * Finds the blocks that match. Of a query with more matches than can be ranked (only words like "data" have so many),
 * those whose words stand in a row come first into the choice; the rest is a part spread evenly over all blocks, so that no service is preferred because it was indexed first.
 *
 * @param filter a condition over `rowid`: blocks that may be given at all
 */
export function findMatches(database: DatabaseSync, query: QueryNode, match: Match, filter: Sql | undefined): Matches {
  const condition = filter ? ` AND ${filter.sql}` : '';
  const allowed = filter?.parameters ?? [];
  const source = match.kind === 'sets' ? `(SELECT id AS rowid FROM (${match.sql}))` : match.table;
  const asked = match.kind === 'sets' ? match.parameters : [match.expression];
  const from = `FROM ${source} WHERE ${match.kind === 'sets' ? 'true' : `${match.table} MATCH ?`}${condition}`;
  const count = Number(database.prepare(`SELECT count(*) AS count ${from}`).get(...asked, ...allowed)?.count);

  function some(most: number): Candidate[] {
    const rows = database.prepare(`SELECT rowid AS block ${from} LIMIT ?`).all(...asked, ...allowed, most);
    return rows.map(({ block }) => ({ block: Number(block), score: 0 }));
  }

  function best(most: number): Candidate[] {
    if (match.kind === 'sets') return some(most);
    const { inRow, near } = closerExpressions(query) ?? {};
    const idsOf = (expression: string | undefined): Set<number> => {
      if (expression === undefined) return new Set();
      const sql = `SELECT rowid AS block ${from} LIMIT ?`;
      const rows = database.prepare(sql).all(expression, ...allowed, Math.ceil(most / 2));
      return new Set(rows.map(({ block }) => Number(block)));
    };
    const rowIds = idsOf(inRow);
    // Of words as frequent as "you", "may" and "not", to look at the distances takes as long as all the rest.
    const nearIds = idsOf(count <= most ? near : undefined);
    // Once: for each statement with scores SQLite counts how often each word is there at all.
    const scored = database
      .prepare(
        `SELECT rowid AS block, bm25(${match.table}) AS score ${from}
           AND (rowid % ? = 0 OR +rowid IN (SELECT value FROM json_each(?))) LIMIT ?`,
      )
      .all(match.expression, ...allowed, Math.ceil(count / most), JSON.stringify([...rowIds]), 2 * most)
      .map(({ block, score }) => {
        const id = Number(block);
        return { block: id, score: Number(score) * (rowIds.has(id) ? IN_A_ROW : nearIds.has(id) ? NEAR : 1) };
      });
    return weighed(database, scored.sort(byScore));
  }

  return { count, ids: { sql: `SELECT rowid AS block ${from}`, parameters: [...asked, ...allowed] }, best, some };
}

const byScore = (a: Candidate, b: Candidate): number => a.score - b.score || b.block - a.block;

/** The best blocks ordered again, with less weight for short ones. */
function weighed(database: DatabaseSync, blocks: readonly Candidate[]): Candidate[] {
  const best = blocks.slice(0, MOST_WEIGHED);
  const lengths = database
    .prepare(
      `SELECT c.key AS place, octet_length(b.text) AS length FROM json_each(?) c CROSS JOIN block b ON b.id = c.value`,
    )
    .all(JSON.stringify(best.map(({ block }) => block)));
  const weights = new Map(lengths.map(({ place, length }) => [Number(place), Math.min(1, Number(length) / SHORT)]));
  const again = best.map(({ block, score }, place) => ({
    block,
    score: score * (LEAST_WEIGHT + (1 - LEAST_WEIGHT) * (weights.get(place) ?? 0)),
  }));
  return [...again.sort(byScore), ...blocks.slice(MOST_WEIGHED)];
}

/** The same words asked for more closely. */
function closerExpressions(query: QueryNode): { readonly inRow: string; readonly near: string } | undefined {
  const words = plainWords(query) ?? [];
  if (words.length < 2 || words.some(({ isUnspaced }) => isUnspaced)) return undefined;
  // Scored word by word like the query itself, which a phrase would not be.
  const within = (distance: number): string => `NEAR(${words.map(leafExpression).join(' ')}, ${distance})`;
  return { inRow: within(0), near: within(NEAR_WORDS) };
}
