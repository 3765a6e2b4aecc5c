/** Shorter ones begin too many other words. */
const SHORTEST = 5;
/** As many beginnings of words as a query may have. */
const MOST_BEGINNINGS = 8;

const PARTS = /"[^"]*(?:"\*?|$)|[^\s()"]+/g;
const LATIN_WORD = /^[\p{Script=Latin}\p{M}]+$/u;
/** What is excluded stays exact: with more endings it would exclude more. */
const EXCLUDED_GROUP = /(?:^|[\s(])(?:-|NOT\s+)\(/;

/**
 * The same query with other endings of its words, in the syntax of queries: `class action` becomes `class action*`,
 * `sale policies` becomes `sale (policies OR policy)`. Words are found exactly as they are asked for, since one letter
 * may matter; this is what a reader may be offered besides, and sees written out.
 *
 * @returns undefined where no word has another ending, or the query has no room for them
 */
export function withOtherEndings(query: string): string | undefined {
  if (EXCLUDED_GROUP.test(query)) return undefined;
  let beginnings = query.split('*').length - 1;
  let isExcluded = false;
  const widened = query.replaceAll(PARTS, (part) => {
    const isExact = isExcluded || part.startsWith('-');
    isExcluded = part === 'NOT';
    if (isExact || part.includes('*') || ['NOT', 'AND', 'OR'].includes(part)) return part;
    const other = part.startsWith('"') ? phraseWithEndings(part) : wordWithEndings(part);
    if (other.includes('*')) beginnings++;
    return other;
  });
  return widened === query || beginnings > MOST_BEGINNINGS ? undefined : widened;
}

function wordWithEndings(word: string): string {
  if (!LATIN_WORD.test(word) || word.length < SHORTEST || /(?:ss|us|is)$/i.test(word)) return word;
  if (/[^aeiou]ies$/i.test(word)) return `(${word} OR ${word.slice(0, -3)}y)`;
  if (/[^aeiou]y$/i.test(word)) return `(${word} OR ${word.slice(0, -1)}ies)`;
  return `${word.replace(/s$/i, '')}*`;
}

/** Of a phrase only the last word may have another ending, and only one that begins alike. */
function phraseWithEndings(phrase: string): string {
  const words = phrase.replaceAll('"', '').trim().split(/\s+/);
  const last = wordWithEndings(words.at(-1) ?? '');
  return words.length > 1 && last.endsWith('*') ? `"${[...words.slice(0, -1), last.slice(0, -1)].join(' ')}"*` : phrase;
}
