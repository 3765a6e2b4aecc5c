import { hasUnspacedScript } from '../blocks/unspaced-scripts.ts';
import { LANGUAGES, type Language } from './language.ts';

/** How often the frequent words of each language occur in a text. */
export interface LanguageCounts {
  /** Words; of scripts without blanks between words, letters. */
  readonly words: number;
  /** By language; a word of several languages counts a part for each. */
  readonly common: ReadonlyMap<string, number>;
}

export interface LanguageDetector {
  /** Counts one text, so that counts of unchanged texts can be kept. */
  count(words: string): LanguageCounts;
  /**
   * The language with clearly the most frequent words; undefined where none is clear, the text is too short to tell, or
   * its language has no file.
   */
  decide(counts: Iterable<LanguageCounts>): string | undefined;
}

/** Words that are read of a document; what follows would hardly change the answer. */
const SAMPLE = 4000;
/** Frequent words that are needed at least: a name or an address is no language. */
const LEAST = 4;
/** Of all words. Terms in their own language have 0.14 and more, lists of names 0.09, in a neighbour's seldom 0.05. */
const LEAST_SHARE = 0.08;
/** Times as many as the next language has. */
const CLEARLY = 1.6;

/** Tells languages by their frequent words. */
export function createLanguageDetector(languages: ReadonlyMap<string, Language>): LanguageDetector {
  const holders = new Map<string, string[]>();
  for (const { code, common } of languages.values()) {
    for (const word of common) holders.set(word, [...(holders.get(word) ?? []), code]);
  }

  return {
    count(text) {
      const common = new Map<string, number>();
      let words = 0;
      const isUnspaced = hasUnspacedScript(text);
      for (const word of text.split(' ')) {
        if (word === '') continue;
        words += isUnspaced && hasUnspacedScript(word) ? word.length : 1;
        const codes = holders.get(word);
        if (codes) for (const code of codes) common.set(code, (common.get(code) ?? 0) + 1 / codes.length);
      }
      return { words, common };
    },
    decide(counts) {
      const sums = new Map<string, number>();
      let read = 0;
      for (const { words, common } of counts) {
        for (const [code, count] of common) sums.set(code, (sums.get(code) ?? 0) + count);
        read += words;
        if (read > SAMPLE) break;
      }
      const [first, second] = [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      if (!first || first[1] < LEAST || first[1] < read * LEAST_SHARE) return undefined;
      return first[1] >= CLEARLY * (second?.[1] ?? 0) ? first[0] : undefined;
    },
  };
}

const detector = createLanguageDetector(LANGUAGES);

export const countLanguages = detector.count;
export const decideLanguage = detector.decide;

/** The language of words (`wordsOf`, one blank between them); undefined where it is not clear or has no file. */
export const detectLanguage = (words: string): string | undefined => detector.decide([detector.count(words)]);
