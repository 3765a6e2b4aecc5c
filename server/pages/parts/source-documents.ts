import { html } from 'hono/html';
import type { Declaration } from '../../api/contract.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { outsideLink } from './outside-link.ts';

/** What a declaration says of each of its source documents: where it was fetched, and what was taken of it. */
export const sourceDocuments = (
  { t }: Pick<PageContext, 't'>,
  { sourceDocuments: documents }: Declaration,
  look: 'facts' | 'declared',
): Html =>
  html`${documents.map(
    ({ location, select, remove, filter, executeClientScripts }) => html`<dl class="${look}">
<dt>${t('version.location')}</dt><dd>${outsideLink(location)}</dd>
${line(t('version.select'), written(select))}${line(t('version.remove'), written(remove))}${line(t('version.filter'), filter.length === 0 ? '' : written(filter))}${
  executeClientScripts === null
    ? ''
    : html`<dt>${t('version.scripts')}</dt><dd>${t(executeClientScripts ? 'version.scriptsYes' : 'version.scriptsNo')}</dd>`
}
</dl>
`,
  )}`;

const line = (name: string, value: string): Html | '' =>
  value === '' ? '' : html`<dt>${name}</dt><dd><code dir="auto">${value}</code></dd>`;

/** Selectors and filters in the form of the declaration; a single text as it is. */
const written = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
    ? value.join(', ')
    : JSON.stringify(value);
};
