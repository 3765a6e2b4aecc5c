import { LANGUAGES } from './language.ts';

const DATE_MARK = '⟨date⟩';
const YEAR = '(?:19|20)\\d\\d';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';

const languages = [...LANGUAGES.values()];
const escaped = (phrase: string): string => phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** The longest first, so that "sept" is not read as "sep" and a rest. */
const anyOf = (phrases: Iterable<string>): string =>
  `(?:${[...new Set(phrases)]
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map(escaped)
    .join('|')})`;

const MONTHS = new Map(
  languages.flatMap(({ months }) => months.flatMap((names, m) => names.map((name) => [name, m + 1]))),
);
const MONTH = anyOf(MONTHS.keys());
const BETWEEN = `(?: ${anyOf(languages.flatMap(({ dateWords }) => dateWords))})*`;

/** Dates with their year as they stand among words (see `wordsOf`): written out, by numbers, in Chinese, Japanese and Korean. */
const DATES = [
  `(?<d1>${DAY})${BETWEEN} (?<m1>${MONTH})${BETWEEN} (?<y1>${YEAR})`,
  `(?<m2>${MONTH})${BETWEEN} (?<d2>${DAY})${BETWEEN} (?<y2>${YEAR})`,
  `(?<y3>${YEAR}) (?<m3>${MONTH}) (?<d3>${DAY})`,
  `(?<y4>${YEAR}) (?<m4>0[1-9]|1[0-2]) (?<d4>0[1-9]|[12]\\d|3[01])`,
  `(?<y5>${YEAR}) 年 (?<m5>\\d\\d?) 月 (?<d5>\\d\\d?) 日`,
  `(?<y6>${YEAR}) 년 (?<m6>\\d\\d?) 월 (?<d6>\\d\\d?) 일`,
  `(?<y7>${YEAR})[./](?<m7>\\d\\d?)[./](?<d7>\\d\\d?)`,
  // Day and month are told apart only where one of them is above twelve.
  `(?<a8>\\d\\d?)[./](?<b8>\\d\\d?)[./](?<y8>${YEAR}|\\d\\d)`,
  `(?<a9>\\d\\d?) (?<b9>\\d\\d?) (?<y9>${YEAR})`,
  `(?<m0>${MONTH})${BETWEEN} (?<y0>${YEAR})`,
].join('|');
const DATE = new RegExp(`(?<=^| )(?:${DATES})(?= |$)`, 'gu');
const YEAR_ALONE = new RegExp(`(?<=^| )${YEAR}(?= |$)`, 'gu');

const relative = languages.flatMap(({ relativeTimes }) => relativeTimes);
const RELATIVE_TIME = new RegExp(`(?<=^| )${anyOf(relative).replaceAll('#', '\\d+')}(?= |$)`, 'gu');

/** Words with every date and lone year as a mark: what is equal then differs in dates at most. */
export function withoutDates(words: string): string {
  return /\d/.test(words) ? words.replace(DATE, DATE_MARK).replace(YEAR_ALONE, DATE_MARK) : words;
}

/** Words with times that move by themselves ("3 days ago", "today") as a mark. */
export const withoutRelativeTimes = (words: string): string => words.replace(RELATIVE_TIME, '⟨when⟩');

/** A date in words, and where. */
export interface DateInWords {
  /** YYYY-MM-DD; undefined where day and month cannot be told apart, or the day is not said. */
  readonly date: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** The dates with a year in a block's words. */
export function datesIn(words: string): DateInWords[] {
  return [...words.matchAll(DATE)].map((match) => ({
    date: readDate(match.groups ?? {}),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function readDate(groups: Readonly<Record<string, string | undefined>>): string | undefined {
  const part = (letter: string): string | undefined =>
    Object.entries(groups).find(([name, value]) => name.startsWith(letter) && value !== undefined)?.[1];
  const [first, second] = [part('a'), part('b')].map(Number);
  const year = part('y') ?? '';
  const named = part('m');
  let month = named === undefined ? Number.NaN : (MONTHS.get(named) ?? Number(named));
  let day = Number(part('d') ?? Number.NaN);
  if (first && second)
    [day, month] = first > 12 ? [first, second] : second > 12 ? [second, first] : [Number.NaN, Number.NaN];
  const text = `${year.length === 2 ? '20' : ''}${year}-${pad(month)}-${pad(day)}`;
  const date = new Date(`${text}T00:00:00Z`);
  // The 31st of a month of 30 days would be read as the next month's first.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined;
}

const pad = (number: number): string => String(number).padStart(2, '0');
