import type { PageContext } from '../page-context.ts';
import type { TimelineCount, TimelineMonth } from './timeline-facts.ts';

/** “March 2024, alerts: text (2), date” */
export const monthWords = (page: PageContext, month: TimelineMonth, which: 'told' | 'rest'): string =>
  page.t(which === 'told' ? 'timeline.monthAlerts' : 'timeline.monthRest', {
    month: page.format.month(month.month),
    what: countWords(page, month[which]),
  });

/** “text (2), date” */
export const countWords = ({ t, format }: PageContext, counts: readonly TimelineCount[]): string =>
  format.list(
    counts.map(({ mark, versions }) =>
      versions === 1 ? t(`mark.${mark}`) : `${t(`mark.${mark}`)} (${format.number(versions)})`,
    ),
  );

/** “60 checks, 2 of them failed”; undefined where checks are not known. */
export const checkWords = ({ t }: PageContext, { checks }: Pick<TimelineMonth, 'checks'>): string | undefined =>
  checks && t('timeline.checks', { count: checks.succeeded + checks.failed, failed: checks.failed });
