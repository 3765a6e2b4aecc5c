import { html } from 'hono/html';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import type { ChangeAnalysis } from '../../api/contract.ts';
import type { VersionAddress } from '../addresses.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { mark } from '../parts/class-mark.ts';
import { stateWords } from '../parts/filter-words.ts';
import { topicLinks } from '../parts/topics.ts';

/** How a change was judged, fact by fact. @param undoneBy the later change that withdrew it */
export function judgementFacts(
  page: PageContext,
  version: VersionAddress,
  analysis: ChangeAnalysis,
  undoneBy: IndexedVersion | undefined,
): Html {
  const { t, format, to } = page;
  const { statedDates, overlay, undoes } = analysis;
  const changeOf = (id: string, date: Date | string): Html =>
    html`<a href="${to.analysis({ ...version, id })}">${t('analysis.changeOf', { date: format.day(date) })}</a>`;
  return html`<dl class="facts">
<dt>${t('analysis.alert')}</dt><dd>${t(analysis.alert ? 'analysis.isAlert' : 'analysis.isNoAlert')}</dd>
<dt>${t('analysis.class')}</dt><dd>${mark(page, analysis.class)}</dd>
<dt>${t('analysis.state')}</dt><dd>${stateWords(page, analysis.state)}</dd>
${overlay ? html`<dt>${t('analysis.later')}</dt><dd>${t(`overlay.${overlay.kind}`, { date: format.day(overlay.date) })}</dd>` : ''}
${undoneBy ? html`<dt>${t('analysis.undoneBy')}</dt><dd>${changeOf(undoneBy.id, undoneBy.fetchDate)}</dd>` : ''}
${undoes.length > 0 ? html`<dt>${t('analysis.undoes')}</dt><dd><ul>${undoes.map(({ versionId, fetchDate }) => html`<li>${changeOf(versionId, fetchDate)}</li>`)}</ul></dd>` : ''}
<dt>${t('analysis.significance')}</dt><dd>${t('analysis.significanceValue', { value: format.number(analysis.significance) })}</dd>
<dt>${t('analysis.topics')}</dt><dd>${topics(page, analysis)}</dd>
<dt>${t('analysis.words')}</dt><dd><span class="words-added">${t('words.added', { count: analysis.wordsAdded })}</span>, <span class="words-removed">${t('words.removed', { count: analysis.wordsRemoved })}</span></dd>
${analysis.language ? html`<dt>${t('analysis.language')}</dt><dd>${format.language(analysis.language)}</dd>` : ''}
${statedDates.length > 0 ? html`<dt>${t('analysis.dates')}</dt><dd><ul>${statedDates.map(({ date, kind }) => html`<li>${t(`change.${kind}`, { date: format.day(date) })}</li>`)}</ul></dd>` : ''}
</dl>`;
}

function topics(page: PageContext, { topics: found, language }: ChangeAnalysis): Html | string {
  const { t, format } = page;
  if (found === null) {
    return language === null
      ? t('analysis.topicsUnclear')
      : t('analysis.topicsUnavailable', { language: format.language(language) });
  }
  return found.length === 0 ? t('analysis.noTopics') : topicLinks(page, found);
}
