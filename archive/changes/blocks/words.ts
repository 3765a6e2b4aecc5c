import { classOf, endOfWord, isApostrophe, isDigit, LONE, OTHER, SIGN, WORD } from './character-class.ts';
import { endOfTarget } from './link-target.ts';

const APOSTROPHE = 39;
const PLUS = 43;
const HYPHEN = 45;

/** Longer alternative texts than this are read as words: the bracket that would end them belongs to something else. */
const LONGEST_ALTERNATIVE = 4000;

const NOT_ASCII = /[^\0-\u007f]/;

/**
 * The words of a block as 32-bit hashes, in order: letters and digits after NFKC and case folding, and what changes
 * meaning beside them: currency signs, per cent, plus and minus before a number, separators inside numbers, apostrophes
 * inside words. Marks of Markdown, link targets, images, quotes and dashes are no words; nor is white space, so that
 * re-wrapped lines have the same ones. Not made against collisions: two blocks with the same words may still differ.
 */
export function readWords(markdown: string): number[] {
  const text = NOT_ASCII.test(markdown) ? markdown.normalize('NFKC').toLowerCase() : markdown;
  const words: number[] = [];
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    const kind = classOf(code);
    if (kind === WORD) {
      const end = endOfWord(text, at);
      words.push(hashOf(text, at, end));
      at = end;
      continue;
    }
    if (kind === SIGN || kind === LONE || isSignOfNumber(text, at, code)) words.push(mix(0, code));
    at =
      text[at] === '!' && text[at + 1] === '[' ? endOfAlternative(text, at) : Math.max(endOfTarget(text, at), at + 1);
  }
  return words;
}

/** Where two blocks have the same words, their keys are equal. */
export function keyOfWords(words: readonly number[]): string {
  let first = words.length;
  let second = 0x9e3779b9;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? 0;
    first = Math.imul(first ^ word, 0x85ebca6b);
    first ^= first >>> 15;
    second = Math.imul(second + word, 0xc2b2ae35);
    second ^= second >>> 13;
  }
  return `${first},${second}`;
}

/** One step of a hash over 32-bit numbers. */
export function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x01000193);
  return mixed ^ (mixed >>> 15);
}

function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) {
    let code = text.charCodeAt(at);
    if (code >= 65 && code <= 90) code += 32;
    else if (isApostrophe(code)) code = APOSTROPHE;
    hash = mix(hash, code);
  }
  return hash;
}

/** Before a number and not behind a word: the hyphen of `30-day` or of a range is none. */
function isSignOfNumber(text: string, at: number, code: number): boolean {
  if (code !== PLUS && code !== HYPHEN) return false;
  return isDigit(text.charCodeAt(at + 1)) && (at === 0 || classOf(text.charCodeAt(at - 1)) === OTHER);
}

/** Where an image's alternative text ends and its target begins; behind the mark where none does. */
function endOfAlternative(text: string, at: number): number {
  const end = text.slice(at, at + LONGEST_ALTERNATIVE).indexOf('](');
  return end < 0 ? at + 1 : at + end;
}
