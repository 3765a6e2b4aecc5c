import { hasUnspacedScript } from './unspaced-scripts.ts';

const SIGNS = /[\p{Sc}%‰]/u;
const WORD_CHARACTERS = /[\p{L}\p{N}\p{M}]/u;

/** Nothing of a word. */
export const OTHER = 1;
/** Part of a word: letters, digits, marks on them. */
export const WORD = 2;
/** Currency signs and per cent: a word of their own. */
export const SIGN = 3;
/** A character that is a word of its own: a letter of a script without spaces between words. */
export const LONE = 4;

/**
 * Found out once per UTF-16 unit: asking a regular expression about each character of a text takes ten times as long.
 * Halves of surrogate pairs count as parts of words, so that no pair is cut in two.
 */
const classes = new Uint8Array(0x10000);

export function classOf(code: number): number {
  return classes[code] || classify(code);
}

function classify(code: number): number {
  const character = String.fromCharCode(code);
  const isWord = (code >= 0xd800 && code < 0xe000) || WORD_CHARACTERS.test(character);
  const found = !isWord
    ? SIGNS.test(character)
      ? SIGN
      : OTHER
    : code > 127 && hasUnspacedScript(character)
      ? LONE
      : WORD;
  classes[code] = found;
  return found;
}

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const APOSTROPHE = 39;
const RIGHT_QUOTE = 0x2019;
const COMMA = 44;
const POINT = 46;

export const isApostrophe = (code: number): boolean => code === APOSTROPHE || code === RIGHT_QUOTE;

/** Behind the word that starts here: apostrophes between letters and separators between digits are inside it. */
export function endOfWord(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (classOf(code) !== WORD && !isInnerMark(text, at, code)) break;
  }
  return at;
}

function isInnerMark(text: string, at: number, code: number): boolean {
  if (isApostrophe(code)) return at + 1 < text.length && classOf(text.charCodeAt(at + 1)) === WORD;
  return (code === POINT || code === COMMA) && isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1));
}
