import { html } from 'hono/html';
import { CHANGE_CLASSES } from '../../../archive/changes/analysis/difference/difference.ts';
import { LANGUAGE_CODES } from '../../api/change-query.ts';
import { LONGEST_TEXT } from '../../api/longest-text.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { selectField } from '../parts/filter-fields.ts';
import { filterWords } from '../parts/filter-words.ts';
import { topicChoices } from '../parts/topics.ts';
import { choices, type View } from './choices.ts';
import { hiddenRest, whereFields } from './search-fields.ts';
import { type AskedSearch, dayOrMoment, isPassage, saidMatch, toParameters } from './search-query.ts';

/** What to search for and where, complete without scripts. */
export function searchForm(page: PageContext, asked: AskedSearch): Html {
  const { t, to } = page;
  const { q = '', match, state, sort, since, until } = asked;
  const other = match === 'words' ? 'passage' : 'words';
  return html`<form class="search-form filters" role="search" aria-label="${t('search.form')}" action="${to.search()}">
<p class="search-what"><label class="visually-hidden" for="q">${t(match === 'words' ? 'search.label' : 'search.passage')}</label>${
    match === 'words'
      ? html`<input type="search" id="q" name="q" value="${q}" maxlength="${LONGEST_TEXT}" placeholder="${t('search.example')}">`
      : html`<textarea id="q" name="q" rows="4" maxlength="${LONGEST_TEXT}" placeholder="${t('search.passageExample')}">${q}</textarea>`
  } <button class="primary">${t('search.button')}</button></p>
<p class="search-hint">${t(match === 'words' ? 'search.hint' : 'search.passageHint')} <a href="${to.search({ ...toParameters(asked), q: match === 'words' && !isPassage(q) ? undefined : q, match: other })}">${t(match === 'words' ? 'search.asPassage' : 'search.asWords')}</a></p>
<input type="hidden" name="match" value="${saidMatch(q, match) ?? ''}">
${state === 'any' ? '' : html`<input type="hidden" name="state" value="${state}">`}
${sort === 'relevance' ? '' : html`<input type="hidden" name="sort" value="${sort}">`}
<details${isNarrowed(asked) ? html` open` : ''}><summary>${t('search.narrow')}</summary>
<div class="fields">
${whereFields(page, asked)}
<label>${t('search.since')} <input type="date" name="since" value="${since ? dayOrMoment(since) : ''}"></label>
<label>${t('search.until')} <input type="date" name="until" value="${until ? dayOrMoment(until) : ''}"></label>
${judgedFields(page, asked)}
<button>${t('search.apply')}</button>
</div></details>
</form>
${chips(page, asked)}`;
}

/** What is asked of the change that brought or removed a paragraph, and the language of its text. */
function judgedFields({ t, format }: PageContext, asked: AskedSearch): Html {
  const languages = LANGUAGE_CODES.map((value) => ({ value, words: format.language(value) }));
  return html`${selectField(t('filter.topic'), 'topic', t('filter.anyTopic'), asked.topic, topicChoices({ t }))}
${hiddenRest('topic', asked.topic)}
${selectField(
  t('filter.class'),
  'class',
  t('filter.any'),
  asked.class,
  CHANGE_CLASSES.toReversed().map((value) => ({ value, words: t(`mark.${value}`) })),
)}
${hiddenRest('class', asked.class)}
${selectField(
  t('filter.language'),
  'language',
  t('filter.any'),
  asked.language,
  languages.toSorted((a, b) => a.words.localeCompare(b.words)),
)}
${hiddenRest('language', asked.language)}`;
}

const isNarrowed = ({ collection, service, type, list, since, until, topic, ...asked }: AskedSearch): boolean =>
  [collection, service, type, list, since, until, topic, asked.class, asked.language].some((one) => one !== undefined);

const JUDGED = ['topic', 'class', 'language'] as const;
type Judged = (typeof JUDGED)[number];

/** What narrows the search; each link takes one away. */
function chips(page: PageContext, asked: AskedSearch): Html | '' {
  const { t, to, format, deps } = page;
  const parameters = toParameters(asked);
  const without = (name: 'collection' | 'service' | 'type' | Judged, value: string): string =>
    to.search({ ...parameters, [name]: asked[name]?.filter((one: string) => one !== value) });
  const listName = (id: string): string => deps.collections.lists().find((list) => list.id === id)?.name ?? id;
  const all: { readonly words: string; readonly href: string }[] = [
    ...(asked.type ?? []).map((one) => ({ words: one, href: without('type', one) })),
    ...(asked.service ?? []).map((one) => ({ words: one, href: without('service', one) })),
    ...(asked.collection ?? []).map((one) => ({
      words: deps.collections.get(one)?.name ?? one,
      href: without('collection', one),
    })),
    ...JUDGED.flatMap((name) =>
      (asked[name] ?? []).map((one) => ({ words: filterWords(page, name, one), href: without(name, one) })),
    ),
    ...(asked.list ? [{ words: listName(asked.list), href: to.search({ ...parameters, list: undefined }) }] : []),
    ...(asked.since
      ? [
          {
            words: t('search.sinceDay', { date: format.briefDay(asked.since) }),
            href: to.search({ ...parameters, since: undefined }),
          },
        ]
      : []),
    ...(asked.until
      ? [
          {
            words: t('search.untilDay', { date: format.briefDay(asked.until) }),
            href: to.search({ ...parameters, until: undefined }),
          },
        ]
      : []),
  ];
  if (all.length === 0) return '';
  return html`<ul class="chips">${all.map(
    ({ words, href }) =>
      html`<li><a class="chip" href="${href}"><bdi>${words}</bdi> <span aria-hidden="true">×</span><span class="visually-hidden"> ${t('search.without')}</span></a></li>`,
  )}</ul>`;
}

/** In force, removed or any; by relevance or date. */
export function searchViews({ t, to }: PageContext, asked: AskedSearch): Html {
  const parameters = toParameters(asked);
  const state = (value: AskedSearch['state'], words: string): View => ({
    words,
    href: to.search({ ...parameters, state: value === 'any' ? undefined : value }),
    isChosen: asked.state === value,
  });
  const sort = (value: AskedSearch['sort'], words: string): View => ({
    words,
    href: to.search({ ...parameters, sort: value === 'relevance' ? undefined : value }),
    isChosen: asked.sort === value,
  });
  return html`<div class="search-views">${choices(t('search.state'), [
    state('any', t('search.any')),
    state('in-force', t('search.inForce')),
    state('removed', t('search.removed')),
  ])}${choices(t('search.sort'), [sort('relevance', t('search.byRelevance')), sort('date', t('search.byDate'))])}</div>`;
}
