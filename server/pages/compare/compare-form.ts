import { html } from 'hono/html';
import { LONGEST_TEXT } from '../../api/longest-text.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { selectField } from '../parts/filter-fields.ts';
import { topicChoices } from '../parts/topics.ts';
import { choices } from '../search/choices.ts';
import { whereFields } from '../search/search-fields.ts';
import { type AskedComparison, toComparisonParameters } from './compare-query.ts';

/** Which terms to compare, and by what. */
export function compareForm(page: PageContext, asked: AskedComparison): Html {
  const { t, to } = page;
  return html`<form class="fields compare-form filters" aria-label="${t('compare.form')}" action="${to.compare()}">
${whereFields(page, asked)}
<label class="compare-words">${t('compare.words')} <input type="search" name="q" value="${asked.q ?? ''}" maxlength="${LONGEST_TEXT}" placeholder="${t('compare.example')}"></label>
${selectField(t('compare.topic'), 'topic', t('compare.noTopic'), asked.topic, topicChoices(page))}
${asked.show === 'all' ? html`<input type="hidden" name="show" value="all">` : ''}
${asked.sort === 'since' ? html`<input type="hidden" name="sort" value="since">` : ''}
<button class="primary">${t('compare.button')}</button>
</form>
${serviceChips(page, asked)}`;
}

/** Chosen services, each of which can be taken away; one more is added by the form below. */
function serviceChips({ t, to, deps }: PageContext, asked: AskedComparison): Html | '' {
  const { service = [] } = asked;
  if (service.length === 0) return '';
  const parameters = toComparisonParameters(asked);
  const names = new Map(
    deps.collections.all().flatMap((collection) => collection.services().map(({ id, name }) => [id, name] as const)),
  );
  const hidden = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => html`<input type="hidden" name="${name}" value="${one}">`),
  );
  return html`<ul class="chips">${service.map(
    (one) =>
      html`<li><a class="chip" href="${to.compare({ ...parameters, service: service.filter((other) => other !== one) })}"><bdi>${names.get(one) ?? one}</bdi> <span aria-hidden="true">×</span><span class="visually-hidden"> ${t('search.without')}</span></a></li>`,
  )}</ul>
<form class="fields filters" action="${to.compare()}">${hidden}<label>${t('compare.addService')} <input name="service" value="" maxlength="200" autocomplete="off"></label> <button>${t('compare.add')}</button></form>`;
}

/** Also those that never held it; by name, or since when. */
export function compareViews({ t, to }: PageContext, asked: AskedComparison): Html | '' {
  if (asked.q === undefined && asked.topic === undefined) return '';
  const parameters = toComparisonParameters(asked);
  return html`<div class="search-views">${choices(t('compare.show'), [
    {
      words: t('compare.matching'),
      href: to.compare({ ...parameters, show: undefined }),
      isChosen: asked.show === 'matching',
    },
    { words: t('compare.all'), href: to.compare({ ...parameters, show: 'all' }), isChosen: asked.show === 'all' },
  ])}${choices(t('search.sort'), [
    {
      words: t('compare.byName'),
      href: to.compare({ ...parameters, sort: undefined }),
      isChosen: asked.sort === 'service',
    },
    {
      words: t('compare.bySince'),
      href: to.compare({ ...parameters, sort: 'since' }),
      isChosen: asked.sort === 'since',
    },
  ])}</div>`;
}
