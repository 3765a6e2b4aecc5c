import type { MonthCount } from '../../../archive/index/indexed-record.ts';
import type { MonthOfChecks } from '../../../archive/ledger/checks-by-month-reader.ts';
import { toldOtherwise } from '../../api/alert-overlay.ts';
import type { FoundTerms } from '../../api/find.ts';
import { type Mark, markOf } from '../parts/class-mark.ts';
import { MARK_ORDER, type TimelineCount, type TimelineMonth } from '../parts/timeline-facts.ts';

/** Terms, or without a type all terms of a service. */
export type CountedTerms = Pick<FoundTerms, 'collection' | 'reader' | 'serviceId'> & {
  readonly termsType?: string | undefined;
};

/**
 * Every month from the first record on, whether anything happened in it or not. It ends with the last month in which the
 * collection recorded or checked anything: nobody looked since.
 *
 * @throws IndexUnavailableError
 */
export function monthsOf({ collection, reader, serviceId, termsType }: CountedTerms): TimelineMonth[] {
  const { raised, lowered } = toldOtherwise(collection);
  const counts = Map.groupBy(reader.monthCounts({ serviceId, termsType, raised, lowered }), ({ month }) => month);
  const ledger = collection.kind === 'tracked' ? collection.ledger() : undefined;
  const checks = new Map((ledger?.checksByMonth({ serviceId, termsType }) ?? []).map((one) => [one.month, one]));
  const recorded = reader.recordedMonths();
  const [firstChecked] = checks.keys();
  const known = [...counts.keys(), ...checks.keys()];
  const [first, last] = [least(known), greatest([...known, ...recorded])];
  if (first === undefined || last === undefined) return [];
  return monthsBetween(first, last).map((month) => {
    const checked = checks.get(month);
    // Checks tell of these terms alone; before the first that is known, the records of all terms do.
    const isChecked = firstChecked !== undefined && month >= firstChecked;
    const isSeen = isChecked ? (checked?.succeeded ?? 0) > 0 : recorded.has(month);
    return {
      month,
      ...toCounts(counts.get(month) ?? []),
      isSeen: isSeen || counts.has(month),
      checks: toChecks(checked),
    };
  });
}

const toChecks = (checks: MonthOfChecks | undefined): TimelineMonth['checks'] =>
  checks && { succeeded: checks.succeeded, failed: checks.failed };

function toCounts(counts: readonly MonthCount[]): Pick<TimelineMonth, 'told' | 'rest'> {
  return { told: byMark(counts.filter(({ isTold }) => isTold)), rest: byMark(counts.filter(({ isTold }) => !isTold)) };
}

function byMark(counts: readonly MonthCount[]): TimelineCount[] {
  const sums = new Map<Mark, number>();
  for (const count of counts) {
    const mark = markOfCount(count);
    sums.set(mark, (sums.get(mark) ?? 0) + count.versions);
  }
  return MARK_ORDER.flatMap((mark) => {
    const versions = sums.get(mark);
    return versions === undefined ? [] : [{ mark, versions }];
  });
}

const markOfCount = ({ kind, class: changeClass, state }: MonthCount): Mark =>
  markOf({
    isFirstRecord: kind === 'first',
    isTechnicalUpgrade: kind === 'technical-upgrade',
    analysis: changeClass && state ? { class: changeClass, state } : null,
  });

/** Months from one to another, both included. */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = first; month <= last; month = nextMonth(month)) months.push(month);
  return months;
}

/** `2024-12` → `2025-01` */
export function nextMonth(month: string): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + 1);
  return date.toISOString().slice(0, 7);
}

const least = (months: readonly string[]): string | undefined =>
  months.length === 0 ? undefined : months.reduce((a, b) => (b < a ? b : a));
const greatest = (months: readonly string[]): string | undefined =>
  months.length === 0 ? undefined : months.reduce((a, b) => (b > a ? b : a));
