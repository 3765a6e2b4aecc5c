import { html } from 'hono/html';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import { toCoverage } from '../../api/answers/coverage.ts';
import { type CollectionHealth, collectionHealth, type HealthContext } from '../../health/collection-health.ts';
import { answerPage } from '../answer-page.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import type { AddPage } from '../pages.ts';
import { emptyState } from '../parts/empty-state.ts';
import { sinceLastVisit } from '../parts/since-last-visit.ts';
import { failingByReason, healthOf, sectionId } from './collection-state.ts';
import { coverageWords } from './coverage-words.ts';

/** How tracking, mirrors and indexes stand, for people; `/health` is the same for machines. */
export function addHealthPage(add: AddPage, context: Omit<HealthContext, 'now'>): void {
  add('/health', (page) => {
    const { t, deps, to } = page;
    const collections = deps.collections.all();
    return answerPage(
      page,
      { title: t('health.title'), description: t('health.what'), kind: 'health' },
      html`<h1>${t('health.title')}</h1>
<p class="lead">${t('health.what')}</p>
${
  collections.length === 0
    ? emptyState({ what: t('health.none') })
    : html`${sinceLastVisit(page)}${collections.map((collection) => collectionPart(page, collection, context))}`
}
<p class="muted health-machines">${t('health.machines')} <a href="${to.outside('/health')}"><code>/health</code></a></p>`,
      { caching: 'incomplete' },
    );
  });
}

function collectionPart(page: PageContext, collection: ServedCollection, context: Omit<HealthContext, 'now'>): Html {
  const { t, to, now, deps } = page;
  const title = html`<h2 id="${sectionId(collection)}"><a href="${to.collection(collection.id)}"><bdi>${collection.name}</bdi></a></h2>`;
  try {
    const coverage = toCoverage(collection);
    const health = collectionHealth(collection, { ...context, now });
    return html`<section aria-labelledby="${sectionId(collection)}">${title}
<ul>
${[indexWords(page, health), ...runWords(page, health), ...mirrorWords(page, health)].map((words) => html`<li>${words}</li>`)}
</ul>
${healthOf(page, collection)}
${coverageWords(page, collection, coverage.areChecksKnown)}
${failingByReason(page, collection, coverage)}
</section>`;
  } catch (error) {
    // One ledger that cannot be read must not hide how the others stand.
    deps.log.error({ err: error, collection: collection.id }, 'the state of a collection could not be shown');
    return html`<section aria-labelledby="${sectionId(collection)}">${title}<p class="is-alert">${t('health.unreadable')}</p></section>`;
  }
}

function indexWords(page: PageContext, { index }: CollectionHealth): Html {
  const { t, format, now } = page;
  const { activity, message, updatedAt, versionsWithoutAnalysis, versionsWithoutText, isJudgedAnew } = index;
  if (activity === 'failed')
    return html`<span class="is-alert">${t('health.indexFailed')}</span> <span class="muted" lang="en">${message ?? ''}</span>`;
  const parts = [
    ...(activity === 'building' ? [t('health.indexBuilding')] : []),
    ...(updatedAt === null ? [t('health.indexNone')] : [t('health.indexUpdated', { ago: format.ago(updatedAt, now) })]),
    ...(versionsWithoutAnalysis ? [t('health.unjudged', { count: versionsWithoutAnalysis })] : []),
    ...(versionsWithoutText ? [t('health.unsearchable', { count: versionsWithoutText })] : []),
    ...(isJudgedAnew ? [t('health.judgedAnew')] : []),
  ];
  return html`${parts.join(' ')}`;
}

function runWords({ t, format, now }: PageContext, { kind, lastRun, nextRun, isOverdue }: CollectionHealth): Html[] {
  if (kind === 'mirrored') return isOverdue ? [html`<span class="is-alert">${t('health.fetchOverdue')}</span>`] : [];
  const last =
    lastRun === null
      ? t('health.noRun')
      : t(`health.run.${lastRun.status}`, {
          date: format.moment(lastRun.startedAt),
          ago: format.ago(lastRun.startedAt, now),
        });
  return [
    html`${last}`,
    ...(nextRun === null ? [] : [html`${t('health.nextRun', { date: format.moment(nextRun) })}`]),
    ...(isOverdue ? [html`<span class="is-alert">${t('health.runOverdue')}</span>`] : []),
  ];
}

function mirrorWords({ t, format, now }: PageContext, { mirror, nextRun }: CollectionHealth): Html[] {
  if (mirror === null) return [];
  const { lastFetch, fetches, failures, lastError } = mirror;
  return [
    html`${lastFetch === null ? t('health.notFetched') : t('health.fetched', { ago: format.ago(lastFetch, now) })} ${t('health.fetches', { fetches, failures })}`,
    ...(nextRun === null ? [] : [html`${t('health.nextFetch', { date: format.moment(nextRun) })}`]),
    ...(lastError === null
      ? []
      : [
          html`<span class="is-alert">${t('health.fetchFailed')}</span> <span class="muted" lang="en">${lastError}</span>`,
        ]),
  ];
}
