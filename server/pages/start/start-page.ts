import { html } from 'hono/html';
import { LONGEST_TEXT } from '../../api/longest-text.ts';
import { answerPage } from '../answer-page.ts';
import { type AskedChanges, askedChanges, FILTER_NAMES, type FilterValues } from '../changes/asked-changes.ts';
import { changeList, findChanges } from '../changes/change-list.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import type { AddPage } from '../pages.ts';
import { exportsOfChanges } from '../parts/exports.ts';
import { filterChips } from '../parts/filter-chips.ts';
import { filterChoices } from '../parts/filter-choices.ts';
import { filterForm } from '../parts/filter-form.ts';
import { filterWords } from '../parts/filter-words.ts';
import { lastEndOf, recordEndsOf } from '../parts/record-ends.ts';
import { whyQuiet } from '../terms/why-quiet.ts';
import { changesPerWeek } from './changes-per-week.ts';
import { idOfName, noChanges } from './no-changes.ts';
import { isNothingRecorded, nothingRecorded } from './nothing-recorded.ts';
import { servedCounts } from './served-counts.ts';
import { weekChart } from './week-chart.ts';

/** What changed last in all collections, with all filters; what this is, and a field to search in. */
export function addStartPage(add: AddPage): void {
  add('/', (page) => {
    const { t, to, deps } = page;
    const asked = askedChanges(page);
    const { filter, values } = asked;
    const found = findChanges(page, asked);
    const [service, ...furtherServices] = values.service ?? [];
    if (found.changes.length === 0 && service !== undefined && furtherServices.length === 0) {
      // Who types a name need not know how the collection writes it.
      const id = idOfName(deps.collections, service);
      if (id !== undefined) return page.c.redirect(to.start({ ...values, service: id }), 302);
    }
    const link = (other: FilterValues): string => to.start(other);
    const isEverything = filter.show !== 'alerts';
    // Whoever narrows the list knows already what this is.
    const isBegin = FILTER_NAMES.every((name) => name === 'show' || !values[name]) && asked.from === undefined;
    const title = isBegin ? t('start.title') : [t('start.changes'), ...chosenWords(page, values)].join(' · ');
    const facts = {
      title,
      kind: isBegin ? 'start' : 'changes',
      alternates: exportsOfChanges(page, values),
      isUnlisted: page.c.req.url.includes('?'),
    };
    if (isBegin && isNothingRecorded(deps.collections)) {
      return answerPage(page, facts, html`${opening(page)}${nothingRecorded(page)}`, { caching: 'incomplete' });
    }
    return answerPage(
      page,
      facts,
      html`${isBegin ? html`${opening(page)}<h2>${t('start.changes')}</h2>` : html`<h1>${t('start.changes')}</h1>`}
${filterChoices(page, values, link, isEverything)}
${filterForm(page, { action: to.start(), values })}
${filterChips(page, values, link)}
${chart(page, asked)}
${recordEndsOf(page, filter)}
${changeList(page, asked, found, {
  link: (further) => to.start({ ...values, ...further }),
  empty: noChanges(page, asked),
  exported: values,
  further: isEverything ? (listed) => whyQuiet(page, listed) : undefined,
  isCollectionShown: deps.collections.all().length > 1,
})}`,
      { caching: found.isIncomplete ? 'incomplete' : 'short' },
    );
  });
}

/** The filters in words, for those who keep or share the address. */
const chosenWords = (page: PageContext, values: FilterValues): string[] =>
  FILTER_NAMES.flatMap((name) => (values[name] ?? []).map((value) => filterWords(page, name, value)));

/** What this is, the field to search in, and how much there is. */
const opening = (page: PageContext): Html => {
  const { t, to } = page;
  return html`<header class="opening">
<h1>${t('start.title')}</h1>
<p class="lead">${t('site.what')}</p>
<form class="find-large" role="search" action="${to.search()}" aria-label="${t('search.label')}">
<input type="search" name="q" aria-label="${t('search.label')}" placeholder="${t('search.label')}" maxlength="${LONGEST_TEXT}">
<button class="primary">${t('search.button')}</button>
</form>
${servedCounts(page)}
</header>`;
};

/** Of the whole list, and so on its first part alone. */
const chart = (page: PageContext, { filter, values, from }: AskedChanges): Html | '' =>
  from === undefined
    ? weekChart(
        page,
        changesPerWeek(page.deps.collections, filter, page.now),
        (since, until) => page.to.start({ ...values, since, until }),
        lastEndOf(page, filter),
      )
    : '';
