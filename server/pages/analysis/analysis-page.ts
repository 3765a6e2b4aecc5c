import { html } from 'hono/html';
import type { Reason } from '../../../archive/changes/analysis/reason.ts';
import { toAnalysis } from '../../api/answers/analysis.ts';
import { toVersion } from '../../api/answers/version.ts';
import { findCollection, findVersion } from '../../api/find.ts';
import { serviceName } from '../../api/service-name.ts';
import { undoneBy } from '../../api/undone-by.ts';
import { answerPage } from '../answer-page.ts';
import type { Html } from '../frame.ts';
import type { MessageKey } from '../messages.ts';
import type { PageContext } from '../page-context.ts';
import type { AddPage } from '../pages.ts';
import { classMark } from '../parts/class-mark.ts';
import { crumbs } from '../parts/crumbs.ts';
import { emptyState } from '../parts/empty-state.ts';
import { judgementReason } from '../parts/reasons.ts';
import { termsTypeWords } from '../parts/terms-type.ts';
import { judgementFacts } from './judgement-facts.ts';
import { verdict } from './verdict.ts';

/** Why a change was judged as it was: what it is, whether people are told, and the reasons of the rules. */
export function addAnalysisPage(add: AddPage): void {
  add('/:collection/services/:service/:type/versions/:version/analysis', (page) => {
    const { c, deps, to, t, format } = page;
    const names: Readonly<Record<string, string>> = c.req.param();
    const collection = findCollection(deps.collections, names.collection ?? '');
    const reader = collection.index();
    const { versionsWithoutAnalysis } = reader.state();
    const version = findVersion(collection, reader, names.version ?? '', { service: names.service, type: names.type });
    const address = { collection: collection.id, ...version };
    // An id from before a rewritten history.
    if (version.id !== names.version) return c.redirect(to.analysis(address), 302);
    const previous = reader.versionBefore(version);
    const analysis = toAnalysis(collection, version, to.outside('/api'));
    const name = serviceName(collection, version.serviceId);
    const json = to.api.analysis(address);
    return answerPage(
      page,
      {
        title: `${t('analysis.title')}: ${name}, ${format.termsType(version.termsType)}, ${format.day(version.fetchDate)}`,
        description: t('analysis.what'),
        kind: 'analysis',
        alternates: [{ href: json, title: t('analysis.json'), type: 'application/json' }],
      },
      html`${crumbs(page, [
        { name: collection.name, href: to.collection(collection.id) },
        { name, href: to.service(collection.id, version.serviceId) },
        { name: format.termsType(version.termsType), href: to.terms(address) },
        { name: format.day(version.fetchDate), href: to.version(address) },
      ])}
<h1>${t('analysis.title')}</h1>
<p class="analysis-of"><bdi>${name}</bdi> · ${termsTypeWords(page, version.termsType)} · <time datetime="${version.fetchDate.toISOString()}">${format.day(version.fetchDate)}</time> ${classMark(page, { ...toVersion(collection.id, version), analysis })}</p>
${analysis ? html`<p class="lead">${verdict(page, analysis, version.isTechnicalUpgrade)}</p>` : ''}
<p class="muted">${t('analysis.what')}</p>
<ul class="inline">
${previous ? html`<li><a href="${to.redline({ ...address, id: previous.id }, address)}">${t('analysis.redline')}</a></li>` : ''}
<li><a href="${to.version(address)}">${t('analysis.version')}</a></li>
<li><a href="${to.about()}">${t('analysis.rules')}</a></li>
<li><a href="${json}">${t('analysis.json')}</a></li>
</ul>
${
  analysis
    ? html`${judgementFacts(page, address, analysis, undoneBy(collection, version))}
${reasonsList(page, reader.reasons(version), version.analysis?.language)}`
    : emptyState({ what: t(unjudged(version.isFirstRecord, versionsWithoutAnalysis)) })
}`,
      // A later change may be among those that are not judged yet.
      { caching: versionsWithoutAnalysis > 0 ? 'incomplete' : 'short' },
    );
  });
}

const unjudged = (isFirstRecord: boolean, left: number): MessageKey => {
  if (isFirstRecord) return 'analysis.firstRecord';
  return left > 0 ? 'analysis.pending' : 'analysis.notComparable';
};

const reasonsList = (page: PageContext, reasons: readonly Reason[], textLanguage: string | undefined): Html =>
  html`<h2>${page.t('analysis.reasons')}</h2>
${
  reasons.length === 0
    ? html`<p>${page.t('analysis.noReasons')}</p>`
    : html`<ol class="reasons">${reasons.map((reason) => html`<li>${judgementReason(page, reason, textLanguage)}</li>\n`)}</ol>`
}`;
