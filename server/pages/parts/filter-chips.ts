import { html } from 'hono/html';
import type { QueryValues } from '../addresses.ts';
import { FILTER_NAMES, type FilterName, type FilterValues } from '../changes/asked-changes.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { filterWords } from './filter-words.ts';

/**
 * The filters that are set, each a link to the list without it; nothing where none is. What is shown (`show`) has a place
 * of its own.
 *
 * @param link address of the page with other filters
 */
export function filterChips(
  page: PageContext,
  values: FilterValues,
  link: (values: FilterValues) => string,
  without: readonly FilterName[] = [],
): Html | '' {
  const { t } = page;
  const set = FILTER_NAMES.filter((name) => name !== 'show' && !without.includes(name)).flatMap((name) =>
    (values[name] ?? []).map((value) => ({ name, value })),
  );
  if (set.length === 0) return '';
  const kept = Object.fromEntries(
    FILTER_NAMES.filter((name) => name === 'show' || without.includes(name)).flatMap((name) =>
      values[name] ? [[name, values[name]]] : [],
    ),
  );
  return html`<ul class="chips no-print" aria-label="${t('filter.set')}">${set.map(
    ({ name, value }) =>
      html`<li><a class="chip" href="${link(withoutValue(values, name, value))}"><bdi>${filterWords(page, name, value)}</bdi> <span aria-hidden="true">×</span><span class="visually-hidden">, ${t('filter.remove')}</span></a></li>
`,
  )}${set.length > 1 ? html`<li><a class="chips-clear" href="${link(kept)}">${t('filter.clear')}</a></li>` : ''}</ul>`;
}

/** The filters with one value less. */
function withoutValue(values: FilterValues, name: FilterName, value: string): FilterValues {
  const left = (values[name] ?? []).filter((one) => one !== value);
  return { ...values, [name]: left.length > 0 ? left : undefined };
}

/** With one filter otherwise. @param value undefined: not set */
export const withFilter = (
  values: FilterValues,
  name: FilterName,
  value: string | undefined,
): FilterValues & QueryValues => ({
  ...values,
  [name]: value === undefined ? undefined : [value],
});
