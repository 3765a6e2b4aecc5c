import { html } from 'hono/html';
import type { Terms } from '../../api/contract.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { termsTypeWords } from '../parts/terms-type.ts';
import type { ListedService } from './listed-service.ts';

/** Services, each with its terms and how they stand. */
export const serviceRows = (page: PageContext, services: readonly ListedService[]): Html =>
  html`<ul class="rows services">
${services.map((listed) => serviceRow(page, listed))}</ul>`;

function serviceRow(page: PageContext, { service, failing }: ListedService): Html {
  const { t, to, format, deps } = page;
  const { collection, id, name, terms, isDeclared } = service;
  const isOneOfSeveral = deps.collections.all().length > 1;
  const latest = terms.map(({ latestDate }) => latestDate ?? '').reduce((a, b) => (a > b ? a : b), '');
  const versions = terms.reduce((sum, one) => sum + one.versions, 0);
  return html`<li${latest === '' ? '' : html` data-fetched="${latest}"`}>
<p class="row-name"><a href="${to.service(collection, id)}"><bdi>${name}</bdi></a>${isOneOfSeveral ? html` <span class="muted row-where"><bdi>${deps.collections.get(collection)?.name ?? collection}</bdi></span>` : ''}</p>
<ul class="inline">${terms.map((one) => termsItem(page, one, failing.includes(one.termsType)))}</ul>
<p class="muted number">${t('count.versions', { count: versions })}${latest === '' ? '' : html` · ${t('services.latest', { date: format.day(latest) })}`}${isDeclared ? '' : html` · ${t('tracking.notDeclared')}`}</p>
</li>
`;
}

const termsItem = (page: PageContext, terms: Terms, isFailing: boolean): Html =>
  html`<li><a href="${page.to.terms(terms)}">${termsTypeWords(page, terms.termsType)}</a>${isFailing ? html` <span class="is-alert">⚠ ${page.t('services.failing')}</span>` : ''}</li>
`;
