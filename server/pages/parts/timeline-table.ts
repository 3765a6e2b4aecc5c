import { html } from 'hono/html';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { isAfterChecks, type TimelineCount, type TimelineFacts, type TimelineMonth } from './timeline-facts.ts';
import { checkWords, countWords } from './timeline-words.ts';

/** The facts of the drawing as a table, the latest month first. Months in which nothing changed are left out, which it says. */
export function timelineTable(
  page: PageContext,
  months: readonly TimelineMonth[],
  facts: TimelineFacts,
  caption: string,
): Html {
  const { t } = page;
  const rows = rowsOf(months).toReversed();
  return html`<div class="table" role="region" tabindex="0" aria-label="${caption}"><table>
<caption>${caption} ${t(areChecksKnown(months, facts) ? 'timeline.leftOut' : 'timeline.leftOutUnknown')}</caption>
<thead><tr><th scope="col">${t('timeline.month')}</th><th scope="col">${t('timeline.alerts')}</th><th scope="col">${t('timeline.rest')}</th><th scope="col">${t('timeline.tracking')}</th></tr></thead>
<tbody>${rows.map((row) => ('until' in row ? gapRow(page, row, facts) : monthRow(page, row, facts)))}</tbody>
</table></div>`;
}

/** Of every month that is left out: without a record of these terms, only checks tell that somebody looked. */
const areChecksKnown = (months: readonly TimelineMonth[], facts: TimelineFacts): boolean =>
  months.every(({ month, told, rest }) => told.length + rest.length > 0 || isAfterChecks(facts, month));

interface Gap {
  readonly from: string;
  readonly until: string;
}

/** Months with records, and gaps as one row each. */
function rowsOf(months: readonly TimelineMonth[]): (TimelineMonth | Gap)[] {
  const rows: (TimelineMonth | Gap)[] = [];
  let gap: Gap | undefined;
  for (const month of months) {
    if (!month.isSeen) {
      if (gap) rows.pop();
      gap = { from: gap?.from ?? month.month, until: month.month };
      rows.push(gap);
      continue;
    }
    gap = undefined;
    if (month.told.length + month.rest.length > 0) rows.push(month);
  }
  return rows;
}

function gapRow({ t, format }: PageContext, { from, until }: Gap, facts: TimelineFacts): Html {
  const name =
    from === until ? format.month(from) : t('timeline.span', { from: format.month(from), until: format.month(until) });
  return html`<tr><th scope="row">${name}</th><td></td><td></td><td class="muted">${t(isAfterChecks(facts, from) ? 'timeline.gap' : 'timeline.gapRecorded')}</td></tr>
`;
}

function monthRow(page: PageContext, month: TimelineMonth, { monthLink }: TimelineFacts): Html {
  const cell = (counts: readonly TimelineCount[], show: 'alerts' | 'everything'): Html | '' =>
    counts.length === 0 ? '' : html`<a href="${monthLink(month.month, show)}">${countWords(page, counts)}</a>`;
  return html`<tr><th scope="row">${page.format.month(month.month)}</th><td>${cell(month.told, 'alerts')}</td><td>${cell(month.rest, 'everything')}</td><td class="muted">${checkWords(page, month) ?? ''}</td></tr>
`;
}
