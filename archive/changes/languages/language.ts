import { readdirSync, readFileSync } from 'node:fs';

/**
 * What change analysis knows of a language; one file each beside this file. All words as `wordsOf` gives them: small
 * letters, without punctuation, one blank between words. A file with `code` and `common` alone tells a language from its
 * neighbours, and no more.
 */
export interface Language {
  /** ISO 639-1. */
  readonly code: string;
  /** Frequent words that tell the language from others. */
  readonly common: readonly string[];
  /** Names of the months from January on, with their other forms and abbreviations. */
  readonly months: readonly (readonly string[])[];
  /** Names of the weekdays, which belong to the date beside them. */
  readonly weekdays: readonly string[];
  /** Words inside a date, such as "of", "de", and what stands behind the day, such as "st". */
  readonly dateWords: readonly string[];
  /** Whether "1/5/2024" is always the first of May; where false, nobody can tell. */
  readonly dayFirst: boolean;
  /** Phrases for times that move by themselves, `#` for a number: "today", "# days ago". */
  readonly relativeTimes: readonly string[];
  /** Phrases before or after a date from which terms are in force. */
  readonly effective: readonly string[];
  /** Phrases before or after a date of the last update. */
  readonly updated: readonly string[];
  /** Phrases of a copyright notice. */
  readonly copyright: readonly string[];
  /** Words before the number of a heading: "section", "article". */
  readonly numbering: readonly string[];
  /** Labels of buttons, messages to screen readers: "copy link", "skip to content". A block of these alone is no text. */
  readonly controls: readonly string[];
  /** Wording of error answers, challenges and walls that stand in the place of terms. */
  readonly faults: readonly string[];
}

const NOTHING_BUT_WORDS: Omit<Language, 'code' | 'common'> = {
  months: [],
  weekdays: [],
  dateWords: [],
  dayFirst: false,
  relativeTimes: [],
  effective: [],
  updated: [],
  copyright: [],
  numbering: [],
  controls: [],
  faults: [],
};

/**
 * Reads a folder of language files (`*.json`), by code.
 *
 * @throws Error naming the file that is no JSON.
 */
export function loadLanguages(folder: URL): ReadonlyMap<string, Language> {
  const languages = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name): [string, Language] => {
      const language = { ...NOTHING_BUT_WORDS, ...readJson(new URL(name, folder)) };
      return [language.code, language];
    });
  return new Map(languages);
}

function readJson(file: URL): Pick<Language, 'code' | 'common'> & Partial<Language> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file.pathname} is not a language file: it is no JSON that can be read`, { cause });
  }
}

/** All languages with a file beside this one. */
export const LANGUAGES: ReadonlyMap<string, Language> = loadLanguages(new URL('./', import.meta.url));
