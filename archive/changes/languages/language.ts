import { readdirSync, readFileSync } from 'node:fs';

/** What change analysis knows of a language; one file each beside this file. All words in small letters. */
export interface Language {
  /** ISO 639-1. */
  readonly code: string;
  /** Frequent words that tell the language from others. */
  readonly common: readonly string[];
  /** Names of the months from January on, with their other forms and abbreviations. */
  readonly months: readonly (readonly string[])[];
  /** Words inside a date, such as "of", "de". */
  readonly dateWords: readonly string[];
  /** Phrases for times that move by themselves, `#` for a number: "today", "# days ago". */
  readonly relativeTimes: readonly string[];
  /** Phrases before or after a date from which terms are in force. */
  readonly effective: readonly string[];
  /** Phrases before or after a date of the last update. */
  readonly updated: readonly string[];
  /** Wording of error answers, challenges and walls that stand in the place of terms. */
  readonly faults: readonly string[];
}

const folder = new URL('./', import.meta.url);

/** All languages with a file, by code. */
export const LANGUAGES: ReadonlyMap<string, Language> = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const language: Language = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
      return [language.code, language];
    }),
);
