import { shinglesOf } from '../../changes/alignment/similarity.ts';
import { plainText } from '../../changes/blocks/plain-text.ts';
import { hasUnspacedScript } from '../../changes/blocks/unspaced-scripts.ts';
import { readWords } from '../../changes/blocks/words.ts';
import { QuerySyntaxError } from '../index-error.ts';

/** One text to find near-identical blocks of. */
export interface PassagePart {
  /** Without Markdown. */
  readonly text: string;
  /** Number of its words. */
  readonly words: number;
  readonly shingles: Int32Array;
}

/** A passage of more is no passage: the longest clauses have some ten thousand characters. */
const MOST_CHARACTERS = 20_000;
/** Of a passage of more lines, the longest: each is looked for by itself. */
const MOST_PARTS = 8;
/** Fewer words are alike in thousands of blocks. */
const LEAST_WORDS = 4;

/**
 * A pasted passage as texts to look for: each of its lines, since a block is a line or a few; and all of it as one, since a
 * passage copied from a printed document has line breaks where the paper ended.
 *
 * @throws QuerySyntaxError where it has too few words, or is too long.
 */
export function readPassage(passage: string): PassagePart[] {
  if (passage.length > MOST_CHARACTERS) {
    throw new QuerySyntaxError(
      `The passage has ${passage.length} characters; at most ${MOST_CHARACTERS} can be searched for.`,
    );
  }
  const lines = passage
    .replaceAll('\0', ' ')
    .split(/\r\n?|\n/)
    .map(plainText)
    .filter((line) => line.trim() !== '');
  const whole = toPart(lines.join(' '));
  if (whole.words < LEAST_WORDS) {
    throw new QuerySyntaxError(
      `The passage has fewer than ${LEAST_WORDS} words. Give a sentence or more, or search for the words.`,
    );
  }
  if (lines.length === 1) return [whole];
  const parts = lines.map(toPart).filter(({ words }) => words >= LEAST_WORDS);
  return [whole, ...parts.toSorted((a, b) => b.words - a.words).slice(0, MOST_PARTS)];
}

function toPart(text: string): PassagePart {
  const words = readWords(text);
  return { text, words: words.length, shingles: shinglesOf(words) };
}

const WORDS = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;
const RUNS = /[\p{L}\p{M}\p{N}]{3,}/gu;
/** Letters of a piece of a script without spaces; its index finds nothing shorter than 3. */
const PIECE = 4;

/** Words in their order, or pieces of the same length where a script without spaces is in it. */
export function piecesOf(text: string): { readonly pieces: readonly string[]; readonly isUnspaced: boolean } {
  if (!hasUnspacedScript(text)) return { pieces: text.match(WORDS) ?? [], isUnspaced: false };
  const pieces = (text.match(RUNS) ?? []).flatMap((run) => {
    const letters = Array.from(run);
    const count = Math.max(1, Math.floor(letters.length / PIECE));
    return Array.from({ length: count }, (_, place) => letters.slice(place * PIECE, (place + 1) * PIECE).join(''));
  });
  return { pieces, isUnspaced: true };
}
