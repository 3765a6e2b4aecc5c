/**
 * Letters of scripts that write no spaces between words: a tokenizer that looks for spaces would make one word of a whole
 * sentence. Korean is written with spaces.
 */
const UNSPACED =
  /[[\p{scx=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]&&[\p{L}\p{M}\p{N}]]/v;

/** Whether a text holds a letter of a script without spaces between words. */
export const hasUnspacedScript = (text: string): boolean => UNSPACED.test(text);
