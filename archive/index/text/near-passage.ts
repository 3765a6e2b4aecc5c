import type { DatabaseSync } from 'node:sqlite';
import { shinglesOf, similarity } from '../../changes/alignment/similarity.ts';
import { readWords } from '../../changes/blocks/words.ts';
import { leafExpression } from './match-expression.ts';
import type { Candidate, Sql } from './matches.ts';
import { type PassagePart, piecesOf } from './read-passage.ts';

/** Blocks that share more than this of their words and pairs of words with a passage are nearly the same (Dice). */
const NEARLY_SAME = 0.6;
/** Blocks that hold this share of a passage contain it, whatever else they say. */
const CONTAINED = 0.85;
/** Shorter passages are contained in much that has nothing to do with them. */
const LEAST_CONTAINED_WORDS = 8;
/** Containing it is less than being it: below all that is nearly the same. */
const CONTAINED_WEIGHT = 0.5;

/** Words in more blocks are common: they lead to too much. */
const COMMON = 3_000;
/** The rarest words of a passage that are asked for, any of them. */
const MOST_RARE = 16;
/** With fewer rare words, those that were replaced could be all of them: then words in a row are asked for as well. */
const ENOUGH_RARE = 6;
const ROWS_OF_WORDS = 8;
const WORDS_IN_A_ROW = 3;
/** Of a passage as long as a document, words are taken from its beginning. */
const MOST_PIECES = 400;
/** Blocks that are compared with one text, the best by their words. */
const MOST_COMPARED = 800;
/** Bytes of a block that is compared: a document on one line is no paragraph. */
const LONGEST_COMPARED = 60_000;

export interface NearBlocks {
  /** The most alike first; the negative share that is alike as the score. */
  readonly blocks: readonly Candidate[];
  /** false: there may be others. */
  readonly isWhole: boolean;
}

/**
 * Blocks that say nearly what a passage says, or contain it: those that hold its rarest words are found in the full-text
 * index, and compared with it by their words and pairs of words.
 *
 * @param filter a condition over `rowid`: blocks that may be given at all
 */
export function blocksNear(database: DatabaseSync, parts: readonly PassagePart[], filter: Sql | undefined): NearBlocks {
  const alike = new Map<number, number>();
  let isWhole = true;
  for (const part of parts) {
    const found = candidates(database, part, filter);
    let near = 0;
    for (const { id, text } of found) {
      const share = alikeness(part, text);
      if (share === 0) continue;
      near++;
      alike.set(id, Math.max(alike.get(id) ?? 0, share));
    }
    if (found.length === MOST_COMPARED && near > MOST_COMPARED / 2) isWhole = false;
  }
  const blocks = [...alike].map(([block, share]) => ({ block, score: -share }));
  return { blocks: blocks.sort((a, b) => a.score - b.score || b.block - a.block), isWhole };
}

/** 0.6 to 1: how much of both is the same; below: the block contains the passage; 0: neither. */
function alikeness({ shingles, words }: PassagePart, text: string): number {
  const own = shinglesOf(readWords(text));
  const share = similarity(shingles, own);
  if (share >= NEARLY_SAME) return share;
  const contained = (share * (shingles.length + own.length)) / 2 / shingles.length;
  return contained >= CONTAINED && words >= LEAST_CONTAINED_WORDS ? contained * CONTAINED_WEIGHT : 0;
}

function candidates(database: DatabaseSync, { text }: PassagePart, filter: Sql | undefined) {
  const { pieces, isUnspaced } = piecesOf(text);
  const table = isUnspaced ? 'block_trigrams' : 'block_words';
  const expressions = expressionsOf(database, table, pieces.slice(0, MOST_PIECES), isUnspaced);
  if (expressions.length === 0) return [];
  return database
    .prepare(
      `SELECT b.id, b.text FROM (SELECT rowid AS id FROM ${table} WHERE ${table} MATCH ?${filter ? ` AND ${filter.sql}` : ''}
         ORDER BY bm25(${table}) LIMIT ${MOST_COMPARED}) m CROSS JOIN block b ON b.id = m.id
       WHERE octet_length(b.text) <= ${LONGEST_COMPARED}`,
    )
    .all(expressions.join(' OR '), ...(filter?.parameters ?? []))
    .map((row) => ({ id: Number(row.id), text: String(row.text) }));
}

/** What of a text is asked for, any of it: its rarest words, and where few are rare, words in a row. */
function expressionsOf(
  database: DatabaseSync,
  table: 'block_words' | 'block_trigrams',
  pieces: readonly string[],
  isUnspaced: boolean,
): string[] {
  const expression = (text: string): string => leafExpression({ text, isPrefix: false, isUnspaced });
  const count = database.prepare(
    `SELECT count(*) AS count FROM (SELECT 1 FROM ${table} WHERE ${table} MATCH ? LIMIT ${COMMON + 1})`,
  );
  const distinct = [...new Set(pieces.map((piece) => piece.toLowerCase()))];
  const rare = distinct
    .map((piece) => ({ piece, count: Number(count.get(expression(piece))?.count) }))
    .filter((one) => one.count > 0 && one.count <= COMMON)
    .sort((a, b) => a.count - b.count)
    .slice(0, MOST_RARE)
    .map(({ piece }) => expression(piece));
  if (rare.length >= ENOUGH_RARE || isUnspaced) return rare;
  return [...rare, ...rowsOf(pieces).map(expression)];
}

/** Words in a row, those with the longest words: these are the rarest, as a rule. None overlaps another. */
function rowsOf(words: readonly string[]): string[] {
  const starts = words.map((_, start) => start).slice(0, Math.max(1, words.length - WORDS_IN_A_ROW + 1));
  const rows = starts.map((start) => ({ start, text: words.slice(start, start + WORDS_IN_A_ROW).join(' ') }));
  const chosen: { readonly start: number; readonly text: string }[] = [];
  for (const row of rows.sort((a, b) => b.text.length - a.text.length || a.start - b.start)) {
    if (chosen.length === ROWS_OF_WORDS) break;
    if (chosen.every(({ start }) => Math.abs(start - row.start) >= WORDS_IN_A_ROW)) chosen.push(row);
  }
  return chosen.map(({ text }) => text);
}
