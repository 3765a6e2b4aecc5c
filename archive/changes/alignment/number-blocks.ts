import { withoutTargets } from '../blocks/link-target.ts';
import { keyOfWords, readWords } from '../blocks/words.ts';

interface WithMarkdown {
  readonly markdown: string;
}

/** The blocks of two versions as numbers: equal numbers are states of one block. */
export interface NumberedBlocks {
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** All numbers are below it. */
  readonly count: number;
  /** Words of the blocks with this number. */
  readonly words: (number: number) => readonly number[];
}

/**
 * Numbers blocks: those that both versions have as they are, by their Markdown, which keeps apart the links called
 * "Learn more" and spares reading most of a text; the others by their words. Blocks without words (rules, images, empty
 * links) are numbered by what is left of them without link targets.
 */
export function numberBlocks(a: readonly WithMarkdown[], b: readonly WithMarkdown[]): NumberedBlocks {
  const inA = new Set(a.map(({ markdown }) => markdown));
  const inB = new Set(b.map(({ markdown }) => markdown));
  const byMarkdown = new Map<string, number>();
  const byKey = new Map<string, number>();
  const markdownOf: string[] = [];
  const wordsOf: (readonly number[] | undefined)[] = [];

  const words = (number: number): readonly number[] => {
    wordsOf[number] ??= readWords(markdownOf[number] ?? '');
    return wordsOf[number];
  };
  const numberOf = ({ markdown }: WithMarkdown): number => {
    const known = byMarkdown.get(markdown);
    if (known !== undefined) return known;
    const number = inA.has(markdown) && inB.has(markdown) ? markdownOf.push(markdown) - 1 : numberByKey(markdown);
    byMarkdown.set(markdown, number);
    return number;
  };
  const numberByKey = (markdown: string): number => {
    const read = readWords(markdown);
    const key = read.length > 0 ? keyOfWords(read) : `~${withoutTargets(markdown)}`;
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const number = markdownOf.push(markdown) - 1;
    wordsOf[number] = read;
    byKey.set(key, number);
    return number;
  };
  return { a: Int32Array.from(a, numberOf), b: Int32Array.from(b, numberOf), count: markdownOf.length, words };
}
