import { html } from 'hono/html';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';
import { toCollection } from '../../api/answers/collection.ts';
import { findCollection } from '../../api/find.ts';
import { unjudgedAmong } from '../../api/incomplete-analysis.ts';
import { type ChangesPart, listChanges } from '../../api/list-changes.ts';
import { toUnavailable } from '../../api/tell-unavailable.ts';
import { answerPage } from '../answer-page.ts';
import type { Html } from '../frame.ts';
import { healthOf } from '../health/collection-state.ts';
import { countsOf, readCoverage } from '../health/coverage-words.ts';
import type { RecordedCoverage } from '../health/recorded-coverage.ts';
import { termsText } from '../markdown/terms-text.ts';
import type { PageContext } from '../page-context.ts';
import type { AddPage } from '../pages.ts';
import { changeLines } from '../parts/change-line.ts';
import { emptyState } from '../parts/empty-state.ts';
import { exportsOfChanges } from '../parts/exports.ts';
import { licenceName } from '../parts/licence.ts';
import { listNotices } from '../parts/list-notices.ts';
import { outsideLink } from '../parts/outside-link.ts';
import { recordEnds } from '../parts/record-ends.ts';
import { sinceLastVisit } from '../parts/since-last-visit.ts';
import { collectionFacts, contributing } from './collection-facts.ts';
import { type OwnWords, ownWords } from './own-words.ts';

const LATEST = 8;

/** A collection: what it is, what changed last, its services and how they stand, its feeds, how to take part. */
export function addCollectionPage(add: AddPage): void {
  add('/:collection', async (page) => {
    const { t, to, deps, c } = page;
    const served = findCollection(deps.collections, c.req.param('collection') ?? '');
    const collection = toCollection(served, to.outside(''));
    const words = ownWords(collection.metadata, page.language);
    const name = words.name ?? collection.name;
    const incomplete = unjudgedAmong([served]);
    const coverage = readCoverage(page, served);
    const latest = latestChanges(page, served.id);
    const alternates = exportsOfChanges(page, { collection: collection.id });
    return answerPage(
      page,
      { title: name, description: words.tagline ?? t('collection.what', { name }), kind: 'collection', alternates },
      html`<h1><bdi>${name}</bdi></h1>
${words.tagline ? html`<p class="lead" dir="auto" lang="${words.taglineLanguage ?? ''}">${words.tagline}</p>` : ''}
${counts(page, coverage)}
${listNotices(page, { unavailable: 'unavailable' in latest ? latest.unavailable : [], incomplete })}
${await description(page, words)}
<h2>${t('collection.latest')}</h2>
${recordEnds(page, [served])}
${
  'changes' in latest && latest.changes.length > 0
    ? html`${sinceLastVisit(page)}${changeLines(page, latest.changes)}<p><a href="${to.start({ collection: collection.id })}">${t('collection.allChanges')}</a></p>`
    : emptyState({
        what: t('collection.noChanges'),
        next: html`<a href="${to.start({ collection: collection.id, show: 'everything' })}">${t('collection.everything')}</a>`,
      })
}
<h2>${t('nav.services')}</h2>
<p>${coverage ? countsOf(page, coverage) : ''} <a href="${to.services({ collection: collection.id })}">${t('services.all')}</a></p>
${healthOf(page, served)}
<h2>${t('collection.about')}</h2>
${collectionFacts(page, collection, words)}
<h2>${t('collection.take')}</h2>
<ul>${alternates.map(({ href, title }) => html`<li><a href="${href}">${title}</a></li>`)}
<li><a href="${to.api.collectionDocs(collection.id)}">${t('collection.otaApi')}</a></li>
${collection.metadata?.dataset ? html`<li>${outsideLink(collection.metadata.dataset, t('collection.dataset'))}</li>` : ''}</ul>
<h2>${t('collection.contribute')}</h2>
${contributing(page, collection, licenceName(await served.licence()))}`,
      { caching: 'changes' in latest && incomplete.length === 0 ? 'short' : 'incomplete' },
    );
  });
}

type Latest = Pick<ChangesPart, 'changes'> | Pick<ChangesPart, 'unavailable'>;

/** Without an index there is still all the rest to tell. */
function latestChanges({ deps }: PageContext, id: string): Latest {
  try {
    return listChanges(deps.collections, { collections: [id], show: 'alerts' }, { limit: LATEST });
  } catch (error) {
    const collection = deps.collections.get(id);
    if (!(error instanceof IndexUnavailableError) || !collection) throw error;
    return { unavailable: [toUnavailable(collection, error)] };
  }
}

/** What is recorded: the same numbers as on the start. */
const counts = ({ t }: PageContext, coverage: RecordedCoverage | undefined): Html | '' =>
  coverage === undefined
    ? ''
    : html`<ul class="counts"><li>${t('count.services', { count: coverage.recorded.services })}</li><li>${t('count.terms', { count: coverage.recorded.terms })}</li><li>${t('count.versions', { count: coverage.recorded.versions })}</li></ul>`;

/** In the collection's own words, which are anybody's: read as archived text is. */
async function description({ t, language }: PageContext, words: OwnWords): Promise<Html | ''> {
  if (words.description === undefined) return '';
  const inserted = { language, picture: t('version.picture'), table: t('version.table') };
  const { html: text } = await termsText(words.description, inserted);
  return html`<div class="text" dir="auto"${words.language ? html` lang="${words.language}"` : ''}>${text}</div>`;
}
