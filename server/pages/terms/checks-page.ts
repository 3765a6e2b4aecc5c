import { html } from 'hono/html';
import type { Check } from '../../api/contract.ts';
import { findTerms } from '../../api/find.ts';
import { CHECK_OUTCOMES, listChecks } from '../../api/list-checks.ts';
import { CURSOR, moment, oneOf, query } from '../../api/parameters.ts';
import { serviceName } from '../../api/service-name.ts';
import { answerPage } from '../answer-page.ts';
import type { Html } from '../frame.ts';
import type { MessageKey } from '../messages.ts';
import type { PageContext } from '../page-context.ts';
import type { AddPage } from '../pages.ts';
import { crumbs } from '../parts/crumbs.ts';
import { emptyState } from '../parts/empty-state.ts';
import { exportLinks, feedsOfChanges } from '../parts/exports.ts';
import { pager } from '../parts/pager.ts';
import { sinceLastVisit } from '../parts/since-last-visit.ts';
import { failureReason } from '../parts/tracking-state.ts';
import { readQuery } from '../read-query.ts';

const AT_ONCE = 100;

const QUERY = query({
  outcome: oneOf('Which checks.', CHECK_OUTCOMES, 'any'),
  since: moment('Checked at this moment or later.'),
  until: moment('Checked before this moment.'),
  cursor: CURSOR,
});

/** Every check of terms, newest first: that nothing changed can be shown, and when nothing was seen. */
export function addChecksPage(add: AddPage): void {
  add('/:collection/services/:service/:type/checks', (page) => {
    const { t, to, format, deps, c } = page;
    const { collection: id = '', service = '', type = '' } = c.req.param();
    const { collection, serviceId, termsType } = findTerms(deps.collections, {
      collection: id,
      service,
      termsType: type,
    });
    const { outcome, since, until, cursor } = readQuery(page, QUERY);
    const terms = { collection: collection.id, serviceId, termsType };
    const found = listChecks(collection, { serviceId, termsType, outcome, since, until }, { limit: AT_ONCE, cursor });
    const checks = found?.checks ?? [];
    const { cursor: _cursor, ...kept } = c.req.queries();
    const name = serviceName(collection, serviceId);
    const title = t('checks.title', { service: name, type: format.termsType(termsType) });
    const alternates = [
      { href: to.api.checks(terms, { ...kept, format: 'csv' }), title: t('export.csv'), type: 'text/csv' },
      { href: to.api.checks(terms, kept), title: t('export.json'), type: 'application/json' },
      ...feedsOfChanges(page, { collection: collection.id, service: serviceId, type: termsType }),
    ] as const;
    return answerPage(
      page,
      { title, description: t('checks.what'), kind: 'checks', isUnlisted: true, alternates },
      html`${crumbs(page, [
        { name: collection.name, href: to.collection(collection.id) },
        { name, href: to.service(collection.id, serviceId) },
        { name: format.termsType(termsType), href: to.terms(terms) },
      ])}
<h1>${t('checks.heading')}</h1>
<p class="lead">${t('checks.what')}</p>
<nav aria-label="${t('checks.which')}"><ul class="chips">${CHECK_OUTCOMES.map((one) => html`<li><a class="chip" href="${to.checks(terms, { ...kept, outcome: one === 'any' ? undefined : one })}"${one === outcome ? html` aria-current="true"` : ''}>${t(`checks.${one}`)}</a></li>`)}</ul></nav>
${
  checks.length === 0
    ? emptyState({ what: t(collection.kind === 'mirrored' ? 'terms.mirrored' : 'checks.none') })
    : html`${sinceLastVisit(page)}${checksTable(page, checks, collection.id, title)}`
}
${pager(page, {
  first: cursor === undefined ? undefined : to.checks(terms, kept),
  next: found?.next && to.checks(terms, { ...kept, cursor: found.next }),
})}
${exportLinks(page, alternates)}`,
    );
  });
}

const WORDS: Readonly<Record<Check['outcome'], MessageKey>> = {
  new: 'checks.new',
  changed: 'checks.changed',
  unchanged: 'checks.unchanged',
  'not-modified': 'checks.notModified',
  failed: 'checks.failedOne',
};

/** Where they are of several source documents, each row says which. */
function checksTable(page: PageContext, checks: readonly Check[], collection: string, caption: string): Html {
  const { t } = page;
  const [location, ...others] = new Set(checks.map((check) => check.location));
  const isOfSeveral = others.length > 0;
  return html`${isOfSeveral || location === undefined ? '' : html`<p class="muted"><bdi class="location">${location}</bdi></p>`}
<div class="table" role="region" tabindex="0" aria-label="${caption}"><table class="checks">
<caption class="visually-hidden">${caption}</caption>
<thead><tr><th scope="col">${t('checks.date')}</th><th scope="col">${t('checks.outcome')}</th>${isOfSeveral ? html`<th scope="col">${t('version.location')}</th>` : ''}</tr></thead>
<tbody>${checks.map((check) => row(page, check, collection, isOfSeveral))}</tbody>
</table></div>`;
}

function row(page: PageContext, check: Check, collection: string, isOfSeveral: boolean): Html {
  const { t, to, format } = page;
  const { date, outcome, failure, snapshotId, location } = check;
  const words =
    failure === null
      ? html`${t(WORDS[outcome])}${snapshotId === null ? '' : html` <a href="${to.snapshot(collection, snapshotId)}">${t('checks.snapshot')}</a>`}`
      : html`<span class="is-alert">⚠ ${t('checks.failedOne')}</span>: ${failureReason(page, failure.stage, failure.reason) ?? failure.reason}<br><span class="muted" lang="en" dir="auto">${failure.message}</span>`;
  return html`<tr data-fetched="${date}"><th scope="row"><time datetime="${date}">${format.moment(date)}</time></th><td>${words}</td>${isOfSeveral ? html`<td><bdi class="location">${location}</bdi></td>` : ''}</tr>
`;
}
