import type { DatabaseSync } from 'node:sqlite';
import type { Mention, MentionQuery } from '../clause.ts';
import { type Excerpt, excerpts, excerptsWith } from './excerpt.ts';
import type { KnownVersions, Lives } from './lives.ts';
import { toMatch } from './match-expression.ts';
import { findMatches, type Sql } from './matches.ts';
import { blocksNear } from './near-passage.ts';
import { parseQuery } from './parse-query.ts';
import { readPassage } from './read-passage.ts';
import { termsOfQuery } from './search-filter.ts';
import { sharedWords } from './shared-words.ts';
import { type Span, toSpansOfAll, united } from './span.ts';
import { type NamedTerms, namesOfTerms } from './terms-names.ts';

/**
 * Which terms hold what is searched for or once did, each once, with the time in which any of its paragraphs did: what was
 * before a service was renamed counts for the terms under the new name.
 */
export function mentions(database: DatabaseSync, lives: Lives, query: MentionQuery): Mention[] {
  const { blocks, mark } = query.match === 'passage' ? ofPassage(database, query.text) : ofWords(database, query.text);
  const names = namesOfTerms(database);
  const asked = termsOfQuery(database, query);
  const wanted = names.filter(({ id }) => asked === undefined || asked.includes(id));
  const groups = groupsOf(database, blocks, asked && wanted.flatMap(({ id, former }) => [id, ...former]));
  const found = wanted.flatMap((terms) => joined(terms, groups));
  const texts = textsOf(
    database,
    found.map(({ block }) => block),
  );
  const marked = mark(texts);
  const known: KnownVersions = new Map();
  return found.map(({ terms, block, clause, paragraphs, spans }) => ({
    serviceId: terms.serviceId,
    termsType: terms.termsType,
    clauseId: clause,
    excerpt: marked.get(block) ?? [],
    paragraphs,
    ...timeOf(lives, spans, known),
  }));
}

/** Bytes below which a block is a title or the name of a link. */
const TITLE = 80;

interface FoundBlocks {
  readonly blocks: Sql;
  mark(texts: ReadonlyMap<number, string>): Map<number, Excerpt>;
}

function ofWords(database: DatabaseSync, text: string): FoundBlocks {
  const node = parseQuery(text);
  const match = toMatch(node);
  const { ids } = findMatches(database, node, match, undefined);
  return { blocks: ids, mark: (texts) => excerpts(database, node, match, texts) };
}

function ofPassage(database: DatabaseSync, text: string): FoundBlocks {
  const parts = readPassage(text);
  const ids = blocksNear(database, parts, undefined).blocks.map(({ block }) => block);
  return {
    blocks: { sql: 'SELECT value AS block FROM json_each(?)', parameters: [JSON.stringify(ids)] },
    mark: (texts) => excerptsWith(texts, sharedWords(parts[0]?.text ?? '')),
  };
}

/** What was found in the terms of one name. */
interface Group {
  /** Of the paragraphs in force the one that appeared first, else of all. */
  readonly block: number;
  readonly clause: number;
  readonly inForce: number;
  readonly spans: readonly Span[];
}

function groupsOf(database: DatabaseSync, blocks: Sql, terms: readonly number[] | undefined): Map<number, Group> {
  // With min(), SQLite takes the other columns from the row that has it. In force comes before all that is gone, and of
  // what appeared at once, paragraphs before titles.
  const rows = database
    .prepare(
      `SELECT s.terms, s.block, s.clause, min((s.until_seq IS NOT NULL) << 40 | s.first_seq << 1 | octet_length(b.text) < ${TITLE}) AS place,
         count(*) - count(s.until_seq) AS in_force, json_group_array(s.spans) AS spans
       FROM (${blocks.sql}) m CROSS JOIN standing s ON s.block = m.block JOIN block b ON b.id = m.block
       ${terms ? 'WHERE +s.terms IN (SELECT value FROM json_each(?))' : ''} GROUP BY s.terms`,
    )
    .all(...blocks.parameters, ...(terms ? [JSON.stringify(terms)] : []));
  return new Map(
    rows.map((row) => [
      Number(row.terms),
      {
        block: Number(row.block),
        clause: Number(row.clause),
        inForce: Number(row.in_force),
        spans: toSpansOfAll(row.spans),
      },
    ]),
  );
}

function joined(terms: NamedTerms, groups: ReadonlyMap<number, Group>) {
  const own = groups.get(terms.id);
  const all = [terms.id, ...terms.former].flatMap((id) => groups.get(id) ?? []);
  const shown = own ?? all[0];
  if (!shown) return [];
  const spans = united(all.flatMap((group) => group.spans));
  return [{ terms, block: shown.block, clause: shown.clause, paragraphs: own?.inForce ?? 0, spans }];
}

/** From the first to the last: each absence would cost as much as both, and faulty captures make hundreds of them. */
function timeOf(lives: Lives, spans: readonly Span[], known: KnownVersions) {
  const [from] = spans[0] ?? [0];
  const until = spans.at(-1)?.[1] ?? null;
  const { appeared, disappeared } = lives.lifeOf([[from, until]], known);
  return { appeared, disappeared, absences: spans.length - 1 };
}

function textsOf(database: DatabaseSync, blocks: readonly number[]): Map<number, string> {
  const rows = database
    .prepare('SELECT b.id, b.text FROM json_each(?) c CROSS JOIN block b ON b.id = c.value')
    .all(JSON.stringify([...new Set(blocks)]));
  return new Map(rows.map(({ id, text }) => [Number(id), String(text)]));
}
