import { html } from 'hono/html';
import { CHANGE_STATES } from '../../../archive/changes/analysis/analysed-change.ts';
import { CHANGE_CLASSES } from '../../../archive/changes/analysis/difference/difference.ts';
import { TERMS_TYPES } from '../../../archive/declarations/terms-types.ts';
import { LANGUAGE_CODES } from '../../api/change-query.ts';
import type { QueryValues } from '../addresses.ts';
import { FILTER_NAMES, type FilterName, type FilterValues } from '../changes/asked-changes.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { GLYPHS } from './class-mark.ts';
import { type Choice, chosenAmong, dateField, selectField } from './filter-fields.ts';
import { stateWords } from './filter-words.ts';
import { topicChoices } from './topics.ts';

export interface FilterFormOptions {
  /** Address of the page, without a query. */
  readonly action: string;
  readonly values: FilterValues;
  /** What the page is about already, and so is not asked: the service on its page. */
  readonly without?: readonly FilterName[] | undefined;
  /** Other parameters of the page, which stay as they are. */
  readonly kept?: QueryValues | undefined;
}

/** What is rarely asked, and so folded away unless it is set. */
const FURTHER: readonly FilterName[] = [
  'since',
  'until',
  'class',
  'state',
  'language',
  'collection',
  'list',
  'technicalUpgrades',
  'firstRecords',
];

/** All filters of a list of changes. A form that needs no script: the answer is the page with the filters in its address. */
export function filterForm(page: PageContext, options: FilterFormOptions): Html {
  const { t } = page;
  const { action, values, without = [], kept = {} } = options;
  const fields = fieldsOf(page, values);
  const shown = (names: readonly FilterName[]): Html[] =>
    names.filter((name) => !without.includes(name)).flatMap((name) => fields[name] ?? []);
  const further = shown(FURTHER);
  return html`<form class="filters no-print" action="${action}" role="search" aria-label="${t('filter.label')}">
${Object.entries(kept).flatMap(([name, value]) => [value ?? []].flat().map((one) => hidden(name, String(one))))}
${remaining(values, without)}
<div class="fields">
${shown(['topic', 'service', 'type'])}
<button>${t('filter.apply')}</button>
</div>
${
  further.length === 0
    ? ''
    : html`<details class="filters-more"${isFurtherSet(values, without) ? html` open` : ''}>
<summary>${t('filter.more')}</summary>
<div class="fields">${further}</div>
</details>`
}
</form>`;
}

/** “Since” alone is seen in the choices beside the form. */
const isFurtherSet = (values: FilterValues, without: readonly FilterName[]): boolean =>
  FURTHER.some((name) => values[name] && !without.includes(name) && (name !== 'since' || values.until));

const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`;

/** A field shows one value: the others of a filter that has several stay as they are. Boxes show all of theirs. */
const remaining = (values: FilterValues, without: readonly FilterName[]): Html[] =>
  FILTER_NAMES.filter((name) => !without.includes(name) && name !== 'class' && name !== 'state').flatMap((name) =>
    (values[name] ?? []).slice(name === 'show' ? 0 : 1).map((value) => hidden(name, value)),
  );

function fieldsOf({ t, format, deps }: PageContext, values: FilterValues): Partial<Record<FilterName, Html>> {
  const named = (all: readonly { readonly id: string; readonly name: string }[]): Choice[] =>
    all.map(({ id, name }) => ({ value: id, words: name }));
  const collections = deps.collections.all();
  const lists = deps.collections.lists();
  const apart = (name: 'technicalUpgrades' | 'firstRecords'): Html =>
    selectField(t(`filter.${name}`), name, t('filter.excluded'), values[name], [
      { value: 'included', words: t('filter.included') },
      { value: 'only', words: t('filter.only') },
    ]);
  const boxes = (name: 'class' | 'state', choices: readonly (Choice & { glyph?: string })[]): Html =>
    html`<fieldset><legend>${t(`filter.${name}`)}</legend><div class="boxes">${choices.map(
      ({ value, words, glyph }) =>
        html`<label class="check"><input type="checkbox" name="${name}" value="${value}"${values[name]?.includes(value) ? html` checked` : ''}> ${glyph === undefined ? '' : html`<span aria-hidden="true">${glyph}</span>`} ${words}</label>`,
    )}</div></fieldset>`;
  return {
    topic: selectField(t('filter.topic'), 'topic', t('filter.anyTopic'), values.topic, topicChoices({ t })),
    service: html`<label>${t('filter.service')} <input type="search" name="service" value="${values.service?.[0] ?? ''}" placeholder="${t('filter.anyService')}" maxlength="255" autocomplete="off"></label>`,
    type: selectField(
      t('filter.type'),
      'type',
      t('filter.anyType'),
      values.type,
      chosenAmong(TERMS_TYPES, values.type).map((value) => ({ value, words: format.termsType(value) })),
    ),
    since: dateField(t('filter.since'), 'since', values.since),
    until: dateField(t('filter.until'), 'until', values.until),
    class: boxes(
      'class',
      CHANGE_CLASSES.toReversed().map((value) => ({ value, words: t(`mark.${value}`), glyph: GLYPHS[value] })),
    ),
    state: boxes(
      'state',
      CHANGE_STATES.map((value) => ({ value, words: stateWords({ t }, value) })),
    ),
    language: selectField(
      t('filter.language'),
      'language',
      t('filter.any'),
      values.language,
      LANGUAGE_CODES.map((value) => ({ value, words: format.language(value) })).toSorted((a, b) =>
        a.words.localeCompare(b.words),
      ),
    ),
    ...(collections.length > 1 && {
      collection: selectField(
        t('filter.collection'),
        'collection',
        t('filter.any'),
        values.collection,
        named(collections),
      ),
    }),
    ...(lists.length > 0 && {
      list: selectField(t('filter.list'), 'list', t('filter.any'), values.list, named(lists)),
    }),
    technicalUpgrades: apart('technicalUpgrades'),
    firstRecords: apart('firstRecords'),
  };
}
