/** Greek letters with marks, the Greek final sigma, and the Russian io: what SQLite's tokenizer leaves as it is. */
const UNFOLDED = /[\u0386\u0388-\u0390\u03aa-\u03b0\u03c2\u03ca-\u03ce\u1f00-\u1fff\u0401\u0451]+/g;

/**
 * A text as its words are indexed. SQLite takes the marks off Latin letters alone; this does the same for Greek (whose
 * capitals are written without) and Russian (where the dots are optional). The words stay where they are, so that SQLite
 * finds its matches in the text as it is stored.
 */
export const foldLetters = (text: string): string =>
  text.replace(UNFOLDED, (letters) =>
    letters
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .replaceAll('ς', 'σ'),
  );
