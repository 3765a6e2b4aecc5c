import { html } from 'hono/html';
import type { FilterValues } from '../changes/asked-changes.ts';
import { DAY } from '../day.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { withFilter } from './filter-chips.ts';

const QUIET = ['class', 'state', 'technicalUpgrades', 'firstRecords'] as const;

/** Links to the filters that are asked most: what is shown, and since when. @param isEverything what is shown now */
export function filterChoices(
  page: PageContext,
  values: FilterValues,
  link: (values: FilterValues) => string,
  isEverything: boolean,
): Html {
  const { t, now } = page;
  const dayBefore = (days: number): string => new Date(now.getTime() - days * DAY).toISOString().slice(0, 10);
  // These ask for more than alerts by themselves.
  const isQuiet = QUIET.some((name) => values[name]);
  const times = [
    [undefined, t('filter.anyTime')],
    [dayBefore(7), t('filter.lastDays', { days: 7 })],
    [dayBefore(30), t('filter.lastDays', { days: 30 })],
    [dayBefore(365), t('filter.lastMonths', { months: 12 })],
  ] as const;
  const choice = (to: FilterValues, words: string, isChosen: boolean): Html =>
    html`<li><a class="chip" href="${link(to)}"${isChosen ? html` aria-current="true"` : ''}>${words}</a></li>`;
  return html`<div class="filter-choices no-print">
<nav aria-label="${t('filter.show')}"><ul class="chips">${choice(withFilter(values, 'show', isQuiet ? 'alerts' : undefined), t('filter.alerts'), !isEverything)}${choice(withFilter(values, 'show', 'everything'), t('filter.everything'), isEverything)}</ul></nav>
<nav aria-label="${t('filter.times')}"><ul class="chips">${times.map(([since, words]) =>
    choice(
      { ...withFilter(values, 'since', since), until: undefined },
      words,
      values.since?.[0] === since && !values.until,
    ),
  )}</ul></nav>
</div>`;
}
