import { html } from 'hono/html';
import type { SearchAnswer } from '../../api/contract.ts';
import { MOST_SORTED_HITS } from '../../api/export-hits.ts';
import { DEEPEST_HIT, searchCollections } from '../../api/search-collections.ts';
import { QueriesBusyError, QueryTooExpensiveError } from '../../queries/query-error.ts';
import { answerPage } from '../answer-page.ts';
import type { Html, PageLink } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import type { AddPage } from '../pages.ts';
import { emptyState } from '../parts/empty-state.ts';
import { exportLinks, feedsOfSearch } from '../parts/exports.ts';
import { listNotices } from '../parts/list-notices.ts';
import { pager } from '../parts/pager.ts';
import { recordEndsOf } from '../parts/record-ends.ts';
import { sinceLastVisit } from '../parts/since-last-visit.ts';
import { readQuery } from '../read-query.ts';
import { hitList } from './hits.ts';
import { withOtherEndings } from './other-endings.ts';
import { searchForm, searchViews } from './search-form.ts';
import { type AskedSearch, isPassage, SEARCH_QUERY, toAsked, toParameters } from './search-query.ts';
import { servicesCalled } from './services-called.ts';

const HITS_AT_ONCE = 20;

/** Searches every text that was ever recorded: for words, or for what is like a pasted passage. */
export function addSearchPage(add: AddPage): void {
  add('/search', async (page) => {
    const asked = toAsked(page.deps.collections, readQuery(page, SEARCH_QUERY));
    const { t } = page;
    const { q } = asked;
    const answer = q === undefined ? undefined : await find(page, asked, q);
    const wider = answer && (await findMore(page, asked, answer));
    const title = q === undefined ? t('search.label') : t('search.title', { query: shortened(q) });
    const isWhole = answer === undefined || answer.unavailable.length + answer.incomplete.length === 0;
    return answerPage(
      page,
      {
        title,
        kind: 'search',
        searched: asked.match === 'words' ? q : undefined,
        isUnlisted: q !== undefined,
        alternates: answer === undefined ? [] : formsOf(page, asked, answer),
      },
      html`<h1>${t('search.label')}</h1>
${searchForm(page, asked)}
${q === undefined ? '' : servicesCalled(page, q)}
${answer === undefined ? beginning(page) : results(page, asked, answer, wider)}`,
      { caching: isWhole ? 'short' : 'incomplete' },
    );
  });
}

function find({ deps, c }: PageContext, asked: AskedSearch, q: string, most = HITS_AT_ONCE): Promise<SearchAnswer> {
  const { match, state, sort, since, until, offset } = asked;
  return searchCollections(
    deps,
    { collections: asked.collection, services: asked.service, termsTypes: asked.type, list: asked.list },
    {
      text: q,
      match,
      state,
      sort,
      since,
      until,
      classes: asked.class,
      topics: asked.topic,
      languages: asked.language,
    },
    { limit: Math.min(most, DEEPEST_HIT - offset), offset },
    c.req.raw.signal,
  );
}

/** The query with other endings of its words, where that finds more on top of few enough to be counted. */
async function findMore(page: PageContext, asked: AskedSearch, found: SearchAnswer): Promise<string | undefined> {
  const { q = '', match, offset } = asked;
  const wider = match === 'words' && offset === 0 && !found.isTotalBounded ? withOtherEndings(q) : undefined;
  if (wider === undefined) return undefined;
  try {
    const { total, isTotalBounded } = await find(page, asked, wider, 1);
    return isTotalBounded || total > found.total ? wider : undefined;
  } catch (error) {
    // What was asked for is found; nobody waits for what is only offered.
    if (error instanceof QueriesBusyError || error instanceof QueryTooExpensiveError) return undefined;
    throw error;
  }
}

const LONGEST_IN_TITLE = 60;
const shortened = (q: string): string =>
  q.length > LONGEST_IN_TITLE ? `${q.slice(0, LONGEST_IN_TITLE).toWellFormed()}…` : q;

