const DAY = 86_400_000;
const FIRST = Date.UTC(2010, 0, 1);
/** Beyond it a day is a mistake: the year 2137. */
const MOST_DAYS = 46_656;

/**
 * A day of the index file: days since 1 January 2010 in base 36.
 *
 * @returns YYYY-MM-DD; undefined for what is no such day
 */
export function readDay(text: string): string | undefined {
  if (!/^[\da-z]{1,4}$/.test(text)) return undefined;
  const days = Number.parseInt(text, 36);
  return days > MOST_DAYS ? undefined : new Date(FIRST + days * DAY).toISOString().slice(0, 10);
}
