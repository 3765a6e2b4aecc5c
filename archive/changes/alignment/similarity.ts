import { mix } from '../blocks/words.ts';

/** Sets the hashes of pairs apart from those of single words. */
const PAIR = 0x5bd1e995;

/**
 * The single words and the pairs of neighbouring words of a block, each once, ascending. Pairs tell order, single words
 * keep short blocks comparable: of "Basic plan $5" and "Basic plan $6" three of five are shared.
 */
export function shinglesOf(words: readonly number[]): Int32Array {
  const shingles = new Int32Array(Math.max(0, 2 * words.length - 1));
  let count = 0;
  let last = 0;
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? 0;
    shingles[count++] = word;
    if (place > 0) shingles[count++] = mix(mix(PAIR, last), word);
    last = word;
  }
  shingles.sort();
  let distinct = 0;
  for (let at = 0; at < count; at++) {
    if (at === 0 || shingles[at] !== shingles[at - 1]) shingles[distinct++] = shingles[at] ?? 0;
  }
  return shingles.slice(0, distinct);
}

/** Dice coefficient of two ascending lists, 0 to 1; 0 where both are empty. */
export function similarity(a: Int32Array, b: Int32Array): number {
  const all = a.length + b.length;
  return all === 0 ? 0 : (2 * countShared(a, b)) / all;
}

function countShared(a: Int32Array, b: Int32Array): number {
  let shared = 0;
  for (let inA = 0, inB = 0; inA < a.length && inB < b.length; ) {
    const difference = (a[inA] ?? 0) - (b[inB] ?? 0);
    if (difference === 0) shared++;
    if (difference <= 0) inA++;
    if (difference >= 0) inB++;
  }
  return shared;
}
