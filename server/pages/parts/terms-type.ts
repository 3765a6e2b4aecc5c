import { html } from 'hono/html';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { termsTypeName } from '../terms-types/terms-type-names.ts';

/** A terms type in the reader's language; one without a name there is marked as the English that it nearly always is. */
export function termsTypeWords({ language }: Pick<PageContext, 'language'>, type: string): Html {
  const name = termsTypeName(language, type);
  return name === undefined ? html`<bdi lang="en">${type}</bdi>` : html`<bdi>${name}</bdi>`;
}

/** The same with the name by which Open Terms Archive knows it, where that is another one. */
export function termsTypeWithKey({ language }: Pick<PageContext, 'language'>, type: string): Html {
  const name = termsTypeWords({ language }, type);
  return language === 'en' || termsTypeName(language, type) === undefined
    ? name
    : html`${name} <small class="muted" lang="en">(${type})</small>`;
}
