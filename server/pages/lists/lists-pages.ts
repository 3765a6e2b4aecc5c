import { html } from 'hono/html';
import { findList } from '../../api/known-names.ts';
import { answerPage } from '../answer-page.ts';
import type { AddPage } from '../pages.ts';
import { crumbs } from '../parts/crumbs.ts';
import { emptyState } from '../parts/empty-state.ts';
import { exportLinks, exportsOfChanges } from '../parts/exports.ts';
import { listNotices } from '../parts/list-notices.ts';
import { sinceLastVisit } from '../parts/since-last-visit.ts';
import { listedServices } from '../services/listed-service.ts';
import { serviceRows } from '../services/service-row.ts';

/** Named lists of services over all collections, and each of them. */
export function addListPages(add: AddPage): void {
  add('/lists', (page) => {
    const { t, to, deps } = page;
    const lists = deps.collections.lists();
    return answerPage(
      page,
      { title: t('lists.title'), description: t('lists.what'), kind: 'lists' },
      html`<h1>${t('lists.title')}</h1>
<p class="lead">${t('lists.what')}</p>
${
  lists.length === 0
    ? emptyState({ what: t('lists.none'), next: html`<a href="${to.services()}">${t('services.all')}</a>` })
    : html`<ul class="rows">${lists.map(
        ({
          id,
          name,
          description,
          members,
        }) => html`<li><p class="row-name"><a href="${to.list(id)}"><bdi>${name}</bdi></a></p>
${description === undefined ? '' : html`<p dir="auto">${description}</p>`}<p class="muted">${t('count.services', { count: members.length })}</p></li>
`,
      )}</ul>
${exportLinks(page, [{ href: to.outside('/api/lists'), title: t('export.json'), type: 'application/json' }])}`
}`,
    );
  });

  add('/lists/:list', (page) => {
    const { t, to, deps, c } = page;
    const list = findList(deps.collections, c.req.param('list') ?? '');
    const { services, unavailable } = listedServices(deps.collections, { list: list.id });
    const forms = exportsOfChanges(page, { list: list.id });
    return answerPage(
      page,
      {
        title: list.name,
        description: list.description ?? t('lists.what'),
        kind: 'list',
        alternates: forms,
      },
      html`${crumbs(page, [{ name: t('lists.title'), href: to.lists() }])}
<h1><bdi>${list.name}</bdi></h1>
${list.description === undefined ? '' : html`<p class="lead" dir="auto">${list.description}</p>`}
<ul class="inline">
<li><a href="${to.start({ list: list.id })}">${t('lists.changes')}</a></li>
<li><a href="${to.compare({ list: list.id })}">${t('lists.compare')}</a></li>
${forms.map(
  ({ href, title, type }) => html`<li><a href="${href}" type="${type}">${title}</a></li>
`,
)}</ul>
${listNotices(page, { unavailable })}
<h2>${t('nav.services')}</h2>
${services.length === 0 ? emptyState({ what: t('lists.empty') }) : html`${sinceLastVisit(page)}${serviceRows(page, services)}`}`,
      { caching: unavailable.length > 0 ? 'incomplete' : 'short' },
    );
  });
}
