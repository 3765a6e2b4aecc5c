const DAY = 86_400_000;
const FIRST = Date.UTC(2010, 0, 1);

/** YYYY-MM-DD, in UTC. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** A day of the index file: days since 1 January 2010 in base 36; empty for none and for what was before. */
export function dayNumber(day: string | null): string {
  const days = day === null ? -1 : Math.floor((Date.parse(day) - FIRST) / DAY);
  return days < 0 ? '' : days.toString(36);
}

/** The day so many days before that of a date. */
export const daysBefore = (date: Date, days: number): string => dayOf(new Date(date.getTime() - days * DAY));
