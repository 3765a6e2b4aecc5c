import { setApart } from '../../changes/blocks/unspaced-scripts.ts';

/** Greek letters with marks, the Greek final sigma, and the Russian io: what SQLite's tokenizer leaves as it is. */
const UNFOLDED = /[\u0386\u0388-\u0390\u03aa-\u03b0\u03c2\u03ca-\u03ce\u1f00-\u1fff\u0401\u0451]+/g;

/**
 * Takes the marks off Greek letters (whose capitals are written without) and the Russian io (where the dots are optional):
 * SQLite does so with Latin letters alone. The words stay where they are, so that SQLite finds its matches in the text as
 * it is stored.
 */
export const foldLetters = (text: string): string =>
  text.replace(UNFOLDED, (letters) =>
    letters
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .replaceAll('ς', 'σ'),
  );

/**
 * A block's text as its words are indexed. Where a script without spaces is in it, there are more words than SQLite sees in
 * the stored text, and its matches there are found without SQLite.
 */
export const indexedWords = (text: string): string => foldLetters(setApart(text));
