import { datesIn } from '../languages/dates.ts';
import { LANGUAGES } from '../languages/language.ts';
import type { JudgedBlock } from './analyse-change.ts';

/** A date that a change brought, read from the words around it. */
export interface StatedDate {
  /** YYYY-MM-DD. */
  readonly date: string;
  /** From when the terms apply, or when they were last changed. */
  readonly kind: 'effective' | 'updated';
}

/** Words between a phrase and its date. */
const NEAR = 6;
const languages = [...LANGUAGES.values()];
const PHRASES = (['effective', 'updated'] as const).map((kind) => ({
  kind,
  phrases: languages.flatMap((language) => language[kind]).sort((a, b) => b.length - a.length),
}));

/**
 * Dates that the added blocks state as effective or as of the last update, in order. A date without such words near it is
 * none of these; one whose day and month cannot be told apart is left out.
 */
export function statedDates(blocks: readonly Pick<JudgedBlock, 'side' | 'words'>[]): StatedDate[] {
  const found = new Map<string, StatedDate>();
  for (const { side, words } of blocks) {
    if (side !== 'added') continue;
    for (const { date, start, end } of datesIn(words)) {
      const kind = date && kindOf(words, start, end);
      if (kind) found.set(`${kind} ${date}`, { date, kind });
    }
  }
  return [...found.values()];
}

function kindOf(words: string, start: number, end: number): StatedDate['kind'] | undefined {
  const before = ` ${words.slice(0, start).trimEnd().split(' ').slice(-NEAR).join(' ')} `;
  const after = ` ${words.slice(end).trimStart().split(' ').slice(0, 2).join(' ')} `;
  // The nearest phrase decides: "last updated 1 May, effective 1 June".
  let best: { kind: StatedDate['kind']; at: number } | undefined;
  for (const { kind, phrases } of PHRASES) {
    for (const phrase of phrases) {
      const at = before.lastIndexOf(` ${phrase} `);
      if (at >= 0 && (!best || at + phrase.length > best.at)) best = { kind, at: at + phrase.length };
    }
  }
  if (best) return best.kind;
  return PHRASES.find(({ phrases }) => phrases.some((phrase) => after.includes(` ${phrase} `)))?.kind;
}
