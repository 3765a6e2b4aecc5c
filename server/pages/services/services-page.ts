import { z } from '@hono/zod-openapi';
import { html } from 'hono/html';
import { ApiError } from '../../api/api-error.ts';
import { query, text, texts, whole } from '../../api/parameters.ts';
import type { QueryValues } from '../addresses.ts';
import { answerPage } from '../answer-page.ts';
import type { Html, PageLink } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import type { AddPage } from '../pages.ts';
import { emptyState } from '../parts/empty-state.ts';
import { exportLinks, feedsOfChanges } from '../parts/exports.ts';
import { listNotices } from '../parts/list-notices.ts';
import { pager } from '../parts/pager.ts';
import { sinceLastVisit } from '../parts/since-last-visit.ts';
import { readQuery } from '../read-query.ts';
import { type ListedService, listedServices } from './listed-service.ts';
import { serviceRows } from './service-row.ts';

/** Services on one page. */
const AT_ONCE = 100;

const QUERY = query({
  collection: texts('Id of a collection.'),
  list: text('Id of a named list of services.').optional(),
  type: texts('Terms type.'),
  name: text('Part of the name or the id.').optional(),
  q: text('The same as `name`.').optional(),
  letter: z
    .string({ error: 'is given more than once; give it once' })
    .regex(/^[A-Z#]$/, { error: 'has to be one letter from A to Z, or #' })
    .optional(),
  offset: whole('How many to pass over.', { least: 0, most: 1_000_000, preset: 0 }),
});

type Asked = z.output<typeof QUERY>;

/** All services by name, to be found by a part of it or by the first letter. */
export function addServicesPage(add: AddPage): void {
  add('/services', (page) => {
    const { t, to, deps } = page;
    const asked = readQuery(page, QUERY);
    if (asked.name !== undefined && asked.q !== undefined && asked.name !== asked.q) {
      throw new ApiError('invalid-request', 'The name is asked for twice, as “name” and as “q”: give it once.');
    }
    const name = asked.name ?? asked.q;
    const { collection: collections, list, type: termsTypes, letter, offset } = asked;
    const { services, unavailable } = listedServices(deps.collections, { collections, list, termsTypes, name });
    const shown = letter === undefined ? services : services.filter((one) => one.letter === letter);
    const link = (other: QueryValues): string =>
      to.services({ collection: collections, list, type: termsTypes, name, letter, ...other });
    const forms = formsOf(page, { collection: collections, list, type: termsTypes, name }, services);
    return answerPage(
      page,
      {
        title: t('services.title'),
        description: t('services.what'),
        kind: 'services',
        alternates: forms,
        isUnlisted: page.c.req.url.includes('?'),
      },
      html`<h1>${t('services.title')}</h1>
<p class="lead">${t('services.what')}</p>
${places(page)}
${findForm(page, asked, name)}
${letters(page, services, letter, (one) => link({ letter: one }))}
${listNotices(page, { unavailable })}
<p class="muted" role="status">${t('services.found', { count: shown.length, terms: countTerms(shown) })}</p>
${
  shown.length === 0
    ? emptyState({
        what: name === undefined ? t('services.none') : t('services.noneNamed', { name }),
        next: html`<a href="${to.services()}">${t('services.all')}</a> · <a href="${to.search({ q: name })}">${t('services.searchTexts')}</a>`,
      })
    : html`${sinceLastVisit(page)}${serviceRows(page, shown.slice(offset, offset + AT_ONCE))}`
}
${pager(page, {
  first: offset > AT_ONCE ? link({}) : undefined,
  previous: offset > 0 ? link({ offset: offset > AT_ONCE ? offset - AT_ONCE : undefined }) : undefined,
  next: offset + AT_ONCE < shown.length ? link({ offset: offset + AT_ONCE }) : undefined,
})}
${letter === undefined && shown.length > 0 ? exportLinks(page, forms) : ''}`,
      { caching: unavailable.length > 0 ? 'incomplete' : 'short' },
    );
  });
}

const countTerms = (services: readonly ListedService[]): number =>
  services.reduce((sum, { service }) => sum + service.terms.length, 0);

/** An address can name no more: a feed of so many would have all changes anyway. */
const MOST_FOLLOWED = 50;

/** These services as files, which know no first letters, and feeds of their changes. */
function formsOf(
  { t, to }: PageContext,
  filters: QueryValues & { readonly name: string | undefined },
  services: readonly ListedService[],
): readonly PageLink[] {
  const { name, ...others } = filters;
  const ids = name === undefined ? [] : [...new Set(services.map(({ service }) => service.id))];
  const isFollowable = name === undefined || (ids.length > 0 && ids.length <= MOST_FOLLOWED);
  return [
    { href: to.outside('/api/services', { ...filters, format: 'csv' }), title: t('export.csv'), type: 'text/csv' },
    { href: to.outside('/api/services', filters), title: t('export.json'), type: 'application/json' },
    ...(isFollowable ? feedsOfChanges({ t, to }, { ...others, service: ids }) : []),
  ];
}

/** Collections and lists, each with a page of its own. */
function places({ t, to, deps }: PageContext): Html {
  const hasLists = deps.collections.lists().length > 0;
  return html`<ul class="inline places">${deps.collections.all().map(
    ({ id, name }) => html`<li>${t('services.collection')} <a href="${to.collection(id)}"><bdi>${name}</bdi></a></li>
`,
  )}${hasLists ? html`<li><a href="${to.lists()}">${t('lists.title')}</a></li>` : ''}</ul>`;
}

function findForm({ t, to, deps }: PageContext, asked: Asked, name: string | undefined): Html {
  const collections = deps.collections.all();
  const lists = deps.collections.lists();
  return html`<form class="fields" action="${to.services()}" role="search" aria-label="${t('services.find')}">
<label>${t('services.name')} <input type="search" name="name" value="${name ?? ''}" maxlength="200" autocomplete="off"></label>
${
  collections.length > 1
    ? html`<label>${t('services.collection')} <select name="collection"><option value="">${t('services.allCollections')}</option>${collections.map((one) => option(one.id, one.name, asked.collection?.[0]))}</select></label>`
    : ''
}
${
  lists.length > 0
    ? html`<label>${t('services.list')} <select name="list"><option value="">${t('services.noList')}</option>${lists.map((one) => option(one.id, one.name, asked.list))}</select></label>`
    : ''
}
${(asked.type ?? []).map((one) => html`<input type="hidden" name="type" value="${one}">`)}
<button>${t('services.button')}</button>
</form>`;
}

const option = (value: string, words: string, chosen: string | undefined): Html =>
  html`<option value="${value}"${value === chosen ? html` selected` : ''}>${words}</option>`;

/** Letters that have services are links. */
function letters(
  { t }: PageContext,
  services: readonly ListedService[],
  chosen: string | undefined,
  link: (letter: string | undefined) => string,
): Html | '' {
  const present = new Set(services.map(({ letter }) => letter));
  if (services.length < 20 && chosen === undefined) return '';
  const item = (letter: string | undefined, words: string): Html =>
    letter !== undefined && !present.has(letter)
      ? html`<li><span class="muted">${words}</span></li>`
      : html`<li><a href="${link(letter)}"${letter === chosen ? html` aria-current="true"` : ''}>${words}</a></li>`;
  return html`<nav aria-label="${t('services.letters')}"><ol class="letters">${item(undefined, t('services.allLetters'))}${[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ', '#'].map((letter) => item(letter, letter))}</ol></nav>`;
}
