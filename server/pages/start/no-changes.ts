import { html } from 'hono/html';
import type { ServedCollections } from '../../../archive/collections/served-collection.ts';
import type { AskedChanges } from '../changes/asked-changes.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { emptyState } from '../parts/empty-state.ts';
import { listedServices } from '../services/listed-service.ts';

const MOST_SUGGESTIONS = 6;

/** In the place of a list in which nothing matches: what to do about it. */
export function noChanges(page: PageContext, { filter, values }: AskedChanges): Html {
  const { t, to } = page;
  if (Object.keys(values).length === 0) {
    return emptyState({
      what: t('start.empty'),
      next: html`<a href="${to.start({ show: 'everything' })}">${t('start.showEverything')}</a> · <a href="${to.services()}">${t('services.all')}</a>`,
    });
  }
  const isAlerts = filter.show === 'alerts';
  return emptyState({
    what: t(isAlerts ? 'start.noAlerts' : 'start.none'),
    next: html`${meant(page, values.service?.[0], (service) => to.start({ ...values, service }))}${
      isAlerts ? html`<a href="${to.start({ ...values, show: 'everything' })}">${t('start.showEverything')}</a> · ` : ''
    }<a href="${to.start()}">${t('filter.clear')}</a>`,
  });
}

const servicesNamed = (collections: ServedCollections, name: string) =>
  listedServices(collections, { name }).services.map(({ service }) => service);

/**
 * The one id of the services that are called so, in small or capital letters; undefined where that is what was typed, or
 * where no service or several are.
 */
export function idOfName(collections: ServedCollections, name: string): string | undefined {
  const typed = name.trim().toLowerCase();
  const called = servicesNamed(collections, name.trim()).filter((service) =>
    [service.id, service.name].some((one) => one.toLowerCase() === typed),
  );
  const [id, ...others] = new Set(called.map((service) => service.id));
  return others.length > 0 || id === name ? undefined : id;
}

/** Services are asked for by their ids; who typed a part of a name, or small letters, is led to those that have it. */
function meant(page: PageContext, name: string | undefined, link: (service: string) => string): Html | '' {
  if (name === undefined) return '';
  const { t, to, deps } = page;
  const ids = servicesNamed(deps.collections, name).map(({ id }) => id);
  if (ids.includes(name)) return '';
  const found = [...new Set(ids)].slice(0, MOST_SUGGESTIONS);
  return html`${found.length === 0 ? '' : html`${t('start.didYouMean')} ${found.map((id) => html`<a href="${link(id)}"><bdi>${id}</bdi></a> · `)}`}<a href="${to.services({ name })}">${t('start.findService')}</a> · `;
}
