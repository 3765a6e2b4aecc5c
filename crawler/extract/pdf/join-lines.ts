/** Scripts written without spaces between words. */
const noSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\u3000-\u303f\uff00-\uffef]/u;
const hyphenAtEnd = /(\p{L}+)[-\u2010]$/u;
const softHyphenAtEnd = /\u00ad$/u;
const wordAtStart = /^\p{Ll}[\p{L}]*/u;

/** All words of a text, in lower case: what a word cut at a line's end may have been. */
export function wordsOf(texts: readonly string[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const text of texts) for (const [word] of text.matchAll(/\p{L}+/gu)) words.add(word.toLowerCase());
  return words;
}

/**
 * Joins the lines of a paragraph. A hyphen at a line's end is taken out where it is a soft one, or where the document has
 * the whole word elsewhere; otherwise it stays, since it may be the word's own ("third-party").
 */
export function joinLines(lines: readonly string[], words: ReadonlySet<string>): string {
  const parts: string[] = [];
  for (const line of lines) {
    const last = parts.pop();
    if (last === undefined) parts.push(line);
    else parts.push(...joinTwo(last, line, words));
  }
  return parts.join('').replace(/\u00ad/gu, '');
}

/** The first line as it is to be followed directly by the second. */
function joinTwo(last: string, line: string, words: ReadonlySet<string>): [string, string] {
  if (softHyphenAtEnd.test(last)) return [last.slice(0, -1), line];
  const head = hyphenAtEnd.exec(last.slice(-100))?.[1];
  const tail = wordAtStart.exec(line)?.[0];
  if (head !== undefined && tail !== undefined) {
    return [words.has((head + tail).toLowerCase()) ? last.slice(0, -1) : last, line];
  }
  const lastCharacter = Array.from(last.slice(-2)).at(-1) ?? '';
  const bothWithout = noSpaces.test(lastCharacter) && noSpaces.test(Array.from(line.slice(0, 2))[0] ?? '');
  return [bothWithout ? last : `${last} `, line];
}
