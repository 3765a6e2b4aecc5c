import { html } from 'hono/html';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import type { Mark } from './class-mark.ts';
import type { TimelineCount, TimelineFacts, TimelineMonth } from './timeline-facts.ts';
import { monthWords } from './timeline-words.ts';

/** Pixels. */
const YEARS = 20;
const ABOVE = 64;
const BELOW = 44;
/** A number above a column. */
const NUMBER = 13;
/** The name of a year. */
const YEAR = 36;
const MONTHS = 18;
const LINE = YEARS + ABOVE;
const SIDE = 30;
const WIDEST = 48;
const NARROWEST = 6;
/** As wide as the page. */
const WIDTH = 1_120;
/** From here on a column has room for its month and its numbers. */
const LABELLED = 26;

/** How the rest is drawn: each kind hatched otherwise, none by colour alone. */
const HATCH: Readonly<Record<Mark, string>> = {
  text: 'quiet',
  date: 'quiet',
  links: 'quiet',
  moved: 'quiet',
  numbering: 'quiet',
  formatting: 'quiet',
  none: 'quiet',
  return: 'return',
  fault: 'fault',
  upgrade: 'upgrade',
  first: 'first',
  pending: 'pending',
};

/** Share of a column's width that a kind of alert takes: they differ in more than their colour. */
const SHARE: Partial<Readonly<Record<Mark, number>>> = { date: 0.6, links: 0.35 };

/** The drawing. Hidden from screen readers and keyboard: the table beneath holds the same. */
export function timelineChart(page: PageContext, months: readonly TimelineMonth[], facts: TimelineFacts): Html {
  const width = Math.max(NARROWEST, Math.min(WIDEST, Math.floor((WIDTH - SIDE) / Math.max(1, months.length))));
  const isLabelled = width >= LABELLED;
  const most = (part: 'told' | 'rest'): number => Math.max(0, ...months.map((month) => sum(month[part])));
  const above = isLabelled ? ABOVE - NUMBER : ABOVE;
  const scale = {
    told: Math.min(16, above / Math.max(1, most('told'))),
    rest: Math.min(6, BELOW / Math.max(1, most('rest'))),
  };
  const all = SIDE + months.length * width;
  const height = LINE + BELOW + (isLabelled ? MONTHS : 2);
  return html`<svg class="timeline-chart" aria-hidden="true" width="${all}" height="${height}" viewBox="0 0 ${all} ${height}">
<defs>${PATTERNS}</defs>
${most('told') > 0 ? html`<text class="timeline-number" x="${SIDE - 5}" y="${LINE - most('told') * scale.told + 10}" text-anchor="end">${page.format.number(most('told'))}</text>` : ''}
${most('rest') > 0 ? html`<text class="timeline-number" x="${SIDE - 5}" y="${LINE + most('rest') * scale.rest}" text-anchor="end">${page.format.number(most('rest'))}</text>` : ''}
${months.map((month, place) => column(page, month, { x: SIDE + place * width, width, isLabelled, isFirst: place === 0, scale }, facts))}</svg>`;
}

interface Place {
  readonly x: number;
  readonly width: number;
  readonly isLabelled: boolean;
  readonly isFirst: boolean;
  /** Pixels for one version. */
  readonly scale: Readonly<Record<'told' | 'rest', number>>;
}

function column(page: PageContext, month: TimelineMonth, place: Place, facts: TimelineFacts): Html {
  const { x, width, isLabelled, isFirst } = place;
  const { format } = page;
  const isYear = isFirst || month.month.endsWith('-01');
  // A first year of few months has no room for its name before that of the next.
  const isNamed = !isFirst || (13 - Number(month.month.slice(5))) * width >= YEAR;
  const year = isYear
    ? html`<path class="timeline-year" d="M${x} 4V${LINE + BELOW}"/>${isNamed ? html`<text class="timeline-label" x="${x + 4}" y="14">${format.year(Number(month.month.slice(0, 4)))}</text>` : ''}`
    : '';
  // The line is there where somebody looked.
  const line = month.isSeen ? html`<path class="timeline-line" d="M${x} ${LINE}h${width}"/>` : '';
  const name = isLabelled
    ? html`<text class="timeline-label" x="${x + width / 2}" y="${LINE + BELOW + 14}" text-anchor="middle">${format.shortMonth(month.month)}</text>`
    : '';
  const chosen =
    facts.chosen === month.month
      ? html`<rect class="timeline-chosen" x="${x}" y="${YEARS}" width="${width}" height="${ABOVE + BELOW}"/>`
      : '';
  return html`${chosen}${year}${part(page, month, 'told', place, facts)}${part(page, month, 'rest', place, facts)}${line}${name}
`;
}