function results(page: PageContext, asked: AskedSearch, answer: SearchAnswer, wider: string | undefined): Html {
  const { t, to } = page;
  const { data, total, isTotalBounded } = answer;
  const parameters = toParameters(asked);
  const part = (offset: number): string => to.search({ ...parameters, offset: offset > 0 ? offset : undefined });
  const { offset } = asked;
  const last = Math.min(total, DEEPEST_HIT);
  return html`${searchViews(page, asked)}
${listNotices(page, answer)}
${recordEndsOf(page, { collections: asked.collection, list: asked.list, until: asked.until })}
<h2>${t(isTotalBounded ? 'search.foundMore' : 'search.found', { count: total })}${
    total > HITS_AT_ONCE
      ? html` <small class="muted">${t('search.part', { from: offset + 1, to: Math.min(offset + data.length, total) })}</small>`
      : ''
  }</h2>
${wider === undefined ? '' : html`<p class="search-also">${t('search.otherEndings')} <a href="${to.search({ ...parameters, q: wider })}"><code>${wider}</code></a></p>`}
${data.length === 0 ? nothing(page, asked) : html`${sinceLastVisit(page, asked.q)}${hitList(page, data, asked.match)}`}
${pager(page, {
  first: offset > HITS_AT_ONCE ? part(0) : undefined,
  previous: offset > 0 ? part(Math.max(0, offset - HITS_AT_ONCE)) : undefined,
  next: offset + HITS_AT_ONCE < last ? part(offset + HITS_AT_ONCE) : undefined,
})}
${data.length === 0 ? '' : exported(page, asked, answer)}`;
}

/** The same hits in other forms, and which terms have them. */
function exported(page: PageContext, asked: AskedSearch, answer: SearchAnswer): Html {
  const { t, to } = page;
  const compare = html`<p><a href="${to.compare({ q: asked.match === 'words' ? asked.q : undefined, type: asked.type, list: asked.list, collection: asked.collection })}">${t('search.compare')}</a></p>`;
  return html`${asked.match === 'words' ? compare : ''}${isTooMany(asked, answer) ? html`<p class="muted">${t('search.tooMany', { count: MOST_SORTED_HITS })}</p>` : ''}${exportLinks({ t }, formsOf(page, asked, answer))}`;
}

/** Of a passage that more paragraphs contain than a file holds there is no table. */
const isTooMany = ({ match }: AskedSearch, { total, isTotalBounded }: SearchAnswer): boolean =>
  match === 'passage' && (isTotalBounded || total > MOST_SORTED_HITS);

/** The same hits in other forms: as a table, for programs, and as feeds of what comes to say it or goes. */
function formsOf(
  { t, to }: Pick<PageContext, 't' | 'to'>,
  asked: AskedSearch,
  answer: SearchAnswer,
): readonly PageLink[] {
  const parameters = toParameters(asked);
  const { offset } = asked;
  const api = (format?: string): string => to.outside('/api/search', { ...parameters, format });
  return [
    ...(isTooMany(asked, answer) ? [] : [{ href: api('csv'), title: t('export.csv'), type: 'text/csv' } as const]),
    {
      href: to.outside('/api/search', { ...parameters, offset: offset > 0 ? offset : undefined }),
      title: t('export.jsonOfPart'),
      type: 'application/json',
    },
    ...feedsOfSearch({ t, to }, { ...parameters, sort: undefined }),
  ];
}

function nothing({ t, to }: PageContext, asked: AskedSearch): Html {
  const parameters = toParameters(asked);
  const isNarrow = Object.entries(parameters).some(
    ([name, value]) => !['q', 'match', 'sort'].includes(name) && value !== undefined,
  );
  return emptyState({
    what: t('search.nothing'),
    next: html`${isNarrow ? html`<a href="${to.search({ q: asked.q, match: parameters.match })}">${t('search.widen')}</a> · ` : ''}${
      asked.match === 'words' && isPassage(asked.q ?? '')
        ? html`<a href="${to.search({ ...parameters, match: 'passage' })}">${t('search.tryPassage')}</a> · `
        : ''
    }<a href="${to.services({ name: asked.q?.slice(0, 200) })}">${t('search.findService')}</a>`,
  });
}

/** How to ask, with queries that can be tried. */
function beginning({ t, to }: PageContext): Html {
  const rows = [
    ['arbitration', 'search.helpWords'],
    ['"class action"', 'search.helpPhrase'],
    ['waive*', 'search.helpPrefix'],
    ['refund OR reimburse', 'search.helpOr'],
    ['arbitration -employees', 'search.helpWithout'],
  ] as const;
  return html`<h2>${t('search.help')}</h2>
<table class="search-help"><caption class="visually-hidden">${t('search.help')}</caption>
<thead><tr><th scope="col">${t('search.helpQuery')}</th><th scope="col">${t('search.helpFinds')}</th></tr></thead>
<tbody>${rows.map(([q, key]) => html`<tr><td><a href="${to.search({ q })}"><code>${q}</code></a></td><td>${t(key)}</td></tr>`)}
<tr><td><a href="${to.search({ match: 'passage' })}">${t('search.asPassage')}</a></td><td>${t('search.helpPassage')}</td></tr></tbody></table>`;
}
