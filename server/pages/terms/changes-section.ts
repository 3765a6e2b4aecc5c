import { html } from 'hono/html';
import type { QueryValues } from '../addresses.ts';
import { FILTER_NAMES, type FilterName, type FilterValues } from '../changes/asked-changes.ts';
import { changeList, findChanges } from '../changes/change-list.ts';
import type { Html, PageLink } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { emptyState } from '../parts/empty-state.ts';
import { exportsOfChanges } from '../parts/exports.ts';
import { filterChips } from '../parts/filter-chips.ts';
import { filterForm } from '../parts/filter-form.ts';
import { recordEnds } from '../parts/record-ends.ts';
import type { TimelineMonth } from '../parts/timeline-facts.ts';
import { type Asked, EVERYTHING, exportedFilters, SHOWN } from './asked.ts';
import type { CountedTerms } from './months.ts';
import { whyQuiet } from './why-quiet.ts';

export interface ChangesSection {
  readonly html: Html;
  /** More may be there than is told just now. */
  readonly isIncomplete: boolean;
  readonly alternates: readonly PageLink[];
}

type Link = (values: QueryValues) => string;

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
  address: Link,
): ChangesSection {
  const { t } = page;
  const { values, year, isEverything } = asked;
  const found = findChanges(page, asked);
  const link: Link = (query) => `${address({ year, ...query })}#changes`;
  const exported = exportedFilters(asked, { collection: collection.id, serviceId, termsType });
  const isOfTerms = termsType !== undefined;
  return {
    isIncomplete: found.isIncomplete,
    alternates: exportsOfChanges(page, exported),
    html: html`<section aria-labelledby="changes">
<h2 id="changes">${t('terms.changes')}</h2>
${shownNavigation(page, asked, months, link)}
${filterChips(page, values, link, SHOWN)}
<details class="list-filters no-print">
<summary>${t('filter.label')}</summary>
${filterForm(page, {
  action: address({}),
  values,
  without: SAID,
  kept: { year, type: values.type, technicalUpgrades: values.technicalUpgrades, firstRecords: values.firstRecords },
})}
</details>
${changeList(page, asked, found, {
  within: isOfTerms ? 'terms' : 'service',
  further: isEverything ? (listed) => whyQuiet(page, listed) : undefined,
  link: (further) => link({ ...values, ...further }),
  empty: html`${nothing(page, asked, months, link)}${recordEnds(page, [collection], asked.filter.until)}`,
  exported,
})}
</section>`,
  };
}

/** The path or the page says these; each terms type of a service has a page of its own. */
const SAID: readonly FilterName[] = ['collection', 'service', 'type', 'list', 'technicalUpgrades', 'firstRecords'];

/** Alerts or everything, with how many there are. */
function shownNavigation(
  { t, format }: PageContext,
  { isEverything, values, year }: Asked,
  months: readonly TimelineMonth[],
  link: Link,
): Html {
  const narrowed: FilterValues = withoutShown(values);
  const isWhole = Object.keys(narrowed).length === 0 && year === undefined;
  const count = (number: number): Html | '' =>
    isWhole ? html` <span class="number">${format.number(number)}</span>` : '';
  const item = (words: Html, href: string, isHere: boolean): Html =>
    html`<li><a class="chip" href="${href}"${isHere ? html` aria-current="true"` : ''}>${words}</a></li>`;
  const [told, rest] = [total(months, 'told'), total(months, 'rest')];
  return html`<nav class="no-print" aria-label="${t('terms.shown')}"><ul class="chips">${item(html`${t('terms.alerts')}${count(told)}`, link(narrowed), !isEverything)}${item(html`${t('terms.everything')}${count(told + rest)}`, link({ ...narrowed, ...EVERYTHING }), isEverything)}</ul></nav>`;
}

export const total = (months: readonly TimelineMonth[], part: 'told' | 'rest'): number =>
  months.reduce((sum, month) => sum + month[part].reduce((all, { versions }) => all + versions, 0), 0);

const withoutShown = (values: FilterValues): FilterValues =>
  Object.fromEntries(
    FILTER_NAMES.filter((name) => !SHOWN.includes(name) && values[name] !== undefined).map((name) => [
      name,
      values[name],
    ]),
  );

/** Instead of an empty list: what will be here, and where else to look. */
function nothing(
  { t }: PageContext,
  { isEverything, values, year }: Asked,
  months: readonly TimelineMonth[],
  link: Link,
): Html {
  const narrowed = withoutShown(values);
  if (Object.keys(narrowed).length > 0 || year !== undefined) {
    const all = html`<a href="${link({ year: undefined })}">${t('terms.allTimes')}</a>`;
    return isEverything
      ? emptyState({ what: t('terms.nothingMatches'), next: all })
      : emptyState({
          what: t('terms.noAlertMatches'),
          next: html`${all} · <a href="${link({ ...narrowed, ...EVERYTHING })}">${t('terms.showEverything')}</a>`,
        });
  }
  if (months.length === 0) return emptyState({ what: t('terms.nothingRecorded') });
  const others = total(months, 'rest');
  return emptyState({
    what: t(isEverything ? 'terms.nothingYet' : 'terms.noAlerts'),
    next:
      isEverything || others === 0
        ? undefined
        : html`<a href="${link(EVERYTHING)}">${t('terms.showEverythingCount', { count: others })}</a>`,
  });
}
