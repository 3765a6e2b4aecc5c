import type { DatabaseSync } from 'node:sqlite';
import type { FoundPlace, TextHit, TextHits, TextQuery } from '../clause.ts';
import { type Excerpt, excerpts, excerptsWith } from './excerpt.ts';
import { blocksLeft, byAppearance, type FoundStanding, newestStandings, standingsOf } from './found-standings.ts';
import type { KnownVersions, Lives } from './lives.ts';
import { toMatch } from './match-expression.ts';
import { findMatches, type Matches, type Sql } from './matches.ts';
import { blocksNear } from './near-passage.ts';
import { parseQuery } from './parse-query.ts';
import { readPassage } from './read-passage.ts';
import { standingFilter, termsOfQuery } from './search-filter.ts';
import { sharedWords } from './shared-words.ts';
import { toSpansOfAll, united } from './span.ts';

/** Blocks that are ranked. Ranking costs about 2 µs a block; of what has more matches, a choice is ranked. */
const MOST_RANKED = 3_000;
/** Blocks that are ranked where the filters leave too little of such a choice: of those that they leave. */
const MOST_RANKED_FILTERED = 60_000;
/** With more standings than this in the terms asked for, looking each match up is faster than listing their blocks. */
const MOST_LISTED = 20_000;
/** Hits that are counted and given: to count all that "data" has takes longer than to find the best. */
const MOST_COUNTED = 1_000;
const MOST_HITS = 100;
/** Hits of a part of all matches: to find the matches anew for each part takes up to 0.3 s. */
const MOST_OF_ALL = 1_000;
/** Characters of a hit's text: a hundred hits with a document on one line would be an answer of many megabytes. */
const LONGEST_TEXT = 10_000;

/**
 * Searches the blocks of all versions; by date, those that appeared last come first. What is found, and its order, follows
 * from the query alone and not from the part that is asked for, so that the parts make one list.
 */
export function search(database: DatabaseSync, lives: Lives, query: TextQuery): TextHits {
  const read = query.match === 'passage' ? passageSearch(database, query) : wordSearch(database, query);
  const most = query.after === undefined ? MOST_HITS : MOST_OF_ALL;
  const limit = Math.min(Math.max(Math.trunc(query.limit) || 1, 1), most);
  const offset = Math.max(Math.trunc(query.offset ?? 0) || 0, 0);
  const terms = termsOfQuery(database, query);
  if (terms?.length === 0) return { hits: [], total: 0, isTotalBounded: false };

  const blocks = terms && listedBlocks(database, terms);
  const filter = standingFilter(query, terms);
  const { found, isWhole } =
    query.after !== undefined && read.matches
      ? partOfAll(database, read.matches(blocks), filter, query.after, limit)
      : read.find(blocks, filter);
  const last = query.after !== undefined && read.matches && !isWhole ? found.at(-1) : undefined;
  const details = detailsOf(database, found.slice(offset, offset + limit));
  const known: KnownVersions = new Map();
  const marked = read.mark(new Map(details.map(({ block, text }) => [block, text])));
  return {
    hits: details.map(
      ({ block, spans, score, text, ...hit }): TextHit => ({
        ...hit,
        blockId: block,
        text: text.slice(0, LONGEST_TEXT).toWellFormed(),
        excerpt: marked.get(block) ?? [],
        life: lives.lifeOf(spans, known),
        score: -score,
      }),
    ),
    total: found.length,
    isTotalBounded: !isWhole,
    ...(last && { next: { firstSeq: last.firstSeq, block: last.block, terms: last.terms } }),
  };
}

/** The newest first, all of which can be had in parts. */
function partOfAll(
  database: DatabaseSync,
  matches: Matches,
  filter: Sql,
  after: FoundPlace | 'nothing',
  most: number,
): Found {
  const left =
    after === 'nothing'
      ? filter
      : withFilter(filter, AFTER, [after.firstSeq, after.firstSeq, after.block, after.block, after.terms]);
  const found = newestStandings(database, matches, left, most + 1);
  return { found: found.slice(0, most), isWhole: found.length <= most };
}

/** In the order of {@link byAppearance}. */
const AFTER = ' AND s.first_seq <= ? AND (s.first_seq < ? OR s.block > ? OR (s.block = ? AND s.terms > ?))';

const withFilter = (filter: Sql, sql: string, parameters: readonly number[]): Sql => ({
  sql: `${filter.sql}${sql}`,
  parameters: [...filter.parameters, ...parameters],
});

/** One way of finding and marking. */
interface Search {
  /** @param blocks a condition over `rowid`: those of the terms asked for, where these are few */
  find(blocks: Sql | undefined, filter: Sql): Found;
  /** All that match; a passage has few. */
  matches?(blocks: Sql | undefined): Matches;
  mark(texts: ReadonlyMap<number, string>): Map<number, Excerpt>;
}

