import { html } from 'hono/html';
import { readCursor, writeCursor } from '../../api/cursor.ts';
import { unjudgedAmong } from '../../api/incomplete-analysis.ts';
import { listChanges } from '../../api/list-changes.ts';
import type { QueryValues } from '../addresses.ts';
import type { Html, PageLink } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { changeLines } from '../parts/change-line.ts';
import { emptyState } from '../parts/empty-state.ts';
import { listNotices } from '../parts/list-notices.ts';
import { pager } from '../parts/pager.ts';
import type { TimelineMonth } from '../parts/timeline-facts.ts';
import { type Asked, EVERYTHING, filterQuery, otherQuery } from './asked.ts';
import type { CountedTerms } from './months.ts';
import { whyQuiet } from './why-quiet.ts';

const AT_ONCE = 25;

export interface ChangesSection {
  readonly html: Html;
  /** More may be there than is told just now. */
  readonly isIncomplete: boolean;
  readonly alternates: readonly PageLink[];
}

/**
 * What changed, newest first: alerts, or everything with the reasons why people were not told.
 *
 * @param address of the page with a query
 */
export function changesSection(
  page: PageContext,
  { collection, serviceId, termsType }: CountedTerms,
  asked: Asked,
  months: readonly TimelineMonth[],
  address: (query: QueryValues) => string,
): ChangesSection {
  const { t, deps } = page;
  const { filter, cursor, isEverything } = asked;
  // Before the changes are asked for: what is judged in between is then missing in the notice alone.
  const incomplete = unjudgedAmong([collection]);
  const from = cursor === undefined ? undefined : readCursor(cursor);
  const { changes, next, unavailable } = listChanges(deps.collections, filter, { limit: AT_ONCE, from });
  const link = (other: QueryValues): string => `${address(otherQuery(page, other))}#changes`;
  const alternates = exportsOf(page, filterQuery(page, asked, { collection: collection.id, serviceId, termsType }));
  const isPart = changes.length > 0 || cursor !== undefined;
  return {
    isIncomplete: incomplete.length + unavailable.length > 0,
    alternates,
    html: html`<section aria-labelledby="changes">
<h2 id="changes">${t('terms.changes')}</h2>
${shownNavigation(page, asked, months, link)}
${conditionChips(page, asked, link)}
${listNotices(page, { unavailable, incomplete })}
${
  isPart
    ? changeLines(page, changes, {
        within: termsType === undefined ? 'service' : 'terms',
        further: isEverything ? (listed) => whyQuiet(page, listed) : undefined,
      })
    : nothing(page, asked, months, { link, whole: address({}) })
}
${pager(page, { first: cursor === undefined ? undefined : link({}), next: next && link({ cursor: writeCursor(next) }) })}
<ul class="inline exports">${alternates.map(({ href, title }) => html`<li><a href="${href}">${title}</a></li>`)}</ul>
</section>`,
  };
}

const NOT_EVERYTHING: QueryValues = { show: undefined, technicalUpgrades: undefined, firstRecords: undefined };

/** Alerts or everything, with how many there are. */
function shownNavigation(
  { t }: PageContext,
  { isEverything, conditions, year }: Asked,
  months: readonly TimelineMonth[],
  link: (other: QueryValues) => string,
): Html {
  const isWhole = Object.keys(conditions).length === 0 && year === undefined;
  const count = (parts: readonly ('told' | 'rest')[]): number | undefined =>
    isWhole ? parts.reduce((sum, part) => sum + total(months, part), 0) : undefined;
  const item = (words: string, number: number | undefined, href: string, isHere: boolean): Html =>
    html`<li><a class="chip" href="${href}"${isHere ? html` aria-current="true"` : ''}>${words}${number === undefined ? '' : html` <span class="number">${number}</span>`}</a></li>`;
  return html`<nav aria-label="${t('terms.shown')}"><ul class="chips">${item(t('terms.alerts'), count(['told']), link(NOT_EVERYTHING), !isEverything)}${item(t('terms.everything'), count(['told', 'rest']), link(EVERYTHING), isEverything)}</ul></nav>`;
}

export const total = (months: readonly TimelineMonth[], part: 'told' | 'rest'): number =>
  months.reduce((sum, month) => sum + month[part].reduce((all, { versions }) => all + versions, 0), 0);

/** Conditions that are set; the link of each takes it away. */
function conditionChips(page: PageContext, { conditions }: Asked, link: (other: QueryValues) => string): Html | '' {
  const { t } = page;
  const chips = Object.entries(conditions).flatMap(([name, values]) =>
    values.map((value) => ({
      words: conditionWords(page, name, value),
      href: link({ [name]: values.filter((one) => one !== value) }),
    })),
  );
  if (chips.length === 0) return '';
  return html`<ul class="chips" aria-label="${t('terms.conditions')}">${chips.map(({ words, href }) => html`<li><a class="chip" href="${href}">${words} <span aria-hidden="true">✕</span><span class="visually-hidden">${t('terms.removeCondition')}</span></a></li>`)}</ul>`;
}

function conditionWords({ t, format }: PageContext, name: string, value: string): string {
  if (name === 'since') return t('terms.from', { date: format.day(value) });
  if (name === 'until') return t('terms.until', { date: format.day(value) });
  return value;
}

/** Instead of an empty list: what will be here, and where else to look. */
function nothing(
  { t }: PageContext,
  asked: Asked,
  months: readonly TimelineMonth[],
  { link, whole }: { readonly link: (other: QueryValues) => string; readonly whole: string },
): Html {
  const others = total(months, 'rest');
  if (Object.keys(asked.conditions).length > 0 || asked.year !== undefined) {
    const wider = html`<a href="${whole}#changes">${t('terms.allTimes')}</a>`;
    return emptyState({
      what: t(asked.isEverything ? 'terms.nothingMatches' : 'terms.noAlertMatches'),
      next: asked.isEverything
        ? wider
        : html`${wider} · <a href="${link(EVERYTHING)}">${t('terms.showEverything')}</a>`,
    });
  }
  return emptyState({
    what: t(months.length === 0 ? 'terms.nothingRecorded' : asked.isEverything ? 'terms.nothingYet' : 'terms.noAlerts'),
    next:
      asked.isEverything || others === 0
        ? undefined
        : html`<a href="${link(EVERYTHING)}">${t('terms.showEverythingCount', { count: others })}</a>`,
  });
}

/** The list in other forms, with the same conditions. */
function exportsOf({ t, to }: PageContext, query: QueryValues): PageLink[] {
  return [
    { href: to.outside('/api/changes', { ...query, format: 'csv' }), title: t('export.csv'), type: 'text/csv' },
    { href: to.outside('/api/changes', query), title: t('export.json'), type: 'application/json' },
    { href: to.outside('/feeds/atom', query), title: t('export.atom'), type: 'application/atom+xml' },
    { href: to.outside('/feeds/json', query), title: t('export.jsonFeed'), type: 'application/feed+json' },
  ];
}
