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

/** Hits that are counted: to count all that "data" has takes longer than to find the best. */
const MOST_COUNTED = 1_000;

const MOST_HITS = 100;
const BLOCKS_AT_ONCE = 1_000;

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
  const most = Math.max(MOST_COUNTED, offset + limit);
  const rowsOf = (candidates: Candidates): Row[] =>
    query.sort === 'date'
      ? standingsOf(database, candidates, standing)
          .sort(byDate)
          .slice(0, most + 1)
      : standingsOf(database, candidates, standing, most + 1);
  let candidates = findCandidates(database, node, match, blockFilter);
  let rows = rowsOf(candidates);
  if (candidates.blocks.length < candidates.matches && rows.length < offset + limit && standing.sql !== '') {
    candidates = findCandidates(database, node, match, blockFilter, MOST_LOOKED_THROUGH);
    rows = rowsOf(candidates);
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
    total: Math.min(rows.length, most),
    isTotalBounded: rows.length > most || candidates.blocks.length < candidates.matches,
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

/** Where the candidates stand, in their order, as far as they are needed. */
function standingsOf(
  database: DatabaseSync,
  { blocks }: Candidates,
  filter: { readonly sql: string; readonly parameters: readonly SQLInputValue[] },
  most = Number.POSITIVE_INFINITY,
): Row[] {
  const statement = database.prepare(
    `SELECT c.key AS place, s.terms, s.first_seq
     FROM json_each(?) c CROSS JOIN standing s ON s.block = c.value${filter.sql} ORDER BY c.key, s.terms`,
  );
  const rows: Row[] = [];
  for (let start = 0; start < blocks.length && rows.length < most; start += BLOCKS_AT_ONCE) {
    const part = blocks.slice(start, start + BLOCKS_AT_ONCE);
    const found = statement.all(JSON.stringify(part.map(({ block }) => block)), ...filter.parameters);
    for (const { place, terms, first_seq } of found) {
      const candidate = part[Number(place)];
      if (candidate) rows.push({ ...candidate, terms: Number(terms), firstSeq: Number(first_seq) });
    }
  }
  return rows.slice(0, most);
}

const byDate = (a: Row, b: Row): number => b.firstSeq - a.firstSeq || a.block - b.block || a.terms - b.terms;

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
