import { readdirSync, readFileSync } from 'node:fs';
import type { Topic } from './topic-names.ts';

/**
 * The phrases of one language, one file each beside this file: topic → phrase → weight. Phrases are words as `wordsOf`
 * gives them, with the signs of `createPhraseFinder`: `word*`, `*word*`, `…`.
 *
 * A weight is above 0 and at most 1: from `LEAST` on, the phrase alone says what the text is about; below, it needs
 * others beside it. 0 marks a negator: where it stands, the words speak of something else, and no other phrase of the
 * topic counts there ("security deposit" says nothing of security).
 */
export interface Lexicon {
  /** Raised with each change of the phrases. */
  readonly version: number;
  /** ISO 639-1. */
  readonly language: string;
  readonly topics: Readonly<Partial<Record<Topic, Readonly<Record<string, number>>>>>;
}

/**
 * Reads a folder of lexicons (`*.json`), by language.
 *
 * @throws Error naming the file that is no JSON.
 */
export function loadLexicons(folder: URL): ReadonlyMap<string, Lexicon> {
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => {
        const lexicon = readJson(new URL(name, folder));
        return [lexicon.language, lexicon];
      }),
  );
}

function readJson(file: URL): Lexicon {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file.pathname} is not a lexicon of topics: it is no JSON that can be read`, { cause });
  }
}
