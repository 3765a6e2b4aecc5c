import { createDateReader, type DateReader } from '../languages/dates.ts';
import { LANGUAGES, type Language } from '../languages/language.ts';
import { createPhraseFinder, type PhraseFinder } from '../languages/phrases.ts';
import type { JudgedBlock } from './analyse-change.ts';

/** A date that a change brought, read from the words around it. */
export interface StatedDate {
  /** YYYY-MM-DD. */
  readonly date: string;
  /** From when the terms apply, or when they were last changed. */
  readonly kind: 'effective' | 'updated';
}

export type StatedDates = (
  blocks: readonly Pick<JudgedBlock, 'side' | 'words'>[],
  language?: string | undefined,
) => StatedDate[];

/** Words between a phrase and the date behind it, with the phrase's own: "updated by our legal team on". */
const BEFORE = 7;
/** Words behind a date in which a phrase may stand: "1 May 2024 (effective date)". */
const AFTER = 4;
/** Words before a date that speak of that one. */
const LEADING = 3;
const SIGNS_BETWEEN = /^[\p{Sc}%‰+±§&=<>№–-]$/u;

/** Reads dates by the words of these languages. */
export function createStatedDates(languages: ReadonlyMap<string, Language>): StatedDates {
  const dates = createDateReader(languages);
  const kinds = ['effective', 'updated'] as const;
  const phrases = createPhraseFinder(
    [...languages.values()].flatMap((language) =>
      kinds.flatMap((kind) => language[kind].map((phrase) => [phrase, kind] as const)),
    ),
  );
  return (blocks, language) => {
    const found = new Map<string, StatedDate>();
    for (const { side, words } of blocks) {
      if (side !== 'added') continue;
      for (const stated of datesOf(words, language, dates, phrases)) found.set(`${stated.kind} ${stated.date}`, stated);
    }
    return [...found.values()];
  };
}

function* datesOf(
  words: string,
  language: string | undefined,
  dates: DateReader,
  phrases: PhraseFinder<StatedDate['kind']>,
): Generator<StatedDate> {
  const all = dates.datesIn(words, language);
  for (const [place, { date, start, end }] of all.entries()) {
    if (date === undefined) continue;
    // A phrase speaks for one date: what stands beyond another date belongs to that one.
    const before = lastWords(words.slice(all[place - 1]?.end ?? 0, start), BEFORE);
    const kind =
      nearest(before, phrases, 'last') ?? nearest(behind(words, end, all[place + 1]?.start), phrases, 'first');
    if (kind) yield { date, kind };
  }
}

/** The words behind a date, without those that lead to the next one: "posted 1 May, effective 1 June". */
function behind(words: string, end: number, next: number | undefined): string[] {
  const between = words.slice(end, next);
  const after = firstWords(between, AFTER);
  return next === undefined ? after : after.slice(0, Math.max(0, wordsAmong(between.slice(0, NEAR)).length - LEADING));
}

/** Of several phrases the nearest decides: "last updated 1 May, effective 1 June". */
function nearest(
  words: readonly string[],
  phrases: PhraseFinder<StatedDate['kind']>,
  side: 'first' | 'last',
): StatedDate['kind'] | undefined {
  let best: { readonly kind: StatedDate['kind']; readonly distance: number; readonly length: number } | undefined;
  phrases.find(words, (kind, start, end) => {
    const distance = side === 'last' ? words.length - end : start;
    const length = end - start;
    if (!best || distance < best.distance || (distance === best.distance && length > best.length)) {
      best = { kind, distance, length };
    }
  });
  return best?.kind;
}

/** Only the nearest characters are looked at: a block may be of 200 KB, with a date in every other word. */
const NEAR = 200;
const lastWords = (text: string, count: number): string[] => wordsAmong(text.slice(-NEAR)).slice(-count);
const firstWords = (text: string, count: number): string[] => wordsAmong(text.slice(0, NEAR)).slice(0, count);
const wordsAmong = (text: string): string[] =>
  text.split(' ').filter((word) => word !== '' && !SIGNS_BETWEEN.test(word));

/**
 * Dates that the added blocks state as effective or as of the last update, in order. A date without such words near it is
 * none of these; one whose day and month cannot be told apart is left out.
 *
 * @param language of the terms, where it is known: it may say that the day comes first in "1/5/2024".
 */
export const statedDates: StatedDates = createStatedDates(LANGUAGES);
