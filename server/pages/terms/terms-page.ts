import { html } from 'hono/html';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import { type FoundTerms, findTerms } from '../../api/find.ts';
import { serviceName } from '../../api/service-name.ts';
import type { QueryValues, TermsAddress } from '../addresses.ts';
import { answerPage } from '../answer-page.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import type { AddPage } from '../pages.ts';
import { crumbs } from '../parts/crumbs.ts';
import { termsTypeWithKey } from '../parts/terms-type.ts';
import type { TimelineMonth } from '../parts/timeline-facts.ts';
import { type Standing, standingOf, trackingState, trackingWords } from '../parts/tracking-state.ts';
import { asOfDate } from '../version/as-of-date.ts';
import { readAsked } from './asked.ts';
import { changesSection, total } from './changes-section.ts';
import { declarations } from './declarations.ts';
import { lastAlert } from './last-alert.ts';
import { monthsOf } from './months.ts';
import { recordedText } from './recorded-text.ts';
import { sameTermsElsewhere } from './same-terms.ts';
import { termsTimeline } from './terms-timeline.ts';
import { trackingProof } from './tracking-proof.ts';

/** Terms: how they are tracked, when they changed, and what changed. */
export function addTermsPage(add: AddPage): void {
  add('/:collection/services/:service/:type', (page) => {
    const { t, to, format, deps, c } = page;
    const { collection: id = '', service = '', type = '' } = c.req.param();
    const found = findTerms(deps.collections, { collection: id, service, termsType: type });
    const { collection, serviceId, termsType } = found;
    const address = { collection: collection.id, serviceId, termsType };
    const asked = readAsked(page, address);
    const months = monthsOf(found);
    const name = serviceName(collection, serviceId);
    const here = (query: QueryValues): string => to.terms(address, query);
    const changes = changesSection(page, found, asked, months, here);
    const tracking = standingOf(page.now, found);
    const facts = { service: name, type: format.termsType(termsType) };
    return answerPage(
      page,
      {
        title: t('terms.title', facts),
        description: t('terms.description', { ...facts, state: trackingWords(page, tracking) }),
        kind: 'terms',
        isUnlisted: c.req.url.includes('?'),
        alternates: changes.alternates,
      },
      html`${crumbs(page, [
        { name: collection.name, href: to.collection(collection.id) },
        { name, href: to.service(collection.id, serviceId) },
      ])}
<h1><bdi>${name}</bdi> · ${termsTypeWithKey(page, termsType)}</h1>
${head(page, found, tracking, months)}
${tools(page, found, address)}
${termsTimeline(page, months, asked, here)}
${changes.html}
${trackingProof(page, found, tracking, months)}
${declarations(page, found)}
${sameTermsElsewhere(page, found)}`,
      { caching: changes.isIncomplete ? 'incomplete' : 'short' },
    );
  });
}

/** “checked 2 hours ago, unchanged since 3 May 2024 · 41 versions · 9 alerts” */
const head = (page: PageContext, found: FoundTerms, tracking: Standing, months: readonly TimelineMonth[]): Html => {
  const { t, format } = page;
  const { recorded } = found;
  return html`<p class="standing">${trackingState(page, tracking)}</p>
${recordedText(page, found)}
<ul class="counts"><li>${t('count.versions', { count: recorded?.versions ?? 0 })}</li><li>${t('count.alerts', { count: total(months, 'told') })}</li>${recorded?.firstDate ? html`<li>${t('terms.since', { date: format.day(recorded.firstDate) })}</li>` : ''}</ul>`;
};

/** The ways to read: the latest text, what changed last, a day, two days. */
function tools(page: PageContext, found: FoundTerms, address: TermsAddress): Html | '' {
  const { t, to } = page;
  const { reader, serviceId, termsType } = found;
  const latest = reader.latestVersion(serviceId, termsType);
  const first = reader.firstVersion(serviceId, termsType);
  if (!latest || !first) return '';
  return html`<ul class="inline ways no-print">
<li><a class="button" href="${to.version({ ...address, id: latest.id })}">${t('terms.readLatest')}</a></li>
${lastAlert(page, found)}
</ul>
<div class="days no-print">
${asOfDate(page, address, latest.fetchDate)}
${first.id === latest.id ? '' : twoDays(page, address, first, latest)}
</div>`;
}

const twoDays = (
  { t, to, now }: PageContext,
  address: TermsAddress,
  first: IndexedVersion,
  latest: IndexedVersion,
): Html =>
  html`<form class="as-of" action="${to.redlineBetween(address)}">
<label>${t('terms.compare')} <input type="date" name="from" required value="${dayOf(first.fetchDate)}" max="${dayOf(now)}"></label>
<label>→ <span class="visually-hidden">${t('terms.compareWith')}</span><input type="date" name="to" required value="${dayOf(latest.fetchDate)}" max="${dayOf(now)}"></label>
<button>${t('redline.compare')}</button>
</form>`;

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
