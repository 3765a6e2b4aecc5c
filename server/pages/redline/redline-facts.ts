import { html } from 'hono/html';
import { toAnalysis } from '../../api/answers/analysis.ts';
import { toVersion } from '../../api/answers/version.ts';
import type { Redline } from '../../api/contract.ts';
import type { Html } from '../frame.ts';
import { absolute, type PageContext } from '../page-context.ts';
import { classMark } from '../parts/class-mark.ts';
import { crumbs } from '../parts/crumbs.ts';
import { outsideLink } from '../parts/outside-link.ts';
import { termsTypeWords } from '../parts/terms-type.ts';
import { topicLinks } from '../parts/topics.ts';
import { versionView } from '../version/version-view.ts';
import type { Compared, ComparedVersion } from './compared.ts';

/** What is compared, in plain text. */
export function titleOf({ t, format }: PageContext, { before, after, isSameTerms }: Compared): string {
  const names = ({ serviceName, address }: ComparedVersion): string =>
    `${serviceName} · ${format.termsType(address.termsType)}`;
  const from = format.day(before.version.fetchDate);
  const to = format.day(after.version.fetchDate);
  return isSameTerms
    ? t('redline.title', { terms: names(after), from, to })
    : t('redline.titleOfTwo', { terms: names(before), from, other: names(after), to });
}

/** The head of a redline: what it compares, with both dates, both records and where they are from, as it is printed too. */
export function redlineFacts(page: PageContext, compared: Compared, redline: Redline): Html {
  const { t, format, to } = page;
  const { before, after, isSameTerms } = compared;
  const { serviceId, termsType, collection } = after.address;
  return html`${crumbs(page, [
    { name: after.collection.name, href: to.collection(collection) },
    { name: after.serviceName, href: to.service(collection, serviceId) },
    { name: format.termsType(termsType), href: to.terms(after.address) },
  ])}
<h1 class="redline-title">${
    isSameTerms
      ? html`${format.day(before.version.fetchDate)} → ${format.day(after.version.fetchDate)}`
      : html`<bdi>${before.serviceName}</bdi> → <bdi>${after.serviceName}</bdi>`
  } <small>${isSameTerms ? html`<bdi>${after.serviceName}</bdi> · ${termsTypeWords(page, termsType)}` : termsTypeWords(page, termsType)}</small></h1>
<p class="redline-judged">${judgement(page, compared)} <span>${t('words.spoken', { added: redline.wordsInserted, removed: redline.wordsDeleted })}</span></p>
<dl class="redline-records">
${recordOf(page, before, t('redline.before'), isSameTerms)}
${recordOf(page, after, t('redline.after'), isSameTerms)}
</dl>
<p class="for-print">${t('redline.printed', { date: format.day(page.now), address: absolute(page, page.c.req.path) })}</p>`;
}

/** Date, id and source of one side. */
function recordOf(
  page: PageContext,
  { version, address, collection, serviceName }: ComparedVersion,
  name: string,
  isSameTerms: boolean,
): Html {
  const { t, format, to } = page;
  const { locations, areLocationsDeclared } = versionView(collection, collection.index(), version);
  return html`<div><dt>${name}</dt>
<dd><a href="${to.version(address)}"><time datetime="${version.fetchDate.toISOString()}">${format.moment(version.fetchDate)}</time></a>${isSameTerms ? '' : html` <bdi>${serviceName}</bdi> · ${termsTypeWords(page, version.termsType)}`}</dd>
<dd>${t('redline.record')} <code>${version.id}</code>, ${collection.name}</dd>
${locations.length === 0 ? html`<dd>${t('redline.source')} ${t('version.sourceUnknown')}</dd>` : ''}
${locations.map((location) => html`<dd>${t(areLocationsDeclared ? 'redline.sourceDeclared' : 'redline.source')} ${outsideLink(location)}</dd>`)}
${version.isTechnicalUpgrade ? html`<dd class="muted">${t('redline.upgrade')}</dd>` : ''}
</div>`;
}

/** How the change was judged, where the two versions are one. */
function judgement(page: PageContext, { after: { collection, version, address }, isOneChange }: Compared): Html | '' {
  if (!isOneChange) return '';
  const { t, to } = page;
  const analysis = toAnalysis(collection, version, '');
  return html`${classMark(page, { ...toVersion(collection.id, version), analysis })} ${topicLinks(page, analysis?.topics ?? [])} <a class="muted" href="${to.analysis(address)}">${t('redline.why')}</a>`;
}
