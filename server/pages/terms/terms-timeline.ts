import type { QueryValues } from '../addresses.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { timeline } from '../parts/timeline.ts';
import type { TimelineMonth } from '../parts/timeline-facts.ts';
import { type Asked, EVERYTHING } from './asked.ts';
import { nextMonth } from './months.ts';

/** The timeline of a service or of terms; each month leads to the list of its changes on the same page. */
export function termsTimeline(
  page: PageContext,
  months: readonly TimelineMonth[],
  { year, values }: Asked,
  address: (query: QueryValues) => string,
): Html | '' {
  const [since] = values.since ?? [];
  const [until] = values.until ?? [];
  const month = since?.slice(0, 7);
  const isMonth = month !== undefined && since === `${month}-01` && until === `${nextMonth(month)}-01`;
  return timeline(page, {
    months,
    year,
    chosen: isMonth ? month : undefined,
    monthLink: (one, show) =>
      `${address({ year, since: `${one}-01`, until: `${nextMonth(one)}-01`, ...(show === 'everything' && EVERYTHING) })}#changes`,
    yearLink: (one) => address({ year: one }),
  });
}
