import type { DatabaseSync } from 'node:sqlite';
import { plainText } from '../../changes/blocks/plain-text.ts';
import { hasUnspacedScript } from '../../changes/blocks/unspaced-scripts.ts';
import { toMatch } from './match-expression.ts';
import type { QueryLeaf } from './parse-query.ts';

/** A passage of more is no passage: the longest clauses have some ten thousand characters. */
const MOST_CHARACTERS = 20_000;
const MOST_LINES = 50;
/** A sentence stands in one clause or a few; single words stand in hundreds, which together make megabytes. */
export const MOST_CLAUSES = 20;

const WORD = /[\p{L}\p{N}]/u;

/**
 * Clauses of these terms (and of their former and later names) that hold a passage in one of their wordings: the same
 * words in the same order; signs, letter case and diacritics do not count. Each line of the passage is looked for by
 * itself, since a line is a block.
 *
 * @returns clause ids in the order in which their blocks appeared, at most 20
 */
export function clausesWith(database: DatabaseSync, serviceId: string, termsType: string, passage: string): number[] {
  const names = namesOf(database, serviceId, termsType);
  if (names.length === 0) return [];
  const clauses = new Set<number>();
  for (const line of linesOf(passage)) {
    const leaf: QueryLeaf = { text: line, isPrefix: false, isUnspaced: hasUnspacedScript(line) };
    const match = toMatch({ kind: 'leaf', leaf });
    const found =
      match.kind === 'sets'
        ? `SELECT id FROM (${match.sql})`
        : `SELECT rowid FROM ${match.table} WHERE ${match.table} MATCH ?`;
    const parameters = match.kind === 'sets' ? match.parameters : [match.expression];
    const rows = database
      .prepare(
        `SELECT clause, min(first_seq) AS first FROM standing
         WHERE terms IN (SELECT value FROM json_each(?)) AND +block IN (${found})
         GROUP BY clause ORDER BY first, clause LIMIT ${MOST_CLAUSES}`,
      )
      .all(JSON.stringify(names), ...parameters);
    for (const { clause } of rows) clauses.add(Number(clause));
  }
  return [...clauses].slice(0, MOST_CLAUSES);
}

const linesOf = (passage: string): string[] =>
  passage
    .slice(0, MOST_CHARACTERS)
    .replaceAll('\0', ' ')
    .split(/\r?\n/)
    .map(plainText)
    .filter((line) => WORD.test(line))
    .slice(0, MOST_LINES);

function namesOf(database: DatabaseSync, serviceId: string, termsType: string): number[] {
  const rows = database
    .prepare(
      `WITH RECURSIVE name (id) AS (SELECT id FROM terms WHERE service_id = ? AND terms_type = ?
         UNION SELECT CASE WHEN t.id = name.id THEN t.formerly ELSE t.id END FROM name
           JOIN terms t ON t.id = name.id AND t.formerly IS NOT NULL OR t.formerly = name.id)
       SELECT id FROM name`,
    )
    .all(serviceId, termsType);
  return rows.map(({ id }) => Number(id));
}
