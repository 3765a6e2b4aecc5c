import { withoutTargets } from './link-target.ts';
import { keyOfWords, readWords } from './words.ts';

interface WithMarkdown {
  readonly markdown: string;
}

/** The blocks of two versions as numbers: those with the same words have the same one. */
export interface NumberedBlocks {
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** All numbers are below it. */
  readonly count: number;
  readonly words: (number: number) => readonly number[];
}

/**
 * Numbers blocks by their words; each distinct text is read once. Blocks without words (rules, images, empty links) are
 * the same where their Markdown is; those that the other version does not have, where they are so but for their targets.
 */
export function numberBlocks(a: readonly WithMarkdown[], b: readonly WithMarkdown[]): NumberedBlocks {
  const inA = new Set(a.map(({ markdown }) => markdown));
  const inB = new Set(b.map(({ markdown }) => markdown));
  const byMarkdown = new Map<string, number>();
  const byKey = new Map<string, number>();
  const wordsOf: (readonly number[])[] = [];

  const keyOf = (markdown: string, words: readonly number[]): string => {
    if (words.length > 0) return keyOfWords(words);
    return inA.has(markdown) && inB.has(markdown) ? `=${markdown}` : `~${withoutTargets(markdown)}`;
  };
  const numberOf = ({ markdown }: WithMarkdown): number => {
    const known = byMarkdown.get(markdown);
    if (known !== undefined) return known;
    const words = readWords(markdown);
    const key = keyOf(markdown, words);
    const number = byKey.get(key) ?? wordsOf.push(words) - 1;
    byKey.set(key, number);
    byMarkdown.set(markdown, number);
    return number;
  };
  return {
    a: Int32Array.from(a, numberOf),
    b: Int32Array.from(b, numberOf),
    count: wordsOf.length,
    words: (number) => wordsOf[number] ?? [],
  };
}