/** Alerts or the rest of one month, as a link over the whole height. */
function part(
  page: PageContext,
  month: TimelineMonth,
  which: 'told' | 'rest',
  place: Place,
  facts: TimelineFacts,
): Html | '' {
  const counts = month[which];
  if (counts.length === 0) return '';
  const { x, width, scale, isLabelled } = place;
  const isTold = which === 'told';
  const total = sum(counts);
  const number =
    isLabelled && isTold
      ? html`<text class="timeline-number" x="${x + width / 2}" y="${LINE - total * scale.told - 3}" text-anchor="middle">${page.format.number(total)}</text>`
      : '';
  return html`<a class="timeline-link" tabindex="-1" href="${facts.monthLink(month.month, isTold ? 'alerts' : 'everything')}"><title>${monthWords(page, month, which)}</title><rect class="timeline-ground" x="${x}" y="${isTold ? YEARS : LINE}" width="${width}" height="${isTold ? ABOVE : BELOW}"/>${bars(counts, isTold, place)}${number}</a>`;
}

/** One bar for all that is drawn alike. */
function bars(counts: readonly TimelineCount[], isTold: boolean, { x, width, scale }: Place): Html[] {
  const gap = width >= LABELLED ? 6 : 1;
  let from = 0;
  return [...Map.groupBy(counts, ({ mark }) => drawnAs(mark, isTold)).values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const height = Math.max(2, sum(alike) * (isTold ? scale.told : scale.rest));
    const share = (width - 2 * gap) * (isTold ? (SHARE[first.mark] ?? 1) : 1);
    const left = round(x + (width - share) / 2);
    const top = round(isTold ? LINE - from - height : LINE + from);
    from += height;
    return html`<rect class="${isTold ? `timeline-told timeline-${first.mark}` : 'timeline-rest'}"${isTold ? '' : html` fill="url(#timeline-${HATCH[first.mark]})"`} x="${left}" y="${top}" width="${round(share)}" height="${round(height)}"/>`;
  });
}

/** Kinds of changes with the same answer look the same. */
export const drawnAs = (mark: Mark, isTold: boolean): string => (isTold ? mark : HATCH[mark]);

/** A sample of how a kind of change is drawn. */
export const timelineKey = (mark: Mark, isTold: boolean): Html =>
  html`<svg aria-hidden="true" width="16" height="14" viewBox="0 0 16 14">${
    isTold
      ? html`<rect class="timeline-told timeline-${mark}" x="${8 - 6 * (SHARE[mark] ?? 1)}" y="1" width="${12 * (SHARE[mark] ?? 1)}" height="12"/>`
      : html`<rect class="timeline-rest" fill="url(#timeline-${HATCH[mark]})" x="2" y="1" width="12" height="12"/>`
  }</svg>`;

const pattern = (name: string, size: number, path: string): Html =>
  html`<pattern id="timeline-${name}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><path class="timeline-hatch" d="${path}"/></pattern>`;

const PATTERNS: readonly Html[] = [
  pattern('quiet', 4, 'M-1 1L1 -1M0 4L4 0M3 5L5 3'),
  pattern('return', 3, 'M0 1.5H3'),
  pattern('fault', 4, 'M0 0L4 4M4 0L0 4'),
  pattern('upgrade', 4, 'M1 1.5h1.4M3 3.5h1.4'),
  pattern('first', 40, 'M0 0'),
  pattern('pending', 6, 'M2 3h1.5'),
];

const sum = (counts: readonly TimelineCount[]): number => counts.reduce((total, { versions }) => total + versions, 0);
const round = (value: number): number => Math.round(value * 10) / 10;
