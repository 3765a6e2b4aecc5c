import type { Language } from './language.ts';

/** What is needed of all languages to read dates. */
export interface DateWords {
  readonly months: ReadonlyMap<string, number>;
  readonly weekdays: ReadonlySet<string>;
  /** Words inside dates. */
  readonly between: ReadonlySet<string>;
}

/** Where a date ends (index behind its last word), and what it says: day and month are missing where nobody can tell. */
export interface DateAt {
  readonly end: number;
  readonly year: number;
  readonly month?: number | undefined;
  readonly day?: number | undefined;
  /** Two numbers that may be day and month or month and day. */
  readonly unclear?: readonly [number, number] | undefined;
}

/** Words inside a date, in a row, at most: "1st day of the". */
const MOST_BETWEEN = 4;

const YEAR = /^(?:19|20)\d\d$/;
const DAY_OR_MONTH = /^\d\d?$/;
const YEAR_FIRST = /^((?:19|20)\d\d)[./](\d\d?)[./](\d\d?)$/;
const YEAR_LAST = /^(\d\d?)[./](\d\d?)[./]((?:19|20)\d\d|\d\d)$/;
const MONTH_AND_YEAR = /^(\d\d?)[./]((?:19|20)\d\d)$/;
const SIGNS_AFTER: readonly (readonly [year: string, month: string, day: string])[] = [
  ['年', '月', '日'],
  ['년', '월', '일'],
];

export function dateWords(languages: Iterable<Language>): DateWords {
  const all = [...languages];
  return {
    months: new Map(all.flatMap(({ months }) => months.flatMap((names, at) => names.map((name) => [name, at + 1])))),
    weekdays: new Set(all.flatMap(({ weekdays }) => weekdays)),
    between: new Set(all.flatMap((language) => language.dateWords)),
  };
}

/**
 * The date with a year that begins with a word: written out, by numbers, in Chinese, Japanese and Korean. Looks at a
 * bounded number of words, whatever they are.
 */
export function dateAt(words: readonly string[], start: number, known: DateWords): DateAt | undefined {
  const first = words[start] ?? '';
  const code = first.charCodeAt(0);
  const isDigit = code >= 48 && code <= 57;
  if (!isDigit) {
    const month = known.months.get(first);
    return month === undefined ? undefined : afterMonth(words, start + 1, month, known);
  }
  if (YEAR.test(first)) return afterYear(words, start + 1, Number(first), known);
  if (DAY_OR_MONTH.test(first)) return afterDay(words, start + 1, Number(first), known);
  return inOneWord(first, start + 1);
}

function inOneWord(word: string, end: number): DateAt | undefined {
  let found = YEAR_FIRST.exec(word);
  if (found) return whole(end, Number(found[1]), Number(found[2]), Number(found[3]));
  found = YEAR_LAST.exec(word);
  if (found) {
    const year = Number(found[3]);
    return ofNumbers(end, year < 100 ? 2000 + year : year, Number(found[1]), Number(found[2]));
  }
  found = MONTH_AND_YEAR.exec(word);
  return found && isMonth(Number(found[1])) ? { end, year: Number(found[2]), month: Number(found[1]) } : undefined;
}

/** "May 1, 2024", "May 2024", "May of 2024". */
function afterMonth(words: readonly string[], start: number, month: number, known: DateWords): DateAt | undefined {
  const at = behindBetween(words, start, known);
  const word = words[at] ?? '';
  if (YEAR.test(word)) return { end: at + 1, year: Number(word), month };
  if (!isDay(word)) return undefined;
  const year = behindBetween(words, at + 1, known);
  return YEAR.test(words[year] ?? '') ? whole(year + 1, Number(words[year]), month, Number(word)) : undefined;
}

/** "1st of May 2024", "01-05-2024". */
function afterDay(words: readonly string[], start: number, day: number, known: DateWords): DateAt | undefined {
  const [second, third] = [words[start] ?? '', words[start + 1] ?? ''];
  if (DAY_OR_MONTH.test(second) && YEAR.test(third)) return ofNumbers(start + 2, Number(third), day, Number(second));
  const at = behindBetween(words, start, known);
  const month = known.months.get(words[at] ?? '');
  if (month === undefined || !isDay(String(day))) return undefined;
  const year = behindBetween(words, at + 1, known);
  return YEAR.test(words[year] ?? '') ? whole(year + 1, Number(words[year]), month, day) : undefined;
}

/** "2024-05-01", "2024 May 1", "2024. 5. 1.", "2024年5月1日"; a year alone. */
function afterYear(words: readonly string[], start: number, year: number, known: DateWords): DateAt {
  const word = (offset: number): string => words[start + offset] ?? '';
  for (const [yearSign, monthSign, daySign] of SIGNS_AFTER) {
    if (word(0) !== yearSign) continue;
    const month = Number(word(1));
    if (word(2) !== monthSign || !DAY_OR_MONTH.test(word(1)) || !isMonth(month)) return { end: start + 1, year };
    if (!isDay(word(3)) || !word(4).startsWith(daySign)) return { end: start + 3, year, month };
    // Without blanks the next word begins with the sign: "5月1日生效".
    return whole(start + (word(4) === daySign ? 5 : 4), year, month, Number(word(3)));
  }
  const month = known.months.get(word(0)) ?? (DAY_OR_MONTH.test(word(0)) ? Number(word(0)) : 0);
  return isMonth(month) && isDay(word(1)) ? whole(start + 2, year, month, Number(word(1))) : { end: start, year };
}

/** Day and month are told apart only where one of them is above twelve, or both are the same. */
function ofNumbers(end: number, year: number, first: number, second: number): DateAt | undefined {
  if (first > 31 || second > 31 || first === 0 || second === 0) return undefined;
  if (first === second || second > 12) return whole(end, year, first, second);
  if (first > 12) return whole(end, year, second, first);
  return { end, year, unclear: [first, second] };
}

/** A day that its month does not have is none: the 31st of April would be read as the first of May. */
function whole(end: number, year: number, month: number, day: number): DateAt {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isDate ? { end, year, month, day } : { end, year };
}

function behindBetween(words: readonly string[], start: number, { between }: DateWords): number {
  let at = start;
  while (at - start < MOST_BETWEEN && between.has(words[at] ?? '')) at++;
  return at;
}

const isDay = (word: string): boolean => DAY_OR_MONTH.test(word) && Number(word) >= 1 && Number(word) <= 31;
const isMonth = (number: number): boolean => number >= 1 && number <= 12;
