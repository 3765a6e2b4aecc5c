/**
 * Letters of scripts that write no spaces between words: a tokenizer that looks for spaces would make one word of a whole
 * sentence. Korean is written with spaces. The sign of long vowels (ー) is of both kinds of kana, so by extensions alone.
 */
const SCRIPTS =
  '[[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{sc=Bopomofo}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}]&&[\\p{L}\\p{M}\\p{N}]]';
const OTHERS = `[[\\p{L}\\p{N}]--${SCRIPTS}]`;

const UNSPACED = new RegExp(SCRIPTS, 'v');
const BORDERS = new RegExp(`(?<=${SCRIPTS})(?=${OTHERS})|(?<=${OTHERS})(?=${SCRIPTS})`, 'gv');

/** Whether a text holds a letter of a script without spaces between words. */
export const hasUnspacedScript = (text: string): boolean => UNSPACED.test(text);

/** Sets words of other scripts apart: for a tokenizer that looks for spaces, "Cookieを使う" is one word. */
export const setApart = (text: string): string => (hasUnspacedScript(text) ? text.replace(BORDERS, ' ') : text);
