import type { ServedCollections } from '../../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';
import type { DayCount } from '../../../archive/index/indexed-record.ts';
import { applyChangeFilter, type ChangeFilter } from '../../api/change-filter.ts';
import { DAY } from '../day.ts';
import { createKeptOfIndex } from '../kept-of-index.ts';

/** What was recorded in one week. */
export interface WeekOfChanges {
  /** Monday, 0:00 UTC. */
  readonly start: Date;
  readonly alerts: number;
  /** Changes that people are not told of. */
  readonly others: number;
}

const WEEKS = 52;
/** 5 January 1970 was a Monday. */
const FIRST_MONDAY = 4;

const weekOf = (day: number): number => Math.floor((day - FIRST_MONDAY) / 7);
const mondayOf = (week: number): Date => new Date((week * 7 + FIRST_MONDAY) * DAY);

/**
 * The year up to the end of a filter's time, or up to the latest that matches where that is longer ago, week by week,
 * also those of nothing; less than a year where the filter's time begins later.
 * Collections that cannot answer just now are not in it.
 *
 * @returns nothing where nothing matches, or where the filter's time is a few weeks
 */
export function changesPerWeek(
  collections: ServedCollections,
  filter: ChangeFilter,
  now: Date,
): readonly WeekOfChanges[] {
  // Records with dates to come are a fault of some clock: the chart ends today.
  const last = Math.floor(Math.min(now.getTime(), (filter.until?.getTime() ?? Infinity) - 1) / DAY);
  const today = weekOf(last);
  // Most of a long past is not in the chart. With both ends, the index has its time in order.
  const until = filter.until && filter.until < mondayOf(today + 1) ? filter.until : mondayOf(today + 1);
  const begin = mondayOf(today - WEEKS + 1);
  const since = filter.since && filter.since > begin ? filter.since : begin;
  const year = countDays(collections, { ...filter, since, until });
  const isLongAgo = year.everything.length === 0 && since === begin;
  const { alerts, everything } = isLongAgo ? countDays(collections, filter) : year;
  const latest = everything.reduce((latestDay, { day }) => Math.max(latestDay, day), Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(latest)) return [];
  const end = isLongAgo && weekOf(latest) <= today - WEEKS ? weekOf(latest) : today;
  const count = weeksShown(filter.since, end);
  if (count < LEAST_WEEKS) return [];
  const [told, all] = [byWeek(alerts), byWeek(everything)];
  return Array.from({ length: count }, (_, place) => {
    const week = end - count + 1 + place;
    const toldThen = told.get(week) ?? 0;
    return {
      start: mondayOf(week),
      alerts: toldThen,
      // Technical upgrades that withdraw an alert are told, though they are not among the changes.
      others: Math.max(0, (all.get(week) ?? 0) - toldThen),
    };
  });
}

/** What a few weeks hold stands in the list below. */
const LEAST_WEEKS = 4;

const weeksShown = (since: Date | undefined, end: number): number =>
  since === undefined ? WEEKS : Math.min(WEEKS, end - weekOf(Math.floor(since.getTime() / DAY)) + 1);

const keptDays = createKeptOfIndex<readonly DayCount[]>(200);

function countDays(collections: ServedCollections, filter: ChangeFilter) {
  const alerts = daysOf(collections, { ...filter, show: 'alerts' });
  return { alerts, everything: filter.show === 'alerts' ? alerts : daysOf(collections, filter) };
}

function daysOf(collections: ServedCollections, filter: ChangeFilter): DayCount[] {
  return applyChangeFilter(collections, filter).flatMap(({ collection, filter: own }) => {
    try {
      return keptDays(collection, JSON.stringify(own), (reader) => reader.dayCounts(own));
    } catch (error) {
      if (error instanceof IndexUnavailableError) return [];
      throw error;
    }
  });
}

function byWeek(days: readonly DayCount[]): ReadonlyMap<number, number> {
  const weeks = new Map<number, number>();
  for (const { day, versions } of days) weeks.set(weekOf(day), (weeks.get(weekOf(day)) ?? 0) + versions);
  return weeks;
}
