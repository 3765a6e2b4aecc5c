import type { PageLanguage } from './languages.ts';
import { termsTypeName } from './terms-types/terms-type-names.ts';

/** Dates and numbers as the reader's language writes them. All dates are in UTC: those of a record must be the same for all. */
export interface Formats {
  /** 3 May 2024 */
  day(date: Date | string): string;
  /** 3 May: where the year stands beside it. */
  shortDay(date: Date | string): string;
  /** 3 May 2024, with a short month: in lists. */
  briefDay(date: Date | string): string;
  /** May 2024 */
  month(date: Date | string): string;
  /** 2024 */
  year(year: number): string;
  /** May: where the year stands beside it. */
  shortMonth(date: Date | string): string;
  /** 3 May 2024, 10:02 UTC */
  moment(date: Date | string): string;
  /** 2 hours ago, yesterday, in 3 days */
  ago(date: Date | string, now: Date): string;
  number(value: number): string;
  /** 0.38 → 38 % */
  percent(share: number): string;
  list(parts: readonly string[]): string;
  /** Name of a language by its code. */
  language(code: string): string;
  /** Name of a country or a region by its code. */
  region(code: string): string;
  /** Name of a terms type by its English one, which stays where there is no other. */
  termsType(type: string): string;
}

const UNITS = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

const made = new Map<PageLanguage, Formats>();

export function formatsOf(language: PageLanguage): Formats {
  let formats = made.get(language);
  if (!formats) {
    formats = createFormats(language);
    made.set(language, formats);
  }
  return formats;
}

function createFormats(language: PageLanguage): Formats {
  // British order of day and month: it is read without a mistake by all who read English.
  const locale = language === 'en' ? 'en-GB' : language;
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
    return (date: Date | string): string => format.format(typeof date === 'string' ? new Date(date) : date);
  };
  // « 1er mai »: CLDR has no form for it.
  const firstOfMonth = (format: ReturnType<typeof dates>): ReturnType<typeof dates> =>
    language === 'fr' ? (date) => format(date).replace(/^1 /, '1er ') : format;
  const years = dates({ year: 'numeric' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const names = (type: 'language' | 'region') => {
    const known = new Intl.DisplayNames(locale, { type });
    return (code: string): string => {
      try {
        return known.of(code) ?? code;
      } catch {
        // Not a code at all, such as one from somebody's metadata.
        return code;
      }
    };
  };
  return {
    day: firstOfMonth(dates({ day: 'numeric', month: 'long', year: 'numeric' })),
    shortDay: firstOfMonth(dates({ day: 'numeric', month: 'short' })),
    briefDay: firstOfMonth(dates({ day: 'numeric', month: 'short', year: 'numeric' })),
    month: dates({ month: 'long', year: 'numeric' }),
    year: (year) => years(new Date(Date.UTC(year, 6))),
    shortMonth: dates({ month: 'short' }),
    moment: firstOfMonth(
      dates({
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZoneName: 'short',
      }),
    ),
    ago(date, now) {
      const seconds = (new Date(date).getTime() - now.getTime()) / 1_000;
      const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['minute', 60];
      return relative.format(Math.trunc(seconds / length), unit);
    },
    number: (value) => numbers.format(value),
    percent: (share) => percents.format(share),
    list: (parts) => lists.format(parts),
    language: names('language'),
    region: names('region'),
    termsType: (type) => termsTypeName(language, type) ?? type,
  };
}
