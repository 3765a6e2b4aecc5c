import type { Language } from './languages.ts';

/** Dates and numbers as the reader's language writes them. */
export interface Formats {
  /** 3 May 2024. The day in UTC, as on the website: that of a record must be the same for all. */
  day(iso: string): string;
  /** 3 May. */
  shortDay(iso: string): string;
  /** 3 May 2024, 12:02, on the reader's clock: of what happened here. */
  moment(iso: string): string;
  /** 2 hours ago, yesterday, in 3 days */
  ago(iso: string, now: Date): string;
  number(value: number): string;
  list(parts: readonly string[]): string;
}

const UNITS = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

export function formatsOf(language: Language): Formats {
  // British order of day and month, as on the website: it is read without a mistake by all who read English.
  const locale = language === 'en' ? 'en-GB' : language;
  const dates = (options: Intl.DateTimeFormatOptions) => {
    let format: Intl.DateTimeFormat | undefined;
    return (iso: string): string => {
      const time = Date.parse(iso);
      if (Number.isNaN(time)) return iso;
      // Made when first asked for: a popup that says no minute pays for none.
      format ??= new Intl.DateTimeFormat(locale, options);
      return format.format(time);
    };
  };
  const ago = (iso: string, now: Date): string => {
    const seconds = (Date.parse(iso) - now.getTime()) / 1000;
    if (Number.isNaN(seconds)) return iso;
    const [unit, length] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? (['minute', 60] as const);
    return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(seconds / length), unit);
  };
  return {
    day: dates({ timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }),
    shortDay: dates({ timeZone: 'UTC', day: 'numeric', month: 'short' }),
    moment: dates({ dateStyle: 'long', timeStyle: 'short' }),
    ago,
    number: (value) => new Intl.NumberFormat(locale).format(value),
    list: (parts) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts),
  };
}
