import { html } from 'hono/html';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import { knownServices } from '../../api/answers/service.ts';
import type { Service, Terms } from '../../api/contract.ts';
import { findCollection, findTerms, notFound, quoted } from '../../api/find.ts';
import type { QueryValues } from '../addresses.ts';
import { answerPage } from '../answer-page.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import type { AddPage } from '../pages.ts';
import { crumbs } from '../parts/crumbs.ts';
import { termsTypeWords } from '../parts/terms-type.ts';
import { standingOf, trackingState } from '../parts/tracking-state.ts';
import { lastVersionOf } from '../record-end.ts';
import { readAsked } from '../terms/asked.ts';
import { changesSection, total } from '../terms/changes-section.ts';
import { lastAlert } from '../terms/last-alert.ts';
import { monthsOf } from '../terms/months.ts';
import { recordedText } from '../terms/recorded-text.ts';
import { termsTimeline } from '../terms/terms-timeline.ts';

/** A service: its terms and how each is tracked, when they changed, and what changed. */
export function addServicePage(add: AddPage): void {
  add('/:collection/services/:service', (page) => {
    const { t, to, format, deps, c } = page;
    const { collection: id = '', service: serviceId = '' } = c.req.param();
    const collection = findCollection(deps.collections, id);
    const reader = collection.index();
    const service = knownServices(collection).get(serviceId);
    if (!service) {
      throw notFound(`“${collection.id}” has no service ${quoted(serviceId)}.`, 'Ids are case-sensitive.', {
        kind: 'service',
        collection: collection.id,
        name: serviceId,
      });
    }
    const asked = readAsked(page, { collection: collection.id, serviceId });
    const counted = { collection, reader, serviceId };
    const months = monthsOf(counted);
    const here = (query: QueryValues): string => to.service(collection.id, serviceId, query);
    const changes = changesSection(page, counted, asked, months, here);
    const last = lastAlert(page, counted);
    const versions = service.terms.reduce((sum, terms) => sum + terms.versions, 0);
    return answerPage(
      page,
      {
        title: service.name,
        description: t('service.description', {
          service: service.name,
          types: service.terms.map(({ termsType }) => format.termsType(termsType)).join(', '),
        }),
        kind: 'service',
        isUnlisted: c.req.url.includes('?'),
        alternates: changes.alternates,
      },
      html`${crumbs(page, [
        { name: collection.name, href: to.collection(collection.id) },
        { name: t('nav.services'), href: to.services({ collection: collection.id }) },
      ])}
<h1><bdi>${service.name}</bdi></h1>
<ul class="counts"><li>${t('count.terms', { count: service.terms.length })}</li><li>${t('count.versions', { count: versions })}</li><li>${t('count.alerts', { count: total(months, 'told') })}</li>${service.isDeclared ? '' : html`<li>${t('tracking.notDeclared')}</li>`}</ul>
${mirrored(page, collection)}
${termsRows(page, collection, service)}
${last === '' ? '' : html`<ul class="inline ways no-print">${last}</ul>`}
${termsTimeline(page, months, asked, here)}
${changes.html}
${elsewhere(page, collection, service)}`,
      { caching: changes.isIncomplete ? 'incomplete' : 'short' },
    );
  });
}

/** Of a mirror, once for all terms: until when they are recorded, and what is not known here. */
function mirrored({ t, format, now }: PageContext, collection: ServedCollection): Html | '' {
  const end = collection.kind === 'mirrored' ? lastVersionOf(collection, now) : undefined;
  return end ? html`<p class="muted">${t('service.mirrored', { date: format.day(end) })}</p>` : '';
}

/** Those that are tracked first, each with its state. */
function termsRows(page: PageContext, collection: ServedCollection, { id, name, terms }: Service): Html {
  const sorted = terms.toSorted((a, b) => Number(b.isDeclared) - Number(a.isDeclared));
  return html`<ul class="rows terms-of-service" aria-label="${page.t('service.terms', { service: name })}">
${sorted.map((one) => termsRow(page, collection, id, one))}</ul>`;
}

function termsRow(page: PageContext, collection: ServedCollection, service: string, terms: Terms): Html {
  const { to, deps, format, t } = page;
  const { termsType, latestDate, latestVersionId, firstDate, versions } = terms;
  const found = findTerms(deps.collections, { collection: collection.id, service, termsType });
  const tracking = standingOf(page.now, found);
  const records =
    latestDate === null || latestVersionId === null || firstDate === null
      ? t('service.nothing')
      : html`<a href="${to.version({ ...terms, id: latestVersionId })}">${t('services.latest', { date: format.day(latestDate) })}</a><br>${t('count.versions', { count: versions })} ${t('terms.since', { date: format.day(firstDate) })}`;
  return html`<li><p class="row-name"><a href="${to.terms(terms)}">${termsTypeWords(page, termsType)}</a></p>
<p>${trackingState(page, { ...tracking, isMirrorSaid: collection.kind === 'mirrored' })}</p>
<p class="muted">${records}</p>
${recordedText(page, found)}</li>
`;
}

/** Named lists that the service is in, and services of the same id or name in other collections. */
function elsewhere(page: PageContext, collection: ServedCollection, { id, name }: Service): Html | '' {
  const { t, to, deps } = page;
  const lists = deps.collections
    .lists()
    .filter(({ members }) => members.some((one) => one.collection === collection.id && one.serviceId === id));
  const others = deps.collections.all().flatMap((other) =>
    other.id === collection.id
      ? []
      : other
          .services()
          .filter((one) => one.id === id || one.name === name)
          .map((one) => ({ other, one })),
  );
  if (lists.length + others.length === 0) return '';
  return html`<section><h2>${t('service.elsewhere')}</h2><ul>
${others.map(({ other, one }) => html`<li>${t('service.alsoIn')} <a href="${to.service(other.id, one.id)}"><bdi>${one.name}</bdi></a> <span class="muted"><bdi>${other.name}</bdi></span></li>`)}
${lists.map((list) => html`<li>${t('service.inList')} <a href="${to.list(list.id)}"><bdi>${list.name}</bdi></a></li>`)}
</ul></section>`;
}