function wordSearch(database: DatabaseSync, { text, sort }: TextQuery): Search {
  const node = parseQuery(text);
  const match = toMatch(node);
  const among = (blocks: Sql | undefined): Matches => findMatches(database, node, match, blocks);
  return {
    find(blocks, filter) {
      const matches = among(blocks);
      return sort === 'date' ? newest(database, matches, filter) : best(database, matches, filter, among);
    },
    matches: among,
    mark: (texts) => excerpts(database, node, match, texts),
  };
}

function passageSearch(database: DatabaseSync, { text, sort }: TextQuery): Search {
  const parts = readPassage(text);
  return {
    find(blocks, filter) {
      const near = blocksNear(database, parts, blocks);
      const found = standingsOf(database, near.blocks, filter, MOST_COUNTED + 1);
      return bounded(sort === 'date' ? found.sort(byAppearance) : found, near.isWhole);
    },
    mark: (texts) => excerptsWith(texts, sharedWords(parts[0]?.text ?? '')),
  };
}

interface Found {
  /** In the order of the answer, at most {@link MOST_COUNTED}. */
  readonly found: readonly FoundStanding[];
  /** There are no others. */
  readonly isWhole: boolean;
}

const bounded = (found: readonly FoundStanding[], isWhole = true): Found => ({
  found: found.slice(0, MOST_COUNTED),
  isWhole: isWhole && found.length <= MOST_COUNTED,
});

/** @param among finds the matches among some blocks alone */
function best(database: DatabaseSync, matches: Matches, filter: Sql, among: (blocks: Sql) => Matches): Found {
  const first = standingsOf(database, matches.best(MOST_RANKED), filter, MOST_COUNTED + 1);
  if (matches.count <= MOST_RANKED || first.length > MOST_COUNTED) return bounded(first, matches.count <= MOST_RANKED);
  // Chosen before it was filtered, the choice may lack what the filters leave: now the other way round.
  const left = blocksLeft(database, matches, filter);
  const step = Math.ceil(left.length / MOST_RANKED_FILTERED);
  const chosen = step > 1 ? left.filter((_block, place) => place % step === 0) : left;
  const { best: ranked } = among(listOf(chosen));
  const found = standingsOf(database, ranked(MOST_RANKED_FILTERED), filter, MOST_COUNTED + 1);
  return bounded(found, step <= 1);
}

function newest(database: DatabaseSync, matches: Matches, filter: Sql): Found {
  if (matches.count > MOST_RANKED) return bounded(newestStandings(database, matches, filter, MOST_COUNTED + 1));
  return bounded(standingsOf(database, matches.some(MOST_RANKED), filter).sort(byAppearance));
}

const listOf = (blocks: readonly number[]): Sql => ({
  sql: '+rowid IN (SELECT value FROM json_each(?))',
  parameters: [JSON.stringify(blocks)],
});

/** The blocks of a few terms; undefined where there are too many to list. */
function listedBlocks(database: DatabaseSync, terms: readonly number[]): Sql | undefined {
  const ids = JSON.stringify(terms);
  const listed = 'FROM standing WHERE terms IN (SELECT value FROM json_each(?))';
  const row = database.prepare(`SELECT count(*) AS count FROM (SELECT 1 ${listed} LIMIT ${MOST_LISTED + 1})`).get(ids);
  if (Number(row?.count) > MOST_LISTED) return undefined;
  // The plus keeps SQLite from looking up each block in the full-text index.
  return { sql: `+rowid IN (SELECT block ${listed})`, parameters: [ids] };
}

function detailsOf(database: DatabaseSync, found: readonly FoundStanding[]) {
  const statement = database.prepare(
    `SELECT s.clause, b.text,
       (SELECT json_group_array(n.spans) FROM standing n WHERE n.block = s.block AND n.clause = s.clause) AS spans,
       h.text AS heading, t.service_id, t.terms_type
     FROM standing s JOIN block b ON b.id = s.block JOIN terms t ON t.id = s.terms LEFT JOIN block h ON h.id = s.heading
     WHERE s.block = ? AND s.terms = ?`,
  );
  return found.flatMap(({ block, terms, score }) => {
    const row = statement.get(block, terms);
    if (!row) return [];
    return {
      clauseId: Number(row.clause),
      block,
      serviceId: String(row.service_id),
      termsType: String(row.terms_type),
      heading: row.heading === null ? undefined : String(row.heading),
      text: String(row.text),
      spans: united(toSpansOfAll(row.spans)),
      score,
    };
  });
}
