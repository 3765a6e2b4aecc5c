import { html } from 'hono/html';
import { DAY } from '../day.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import type { WeekOfChanges } from './changes-per-week.ts';

/** Pixels: of the tallest bar above the line, of the deepest below it, and of the names of months. */
const ABOVE = 56;
const BELOW = 24;
const NAMES = 20;

/**
 * Alerts per week as bars, other changes hatched below the line, and the same as a table.
 *
 * @param link address of the list of one week
 * @param end of the records: of the weeks after it nothing is known, which must not look as if nothing had happened
 */
export function weekChart(
  page: PageContext,
  weeks: readonly WeekOfChanges[],
  link: (since: string, until: string) => string,
  end?: Date,
): Html | '' {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (!first || !last) return '';
  const { t, format } = page;
  const hasOthers = weeks.some(({ others }) => others > 0);
  const alerts = weeks.reduce((sum, week) => sum + week.alerts, 0);
  const unknown = end === undefined ? 0 : weeks.filter(({ start }) => start > end).length;
  const most = Math.max(...weeks.map((week) => week.alerts));
  const span = t('chart.span', {
    from: format.briefDay(first.start),
    until: format.briefDay(new Date(last.start.getTime() + 6 * DAY)),
  });
  const summary = t('chart.summary', { count: alerts, weeks: weeks.length });
  return html`<figure class="week-chart">
<figcaption><b>${t(hasOthers ? 'chart.titleAll' : 'chart.title')}</b> <span class="muted">${span} · ${t('chart.most', { count: most })}${hasOthers ? html` · ■ ${t('chart.alerts')} · ▨ ${t('chart.others')}` : ''}${unknown > 0 ? html` · ░ ${t('chart.ended')}` : ''}</span></figcaption>
${bars(page, weeks, { hasOthers, unknown, name: `${summary}, ${span}` })}
${table(page, weeks, hasOthers, link, `${summary}, ${span}. ${end !== undefined && unknown > 0 ? t('chart.quietUntil', { date: format.day(end) }) : t('chart.quiet')}`)}
</figure>`;
}

interface Drawn {
  readonly hasOthers: boolean;
  /** How many of the last weeks are after the end of the records. */
  readonly unknown: number;
  /** For those who cannot see it. */
  readonly name: string;
}

function bars({ format }: PageContext, weeks: readonly WeekOfChanges[], { hasOthers, unknown, name }: Drawn): Html {
  const line = ABOVE;
  const height = ABOVE + (hasOthers ? BELOW : 1) + NAMES;
  const tallest = Math.max(1, ...weeks.map(({ alerts }) => alerts));
  const deepest = Math.max(1, ...weeks.map(({ others }) => others));
  const step = 100 / weeks.length;
  const percent = (value: number): string => `${Number(value.toFixed(3))}%`;
  const bar = (week: WeekOfChanges, place: number): Html => {
    const at = html`x="${percent(place * step + step * 0.1)}" width="${percent(step * 0.8)}"`;
    // Even one of hundreds is to be seen.
    const up = week.alerts === 0 ? 0 : Math.max(3, Math.round((week.alerts / tallest) * ABOVE));
    const down = week.others === 0 ? 0 : Math.max(3, Math.round((week.others / deepest) * BELOW));
    return html`${up > 0 ? html`<rect class="bar" ${at} y="${line - up}" height="${up}"/>` : ''}${down > 0 ? html`<rect ${at} y="${line + 1}" height="${down}" fill="url(#weeks-hatched)"/>` : ''}`;
  };
  return html`<svg width="100%" height="${height}" role="img" aria-label="${name}">
<defs><pattern id="weeks-hatched" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch" width="2" height="5"/></pattern>${unknown > 0 ? UNKNOWN : ''}</defs>
${
  unknown > 0
    ? html`<rect class="unknown" x="${percent((weeks.length - unknown) * step)}" width="${percent(unknown * step)}" y="0" height="${height - NAMES}" fill="url(#weeks-unknown)"/>
`
    : ''
}${weeks.map(bar)}
<line class="axis" x1="0" x2="100%" y1="${line + 0.5}" y2="${line + 0.5}"/>
${monthsOf(weeks).map(
  ({ place, month }, at) =>
    html`<text class="${at % 3 === 0 ? 'month' : 'month month-minor'}" x="${percent(place * step)}" y="${height - 5}">${month.getUTCMonth() === 0 ? format.year(month.getUTCFullYear()) : format.shortMonth(month)}</text>`,
)}
</svg>`;
}

const UNKNOWN = html`<pattern id="weeks-unknown" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="hatch" width="1" height="1"/><rect class="hatch" x="3" y="3" width="1" height="1"/></pattern>`;

/** Where months begin; not so near the end that the name would be cut. */
const monthsOf = (weeks: readonly WeekOfChanges[]): { readonly place: number; readonly month: Date }[] =>
  weeks.flatMap(({ start }, place) =>
    start.getUTCDate() <= 7 && place < weeks.length - 2 ? [{ place, month: start }] : [],
  );

function table(
  { t, format }: PageContext,
  weeks: readonly WeekOfChanges[],
  hasOthers: boolean,
  link: (since: string, until: string) => string,
  caption: string,
): Html {
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  const rows = weeks.filter(({ alerts, others }) => alerts + others > 0).toReversed();
  return html`<details class="no-print"><summary>${t('chart.table')}</summary>
<div class="table" role="region" tabindex="0" aria-label="${t('chart.table')}"><table><caption>${caption}</caption>
<thead><tr><th scope="col">${t('chart.week')}</th><th scope="col" class="number">${t('chart.weekAlerts')}</th>${hasOthers ? html`<th scope="col" class="number">${t('chart.weekOthers')}</th>` : ''}</tr></thead>
<tbody>${rows.map(
    ({ start, alerts, others }) =>
      html`<tr><th scope="row"><a href="${link(day(start), day(new Date(start.getTime() + 7 * DAY)))}">${format.briefDay(start)}</a></th><td class="number">${format.number(alerts)}</td>${hasOthers ? html`<td class="number">${format.number(others)}</td>` : ''}</tr>
`,
  )}</tbody></table></div></details>`;
}
