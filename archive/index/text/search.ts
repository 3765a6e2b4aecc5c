import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { TextHit, TextHits, TextQuery } from '../clause.ts';
import { type BlockFilter, type Candidates, findCandidates } from './candidates.ts';
import { excerpts } from './excerpt.ts';
import type { Lives } from './lives.ts';
import { toMatch } from './match-expression.ts';
import { parseQuery } from './parse-query.ts';
import { standingFilter, termsOfQuery } from './search-filter.ts';
import { toSpans } from './span.ts';

/** With more standings than this in the terms asked for, looking each match up is faster than listing their blocks. */
const MOST_LISTED = 20_000;
/** Matches that are looked through when the filters leave fewer than were asked for. */
const MOST_LOOKED_THROUGH = 60_000;

const MOST_HITS = 100;

interface Row {
  readonly block: number;
  readonly terms: number;
  readonly score: number;
  readonly firstSeq: number;
}

/** Searches the blocks of all versions. */
export function search(database: DatabaseSync, lives: Lives, query: TextQuery): TextHits {
  const node = parseQuery(query.text);
  const match = toMatch(node);
  const limit = Math.min(Math.max(Math.trunc(query.limit) || 1, 1), MOST_HITS);
  const offset = Math.max(Math.trunc(query.offset ?? 0) || 0, 0);
  const terms = termsOfQuery(database, query);
  if (terms?.length === 0) return { hits: [], total: 0, isTotalBounded: false };

  const blockFilter = terms && listedBlocks(database, terms);
  const standing = standingFilter(query, terms);
  let candidates = findCandidates(database, node, match, blockFilter);
  let rows = standingsOf(database, candidates, standing, query.sort);
  if (candidates.blocks.length < candidates.matches && rows.length < offset + limit && standing.sql !== '') {
    candidates = findCandidates(database, node, match, blockFilter, MOST_LOOKED_THROUGH);
    rows = standingsOf(database, candidates, standing, query.sort);
  }
  const chosen = rows.slice(offset, offset + limit);
  const details = detailsOf(database, chosen);
  const texts = new Map(details.map(({ block, text }) => [block, text]));
  const marked = excerpts(database, node, match, texts);
  return {
    hits: details.map(
      ({ block, spans, score, ...hit }): TextHit => ({
        ...hit,
        blockId: block,
        excerpt: marked.get(block) ?? [],
        life: lives.lifeOf(spans),
        score: -score,
      }),
    ),
    total: rows.length,
    isTotalBounded: candidates.blocks.length < candidates.matches,
  };
}

/** The blocks of a few terms; undefined where there are too many to list. */
function listedBlocks(database: DatabaseSync, terms: readonly number[]): BlockFilter | undefined {
  const ids = JSON.stringify(terms);
  const count = database
    .prepare(
      `SELECT count(*) AS count FROM (SELECT 1 FROM standing WHERE terms IN (SELECT value FROM json_each(?)) LIMIT ${MOST_LISTED + 1})`,
    )
    .get(ids);
  if (Number(count?.count) > MOST_LISTED) return undefined;
  // The plus keeps SQLite from looking up each block in the full-text index.
  return {
    sql: '+rowid IN (SELECT block FROM standing WHERE terms IN (SELECT value FROM json_each(?)))',
    parameters: [ids],
  };
}

/** Where the candidates stand, in the order of the answer. */
function standingsOf(
  database: DatabaseSync,
  { blocks }: Candidates,
  filter: { readonly sql: string; readonly parameters: readonly SQLInputValue[] },
  sort: TextQuery['sort'],
): Row[] {
  const scores = new Map(blocks.map(({ block, score }) => [block, score]));
  const rows = database
    .prepare(
      `SELECT s.block, s.terms, s.first_seq FROM json_each(?) c CROSS JOIN standing s ON s.block = c.value${filter.sql}`,
    )
    .all(JSON.stringify(blocks.map(({ block }) => block)), ...filter.parameters)
    .map(
      ({ block, terms, first_seq }): Row => ({
        block: Number(block),
        terms: Number(terms),
        score: scores.get(Number(block)) ?? 0,
        firstSeq: Number(first_seq),
      }),
    );
  return rows.sort(sort === 'date' ? byDate : byScore);
}

const byDate = (a: Row, b: Row): number => b.firstSeq - a.firstSeq || a.block - b.block;
const byScore = (a: Row, b: Row): number => a.score - b.score || byDate(a, b);

function detailsOf(database: DatabaseSync, rows: readonly Row[]) {
  const statement = database.prepare(
    `SELECT s.clause, s.spans, b.text, h.text AS heading, t.service_id, t.terms_type
     FROM standing s JOIN block b ON b.id = s.block JOIN terms t ON t.id = s.terms LEFT JOIN block h ON h.id = s.heading
     WHERE s.block = ? AND s.terms = ?`,
  );
  return rows.flatMap(({ block, terms, score }) => {
    const row = statement.get(block, terms);
    if (!row) return [];
    return {
      clauseId: Number(row.clause),
      block,
      serviceId: String(row.service_id),
      termsType: String(row.terms_type),
      heading: row.heading === null ? undefined : String(row.heading),
      text: String(row.text),
      spans: toSpans(row.spans),
      score,
    };
  });
}
