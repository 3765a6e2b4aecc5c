import { type DateAt, type DateWords, dateAt, dateWords } from './date-parts.ts';
import { LANGUAGES, type Language } from './language.ts';
import { createPhraseFinder } from './phrases.ts';

export const DATE_MARK = '⟨date⟩';
export const WHEN_MARK = '⟨when⟩';

/** A date in words, and where. */
export interface DateInWords {
  /** YYYY-MM-DD; undefined where day and month cannot be told apart, or the day is not said. */
  readonly date: string | undefined;
  readonly start: number;
  readonly end: number;
}

export interface DateReader {
  /** Words with every date and lone year as a mark: what is equal then differs in dates at most. */
  withoutDates(words: string): string;
  /** Words with times that move by themselves ("3 days ago", "today") as a mark. */
  withoutRelativeTimes(words: string): string;
  /**
   * The dates with a year in a block's words, with the weekday beside them; no lone years.
   *
   * @param language of the text, where it is known: it may say that the day comes first.
   */
  datesIn(words: string, language?: string | undefined): DateInWords[];
}

/** Reads dates in all of the languages; each pass over the words takes time in proportion to their number. */
export function createDateReader(languages: ReadonlyMap<string, Language>): DateReader {
  const known = dateWords(languages.values());
  const relative = createPhraseFinder(
    [...languages.values()].flatMap(({ relativeTimes }) => relativeTimes.map((phrase) => [phrase, phrase] as const)),
  );

  return {
    withoutDates(text) {
      if (!/\d/.test(text)) return text;
      const words = text.split(' ');
      return marked(words, datesAmong(words, known), DATE_MARK);
    },
    withoutRelativeTimes(text) {
      const words = text.split(' ');
      const spans: Span[] = [];
      relative.find(words, (_, start, end) => {
        const last = spans.at(-1);
        if (last && start < last.end) last.end = Math.max(last.end, end);
        else spans.push({ start, end });
      });
      return spans.length === 0 ? text : marked(words, spans, WHEN_MARK);
    },
    datesIn(text, language) {
      if (!/\d/.test(text)) return [];
      const words = text.split(' ');
      const offsets = offsetsOf(words);
      const dayFirst = language !== undefined && languages.get(language)?.dayFirst === true;
      return datesAmong(words, known).flatMap(({ start, end, found }) =>
        found.month === undefined && found.unclear === undefined
          ? []
          : [{ date: iso(found, dayFirst), start: offsets[start] ?? 0, end: (offsets[end] ?? 0) - 1 }],
      );
    },
  };
}

interface Span {
  readonly start: number;
  end: number;
}

function datesAmong(words: readonly string[], known: DateWords): (Span & { readonly found: DateAt })[] {
  const dates: (Span & { readonly found: DateAt })[] = [];
  for (let at = 0; at < words.length; at++) {
    const found = dateAt(words, at, known);
    if (!found) continue;
    dates.push({ start: withWeekday(words, at, dates.at(-1)?.end ?? 0, known), end: found.end, found });
    at = found.end - 1;
  }
  return dates;
}

/** Where a date begins with its weekday: "Friday, 3 May", "Freitag, den 3. Mai". */
function withWeekday(words: readonly string[], start: number, least: number, known: DateWords): number {
  let at = start - 1;
  if (known.between.has(words[at] ?? '')) at--;
  return at >= least && known.weekdays.has(words[at] ?? '') ? at : start;
}

function marked(words: readonly string[], spans: readonly Span[], mark: string): string {
  if (spans.length === 0) return words.join(' ');
  const rest: string[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    while (at < start) rest.push(words[at++] ?? '');
    rest.push(mark);
    at = end;
  }
  while (at < words.length) rest.push(words[at++] ?? '');
  return rest.join(' ');
}

/** Where each word begins, and where one behind the last would. */
function offsetsOf(words: readonly string[]): number[] {
  const offsets = [0];
  for (const word of words) offsets.push((offsets.at(-1) ?? 0) + word.length + 1);
  return offsets;
}

function iso({ year, month, day, unclear }: DateAt, dayFirst: boolean): string | undefined {
  if (unclear) return dayFirst ? `${year}-${pad(unclear[1])}-${pad(unclear[0])}` : undefined;
  return month === undefined || day === undefined ? undefined : `${year}-${pad(month)}-${pad(day)}`;
}

const pad = (number: number): string => String(number).padStart(2, '0');

const reader = createDateReader(LANGUAGES);

export const withoutDates = reader.withoutDates;
export const withoutRelativeTimes = reader.withoutRelativeTimes;
export const datesIn = reader.datesIn;
