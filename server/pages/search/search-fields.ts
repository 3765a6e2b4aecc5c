import { html } from 'hono/html';
import type { ServedCollections } from '../../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';

export interface FieldsAsked {
  readonly collection?: readonly string[] | undefined;
  readonly service?: readonly string[] | undefined;
  readonly type?: readonly string[] | undefined;
  readonly list?: string | undefined;
}

/**
 * Fields for collection, list, terms type and service, as search and comparison have them. Of several values the first
 * is in the field; the others go along.
 */
export function whereFields({ t, format, deps }: PageContext, asked: FieldsAsked): Html {
  const collections = deps.collections.all();
  const lists = deps.collections.lists();
  const [type] = asked.type ?? [];
  const types = termsTypes(deps.collections);
  return html`<label>${t('search.type')} <select name="type"><option value="">${t('search.allTypes')}</option>${(type === undefined || types.includes(type) ? types : [type, ...types]).map((one) => option(one, format.termsType(one), type))}</select></label>
${hiddenRest('type', asked.type)}
<label>${t('search.service')} <input name="service" value="${asked.service?.[0] ?? ''}" maxlength="200" autocomplete="off"></label>
${hiddenRest('service', asked.service)}
${
  lists.length > 0
    ? html`<label>${t('services.list')} <select name="list"><option value="">${t('services.noList')}</option>${lists.map((one) => option(one.id, one.name, asked.list))}</select></label>`
    : ''
}
${
  collections.length > 1
    ? html`<label>${t('services.collection')} <select name="collection"><option value="">${t('services.allCollections')}</option>${collections.map((one) => option(one.id, one.name, asked.collection?.[0]))}</select></label>
${hiddenRest('collection', asked.collection)}`
    : ''
}`;
}

const option = (value: string, words: string, chosen: string | undefined): Html =>
  html`<option value="${value}"${value === chosen ? html` selected` : ''}>${words}</option>`;

/** The other values of a field that shows the first. */
export const hiddenRest = (name: string, values: readonly string[] | undefined): Html | '' =>
  values && values.length > 1
    ? html`${values.slice(1).map((value) => html`<input type="hidden" name="${name}" value="${value}">`)}`
    : '';

/** Of what is recorded, the most frequent first. */
export function termsTypes(collections: ServedCollections): string[] {
  const counts = new Map<string, number>();
  for (const collection of collections.all()) {
    try {
      for (const { termsType } of collection.index().terms()) counts.set(termsType, (counts.get(termsType) ?? 0) + 1);
    } catch (error) {
      if (!(error instanceof IndexUnavailableError)) throw error;
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([type]) => type);
}
