import { hasUnspacedScript } from './unspaced-scripts.ts';

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;

/** Numbers that stand for the words of a text, sorted: what two texts share is counted in one pass over both. */
export function wordNumbers(text: string): Int32Array {
  const numbers: number[] = [];
  for (const [word] of text.toLowerCase().matchAll(WORDS)) {
    if (!hasUnspacedScript(word)) numbers.push(numberOf(word, 0, word.length));
    // Without spaces between words, pairs of characters tell as much as words do.
    else for (let at = 0; at < Math.max(1, word.length - 1); at++) numbers.push(numberOf(word, at, at + 2));
  }
  return Int32Array.from(numbers).sort();
}

/** Dice coefficient of two bags of words, 0 to 1; of two texts without words, 0. */
export function similarity(a: Int32Array, b: Int32Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = (a[i] ?? 0) - (b[j] ?? 0);
    if (difference === 0) shared++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return a.length + b.length === 0 ? 0 : (2 * shared) / (a.length + b.length);
}

/** FNV-1a. */
function numberOf(word: string, start: number, end: number): number {
  let number = 0x811c9dc5;
  for (let at = start; at < Math.min(end, word.length); at++) {
    number = Math.imul(number ^ word.charCodeAt(at), 0x01000193);
  }
  return number;
}
