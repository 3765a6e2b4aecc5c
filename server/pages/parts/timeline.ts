import { html } from 'hono/html';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { drawnAs, timelineChart, timelineKey } from './timeline-chart.ts';
import { isAfterChecks, MARK_ORDER, type TimelineFacts, type TimelineMonth, yearOf } from './timeline-facts.ts';
import { timelineTable } from './timeline-table.ts';

/**
 * A timeline: a column for each month, alerts solid above the line, everything else hatched below it, each column a link.
 * The same facts stand in a table beneath it, with the same links, for those who cannot see or point at it: the drawing
 * itself is passed over by screen readers and by the keyboard.
 */
export function timeline(page: PageContext, facts: TimelineFacts): Html | '' {
  const { months, year } = facts;
  if (months.length === 0) return '';
  const shown = year === undefined ? months : months.filter(({ month }) => yearOf(month) === year);
  const { t, format } = page;
  return html`<figure class="timeline">
${years(page, facts)}
<div class="timeline-view" dir="rtl" role="group" tabindex="0" aria-label="${t('timeline.view')}"><div dir="ltr">${timelineChart(page, shown, facts)}</div></div>
<figcaption>
<ul class="timeline-legend">${keys(page, shown, facts)}</ul>
<details><summary>${t('timeline.asTable')}</summary>
${timelineTable(page, shown, facts, year === undefined ? t('timeline.table') : t('timeline.tableOfYear', { year: format.year(year) }))}
</details>
</figcaption>
</figure>`;
}

function years({ t, format }: PageContext, { months, year, yearLink }: TimelineFacts): Html | '' {
  const all = [...new Set(months.map(({ month }) => yearOf(month)))];
  if (all.length < 2) return '';
  const item = (one: number | undefined, words: string): Html =>
    html`<li><a class="chip" href="${yearLink(one)}"${one === year ? html` aria-current="true"` : ''}>${words}</a></li>`;
  return html`<nav aria-label="${t('timeline.years')}"><ul class="chips">${item(undefined, t('timeline.allYears'))}${all.map((one) => item(one, format.year(one)))}</ul></nav>`;
}

/** What the marks in the drawing mean; only those that are there, and those that are drawn alike together. */
function keys(page: PageContext, months: readonly TimelineMonth[], facts: TimelineFacts): Html {
  const { t, format } = page;
  const row = (part: 'told' | 'rest', words: string): Html | '' => {
    const marks = new Set(months.flatMap((month) => month[part].map((count) => count.mark)));
    const alike = Map.groupBy(
      MARK_ORDER.filter((one) => marks.has(one)),
      (one) => drawnAs(one, part === 'told'),
    );
    if (alike.size === 0) return '';
    return html`<li><span class="muted">${words}</span> ${[...alike.values()].map(
      (group) =>
        html`<span class="timeline-key">${group.slice(0, 1).map((one) => timelineKey(one, part === 'told'))} ${format.list(group.map((one) => t(`mark.${one}`)))}</span> `,
    )}</li>`;
  };
  const gaps = months.filter(({ isSeen }) => !isSeen);
  const areOfChecks = gaps.every(({ month }) => isAfterChecks(facts, month));
  return html`${row('told', t('timeline.above'))}
${row('rest', t('timeline.below'))}
${gaps.length === 0 ? '' : html`<li><span class="muted">${t(areOfChecks ? 'timeline.gapKey' : 'timeline.gapKeyRecorded')}</span></li>`}`;
}
