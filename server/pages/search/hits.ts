import { html } from 'hono/html';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import type { SearchHit } from '../../api/contract.ts';
import { ofSameTerms } from '../../api/same-terms-version.ts';
import { lifeSentence } from '../clause/clause-life.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { termsTypeWords } from '../parts/terms-type.ts';

/** Below, a paragraph contains a passage; from here on, it says nearly the same. */
const NEARLY_SAME = 0.6;

/**
 * Paragraphs that were found, each with the time in which it stood. Several wordings of one clause are shown as one, in
 * the place of the first.
 */
export function hitList(page: PageContext, hits: readonly SearchHit[], match: 'words' | 'passage'): Html {
  const byClause = Map.groupBy(hits, ({ collection, clauseId }) => `${collection} ${clauseId}`);
  return html`<ol class="hits${match === 'passage' ? ' are-alike' : ''}">
${[...byClause.values()].map(([first, ...others]) => (first ? hit(page, first, others.length, match) : ''))}
</ol>`;
}

function hit(page: PageContext, found: SearchHit, others: number, match: 'words' | 'passage'): Html {
  const { t, to, deps } = page;
  const { collection, clauseId, serviceName, termsType, heading, excerpt, life } = found;
  const clause = to.clause(collection, clauseId);
  const version = versionOf(page, found);
  const language = languageOf(page, found, version);
  const isSeveral = deps.collections.all().length > 1;
  return html`<li class="hit" data-fetched="${life.disappeared?.by ?? life.appeared.by}">
<h3><a href="${clause}"><bdi>${serviceName}</bdi> · ${termsTypeWords(page, termsType)}</a>${isSeveral ? html` <small class="muted">${deps.collections.get(collection)?.name ?? collection}</small>` : ''}</h3>
${heading === null ? '' : html`<p class="hit-heading" lang="${language}" dir="auto">${heading}</p>`}
<blockquote lang="${language}" dir="auto">${excerpt.map(({ text, isMatch }) => (isMatch ? html`<mark>${text}</mark>` : text))}</blockquote>
<p class="hit-facts"><span class="hit-life ${life.disappeared === null ? 'is-in-force' : 'is-removed'}">${lifeSentence(page, found, life)}</span>${
    match === 'passage' ? html` <span>${alike(page, found.score)}</span>` : ''
  } ${version ? versionLink(page, collection, version) : ''}${
    others > 0 ? html` <a href="${clause}">${t('search.otherWordings', { count: others })}</a>` : ''
  }</p>
</li>
`;
}

const alike = ({ t, format }: PageContext, score: number): string =>
  score >= NEARLY_SAME
    ? t('search.alike', { share: format.percent(Math.floor(score * 100) / 100) })
    : t('search.contains');

/** The version that brought the wording; it may be known under another name of the service. */
function versionOf({ deps }: PageContext, { collection, life, serviceId, termsType }: SearchHit) {
  const reader = deps.collections.get(collection)?.index();
  return reader && ofSameTerms(reader, life.appeared.versionId, { serviceId, termsType });
}

/** Of a first record, which is no change and so not judged, the language of the latest one. */
function languageOf(
  { deps }: PageContext,
  { collection, serviceId, termsType }: SearchHit,
  version?: IndexedVersion,
): string {
  const latest = (): IndexedVersion | undefined =>
    deps.collections.get(collection)?.index().latestVersion(serviceId, termsType);
  return version?.analysis?.language ?? latest()?.analysis?.language ?? '';
}

function versionLink(
  { t, to, format }: PageContext,
  collection: string,
  { id, serviceId, termsType, fetchDate }: IndexedVersion,
): Html {
  return html`<a href="${to.version({ collection, id, serviceId, termsType })}">${t('search.version', { date: format.briefDay(fetchDate) })}</a>`;
}
