import type { Mark } from './class-mark.ts';

export interface TimelineCount {
  readonly mark: Mark;
  readonly versions: number;
}

/** What is known of one month. */
export interface TimelineMonth {
  /** `2024-03` */
  readonly month: string;
  /** Changes that people are told of. */
  readonly told: readonly TimelineCount[];
  /** All other versions. */
  readonly rest: readonly TimelineCount[];
  /** false: a gap in tracking, in which nobody looked or nothing could be seen. */
  readonly isSeen: boolean;
  /** undefined where the checks are not known. */
  readonly checks?: { readonly succeeded: number; readonly failed: number } | undefined;
}

export interface TimelineFacts {
  /** Without a month left out, oldest first. */
  readonly months: readonly TimelineMonth[];
  /** Only this year is drawn, in wide columns. */
  readonly year?: number | undefined;
  /** The month whose changes are listed beside. */
  readonly chosen?: string | undefined;
  /** Leads to the changes of a month. */
  readonly monthLink: (month: string, show: 'alerts' | 'everything') => string;
  /** Leads to the timeline of a year, or of all. */
  readonly yearLink: (year: number | undefined) => string;
}

export const yearOf = (month: string): number => Number(month.slice(0, 4));

/** The weightiest first: nearest to the line, and in words. */
export const MARK_ORDER: readonly Mark[] = [
  'text',
  'date',
  'links',
  'moved',
  'numbering',
  'formatting',
  'none',
  'return',
  'fault',
  'upgrade',
  'first',
  'pending',
];

/** Whether checks of that month would be known: from the first month on that has any. */
export function isAfterChecks({ months }: TimelineFacts, month: string): boolean {
  const first = months.find(({ checks }) => checks !== undefined);
  return first !== undefined && month >= first.month;
}
