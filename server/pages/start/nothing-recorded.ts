import { html } from 'hono/html';
import type { ServedCollection, ServedCollections } from '../../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';

/** Services of one collection that are named. */
const MOST_NAMED = 24;

/** Whether no collection has any version. Of one that cannot answer just now that is not known. */
export function isNothingRecorded(collections: ServedCollections): boolean {
  try {
    return collections.all().every((collection) => collection.index().state().versions === 0);
  } catch (error) {
    if (error instanceof IndexUnavailableError) return false;
    throw error;
  }
}

/** In the place of lists and filters over nothing: what will be recorded, by what, and what there is to see until then. */
export function nothingRecorded(page: PageContext): Html {
  const { t, to, deps } = page;
  return html`<h2>${t('start.nothingYet')}</h2>
<p class="nothing-recorded">${t('start.nothingYetWhat')}</p>
${deps.collections.all().map((collection) => awaited(page, collection))}
<h3>${t('start.meanwhile')}</h3>
<ul>
<li><a href="${to.health()}">${t('start.stateOfTracking')}</a></li>
<li><a href="${to.about()}">${t('start.howItWorks')}</a></li>
<li><a href="${to.outside('/feeds')}">${t('start.followNow')}</a></li>
</ul>`;
}

function awaited({ t, to }: PageContext, collection: ServedCollection): Html {
  const { id, name, kind } = collection;
  const services = collection.services();
  const terms = services.reduce((sum, service) => sum + service.terms.length, 0);
  const next = t(kind === 'tracked' ? 'start.recordFirst' : 'start.fetchFirst');
  return html`<h3><a href="${to.collection(id)}"><bdi>${name}</bdi></a></h3>
<p class="nothing-recorded">${
    services.length > 0
      ? html`${t('start.declared', { services: services.length, terms })} ${next}`
      : t(kind === 'tracked' ? 'start.declareFirst' : 'start.fetchFirst')
  }</p>
${
  services.length === 0
    ? ''
    : html`<ul class="inline nothing-recorded">${services
        .toSorted((one, other) => one.name.localeCompare(other.name))
        .slice(0, MOST_NAMED)
        .map(
          (service) => html`<li><a href="${to.service(id, service.id)}"><bdi>${service.name}</bdi></a></li>
`,
        )}${services.length > MOST_NAMED ? html`<li><a href="${to.services({ collection: id })}">${t('services.all')}</a></li>` : ''}</ul>`
}
`;
}
