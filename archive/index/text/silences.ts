import type { DatabaseSync } from 'node:sqlite';

/**
 * Longer than this without any record of the whole collection, and tracking is taken to have been interrupted. That one
 * service's terms have no records for months is usual and says nothing.
 */
const SILENT_DAYS = 7;

const DAY = 86_400;

/** Stretches in which a collection recorded nothing. */
export interface Silences {
  /** Days of such stretches between two moments, in whole days. */
  daysBetween(after: Date, by: Date): number;
}

export function createSilences(database: DatabaseSync): Silences {
  const tables = ['version', 'snapshot'].map((table) => ({
    highest: database.prepare(`SELECT ifnull(max(seq), 0) AS seq FROM ${table}`),
    days: database.prepare(`SELECT DISTINCT fetch_date / ${DAY} AS day FROM ${table} WHERE seq > ? AND seq <= ?`),
    seen: 0,
  }));
  const epoch = database.prepare("SELECT value FROM meta WHERE key = 'epoch'");
  let known: unknown;
  let days = new Set<number>();
  let silences: { readonly from: number; readonly until: number }[] = [];

  /** Takes in the days of records that are new since. */
  function refresh(): void {
    const current = epoch.get()?.value;
    if (current !== known) {
      known = current;
      days = new Set();
      for (const table of tables) table.seen = 0;
    }
    const before = days.size;
    for (const table of tables) {
      const highest = Number(table.highest.get()?.seq);
      if (highest <= table.seen) continue;
      for (const { day } of table.days.all(table.seen, highest)) days.add(Number(day));
      table.seen = highest;
    }
    if (days.size !== before) silences = silencesOf([...days].sort((a, b) => a - b));
  }

  return {
    daysBetween(after, by) {
      refresh();
      const [from, until] = [after.getTime() / 1000 / DAY, by.getTime() / 1000 / DAY];
      let total = 0;
      for (const silence of silences) {
        const length = Math.min(silence.until, until) - Math.max(silence.from, from);
        if (length > SILENT_DAYS) total += length;
      }
      return Math.floor(total);
    },
  };
}

function silencesOf(days: readonly number[]): { from: number; until: number }[] {
  return days.flatMap((day, place) => {
    const before = days[place - 1];
    return before !== undefined && day - before - 1 > SILENT_DAYS ? [{ from: before + 1, until: day }] : [];
  });
}
