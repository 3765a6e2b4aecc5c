import { html } from 'hono/html';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';

/** “1,204 services · 3,410 terms · 58,220 versions · since 2012”, of all collections that can answer just now; nothing where nothing is recorded. */
export function servedCounts({ t, to, format, deps }: PageContext): Html | '' {
  const states = deps.collections.all().flatMap((collection) => {
    try {
      const reader = collection.index();
      const [first] = reader.versions({}, { limit: 1, before: 2 });
      return [{ ...reader.state(), first: first?.fetchDate }];
    } catch (error) {
      if (error instanceof IndexUnavailableError) return [];
      throw error;
    }
  });
  const sum = (name: 'services' | 'terms' | 'versions'): number =>
    states.reduce((total, state) => total + state[name], 0);
  if (sum('versions') === 0) return '';
  const dates = states.flatMap(({ first }) => first?.getTime() ?? []);
  return html`<ul class="counts"><li><a href="${to.services()}">${t('count.services', { count: sum('services') })}</a></li><li>${t('count.terms', { count: sum('terms') })}</li><li>${t('count.versions', { count: sum('versions') })}</li>${
    dates.length > 0
      ? html`<li>${t('start.since', { year: format.year(new Date(Math.min(...dates)).getUTCFullYear()) })}</li>`
      : ''
  }</ul>`;
}
