import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { hasUnspacedScript } from '../../changes/blocks/unspaced-scripts.ts';
import type { TextHit } from '../clause.ts';
import { type Match, positiveLeaves } from './match-expression.ts';
import type { QueryNode } from './parse-query.ts';

/** Characters of an excerpt, about three lines. */
const EXCERPT_LENGTH = 320;
/** Of these, before the first match. */
const LEAD = 80;

const LONG_PHRASE = /\S\s+\S+\s+\S/;

export type Excerpt = TextHit['excerpt'];

type Range = readonly [start: number, end: number];

/** Marks the matches in texts and cuts out what is around them. */
export function excerpts(
  database: DatabaseSync,
  query: QueryNode,
  match: Match,
  texts: ReadonlyMap<number, string>,
): Map<number, Excerpt> {
  // Words of other scripts are set apart in the index alone.
  const spaced = [...texts].flatMap(([block, text]) => (hasUnspacedScript(text) ? [] : block));
  const ranges = match.kind === 'table' ? rangesOfTable(database, match, query, spaced) : undefined;
  const result = new Map<number, Excerpt>();
  for (const [block, text] of texts) {
    result.set(block, cut(text, ranges?.get(block) ?? rangesOfLeaves(query, text)));
  }
  return result;
}

/** The parts of texts around what is marked in them. */
export const excerptsWith = (
  texts: ReadonlyMap<number, string>,
  rangesOf: (text: string) => readonly Range[],
): Map<number, Excerpt> => new Map([...texts].map(([block, text]) => [block, cut(text, rangesOf(text))]));

/** What SQLite takes for the matches. The marks are made for this one answer: no text can hold them by intent. */
function rangesOfTable(
  database: DatabaseSync,
  { table, expression }: Match & { kind: 'table' },
  query: QueryNode,
  blocks: readonly number[],
): Map<number, Range[]> {
  const [open, close] = [`<${randomUUID()}>`, `</${randomUUID()}>`];
  const highlighted = `SELECT rowid, highlight(${table}, 0, ?, ?) AS text FROM ${table} WHERE ${table} MATCH ?`;
  // To look up one block takes microseconds, but a beginning of a word or a long phrase as long as to find all of them.
  const isAtOnce = positiveLeaves(query).some(({ isPrefix, text }) => isPrefix || LONG_PHRASE.test(text));
  const condition = isAtOnce ? '+rowid IN (SELECT value FROM json_each(?))' : 'rowid = ?';
  const statement = database.prepare(`${highlighted} AND ${condition}`);
  const rows = isAtOnce
    ? statement.all(open, close, expression, JSON.stringify(blocks))
    : // As an integer: numbers are bound as floating point, by which the full-text index cannot look up.
      blocks.flatMap((block) => statement.all(open, close, expression, BigInt(block)));
  return new Map(rows.map(({ rowid, text }) => [Number(rowid), rangesBetween(String(text), open, close)]));
}

function rangesBetween(marked: string, open: string, close: string): Range[] {
  const [before = '', ...parts] = marked.split(open);
  let place = before.length;
  return parts.map((part) => {
    const [inside = '', after = ''] = part.split(close);
    const range: Range = [place, place + inside.length];
    place += inside.length + after.length;
    return range;
  });
}

/** Where the words of a query stand in a text, without SQLite's help. */
function rangesOfLeaves(query: QueryNode, text: string): Range[] {
  const words = positiveLeaves(query).map(({ text: leaf }) => RegExp.escape(leaf.replace(/\*+$/, '')));
  const found = new RegExp(words.join('|'), 'giu');
  return Array.from(text.matchAll(found), ({ index, 0: { length } }): Range => [index, index + length]);
}

/** The part of a text around the matches, in pieces. */
function cut(text: string, ranges: readonly Range[]): Excerpt {
  const [start, end] = windowAround(text, ranges);
  const pieces: { text: string; isMatch: boolean }[] = [];
  const push = (from: number, until: number, isMatch: boolean): void => {
    if (until > from) pieces.push({ text: text.slice(from, until), isMatch });
  };
  let place = start;
  for (const [from, until] of ranges) {
    if (from < place || until > end) continue;
    push(place, from, false);
    push(from, until, true);
    place = until;
  }
  push(place, end, false);
  if (start > 0) pieces.unshift({ text: '… ', isMatch: false });
  if (end < text.length) pieces.push({ text: ' …', isMatch: false });
  return pieces;
}

/** Where most matches are close together; cut between words. */
function windowAround(text: string, ranges: readonly Range[]): Range {
  if (text.length <= EXCERPT_LENGTH) return [0, text.length];
  let best = ranges[0]?.[0] ?? 0;
  let most = 0;
  for (let first = 0, last = 0; first < ranges.length; first++) {
    const begin = ranges[first]?.[0] ?? 0;
    while (last < ranges.length && (ranges[last]?.[1] ?? 0) <= begin + EXCERPT_LENGTH - LEAD) last++;
    if (last - first > most) {
      most = last - first;
      best = begin;
    }
  }
  const longest = Math.max(0, ...ranges.filter(([from]) => from === best).map(([from, until]) => until - from));
  let start = Math.max(0, Math.min(best - LEAD, text.length - EXCERPT_LENGTH));
  let end = Math.min(text.length, Math.max(start + EXCERPT_LENGTH, best + longest));
  if (start > 0) start = Math.min(best, afterSpace(text, start));
  if (end < text.length) end = Math.max(best + longest, text.lastIndexOf(' ', end), withoutHalf(text, end - 24));
  return [withoutHalf(text, start), withoutHalf(text, end)];
}

const afterSpace = (text: string, start: number): number => {
  const space = text.indexOf(' ', start);
  return space >= 0 && space - start < 24 ? space + 1 : start;
};

/** Never between the two halves of a character. */
const withoutHalf = (text: string, place: number): number =>
  /[\udc00-\udfff]/.test(text[place] ?? '') && /[\ud800-\udbff]/.test(text[place - 1] ?? '') ? place - 1 : place;
