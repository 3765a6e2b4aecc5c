import { html } from 'hono/html';
import { compareTerms } from '../../api/compare-terms.ts';
import type { Comparison } from '../../api/contract.ts';
import { answerPage } from '../answer-page.ts';
import type { Html, PageLink } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import type { AddPage } from '../pages.ts';
import { emptyState } from '../parts/empty-state.ts';
import { exportLinks, feedsOfChanges, feedsOfSearch } from '../parts/exports.ts';
import { listNotices } from '../parts/list-notices.ts';
import { pager } from '../parts/pager.ts';
import { recordEndsOf } from '../parts/record-ends.ts';
import { sinceLastVisit } from '../parts/since-last-visit.ts';
import { termsTypeWords } from '../parts/terms-type.ts';
import { readQuery } from '../read-query.ts';
import { termsTypes } from '../search/search-fields.ts';
import { compareForm, compareViews } from './compare-form.ts';
import { type AskedComparison, COMPARE_QUERY, toAskedComparison, toComparisonParameters } from './compare-query.ts';
import { baseOf, compareTable } from './compare-table.ts';

const ROWS_AT_ONCE = 100;

/** One kind of terms over many services: which say something, since when, and what they say. */
export function addComparePage(add: AddPage): void {
  add('/compare', async (page) => {
    const { t, deps, c } = page;
    const asked = toAskedComparison(deps.collections, readQuery(page, COMPARE_QUERY));
    const { q, match, topic: topics, show, sort, type, service, collection, list } = asked;
    const isAsked = [q, topics, type, service, collection, list].some((one) => one !== undefined);
    const filter = { collections: collection, services: service, termsTypes: type, list };
    const answer = isAsked
      ? await compareTerms(deps, filter, { text: q, match, topics, show, sort }, c.req.raw.signal)
      : undefined;
    const isWhole = answer === undefined || answer.unavailable.length + answer.incomplete.length === 0;
    return answerPage(
      page,
      {
        title: [t('compare.title'), ...(type ?? []), ...(q === undefined ? [] : [q.slice(0, 60).toWellFormed()])].join(
          ' · ',
        ),
        description: t('compare.what'),
        kind: 'compare',
        isUnlisted: isAsked,
        alternates: isAsked ? formsOf(page, asked) : [],
      },
      html`<h1>${t('compare.title')}</h1>
<p class="lead">${t('compare.what')}</p>
${compareForm(page, asked)}
${answer === undefined ? beginning(page) : results(page, asked, answer)}`,
      { caching: isWhole ? 'short' : 'incomplete' },
    );
  });
}

function results(page: PageContext, asked: AskedComparison, answer: Comparison): Html {
  const { t, to } = page;
  const { data, compared } = answer;
  const { offset } = asked;
  const parameters = toComparisonParameters(asked);
  const part = (at: number): string => to.compare({ ...parameters, base: asked.base, offset: at > 0 ? at : undefined });
  const shown = data.slice(offset, offset + ROWS_AT_ONCE);
  const base = data.find((row) => baseOf(row) === asked.base);
  return html`${compareViews(page, asked)}
${listNotices(page, answer)}
${recordEndsOf(page, { collections: asked.collection, list: asked.list })}
<h2>${summary(page, asked, answer)}</h2>
${
  shown.length === 0
    ? emptyState({
        what: t(compared === 0 ? 'compare.nothing' : 'compare.noneSay', { count: compared }),
        next: html`<a href="${to.compare()}">${t('compare.again')}</a>${compared > 0 && asked.show === 'matching' ? html` · <a href="${to.compare({ ...parameters, show: 'all' })}">${t('compare.all')}</a>` : ''}`,
      })
    : html`${sinceLastVisit(page, JSON.stringify([asked.q, asked.topic]))}${compareTable(page, asked, shown, base)}`
}
${pager(page, {
  previous: offset > 0 ? part(Math.max(0, offset - ROWS_AT_ONCE)) : undefined,
  next: offset + ROWS_AT_ONCE < data.length ? part(offset + ROWS_AT_ONCE) : undefined,
})}
${data.length === 0 ? '' : exportLinks(page, formsOf(page, asked))}`;
}

/** The comparison in other forms, and feeds of what is compared: of what comes to say it, or of changes. */
function formsOf({ t, to }: Pick<PageContext, 't' | 'to'>, asked: AskedComparison): readonly PageLink[] {
  const api = (format?: string): string => to.outside('/api/compare', { ...toComparisonParameters(asked), format });
  const { collection, service, type, list, topic } = asked;
  const filters = { collection, service, type, list };
  const { q, match } = toComparisonParameters(asked);
  const feeds =
    q === undefined
      ? feedsOfChanges({ t, to }, { ...filters, topic })
      : feedsOfSearch({ t, to }, { q, match, ...filters });
  return [
    { href: api('csv'), title: t('export.csv'), type: 'text/csv' },
    { href: api(), title: t('export.json'), type: 'application/json' },
    ...feeds,
  ];
}

/** “25 of 40 hold it today; 3 more once did.” */
function summary({ t }: PageContext, { q }: AskedComparison, { data, compared }: Comparison): string {
  if (q === undefined) return t('compare.found', { count: data.length, of: compared });
  const mentions = data.flatMap(({ mention }) => mention ?? []);
  const today = mentions.filter(({ disappeared }) => disappeared === null).length;
  return t('compare.holding', { count: today, of: compared, once: mentions.length - today });
}

/** Kinds of terms to begin with, and an example. */
function beginning(page: PageContext): Html {
  const { t, to, format, deps } = page;
  const types = termsTypes(deps.collections).slice(0, 8);
  if (types.length === 0) return emptyState({ what: t('services.none') });
  return html`<h2>${t('compare.begin')}</h2>
<ul class="chips">${types.map((type) => html`<li><a class="chip" href="${to.compare({ type })}">${termsTypeWords(page, type)}</a></li>`)}</ul>
<p><a href="${to.compare({ type: types[0], q: 'arbitration', sort: 'since' })}">${t('compare.try', { type: format.termsType(types[0] ?? '') })}</a></p>`;
}
