import { html } from 'hono/html';
import { listChanges } from '../../api/list-changes.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import type { CountedTerms } from './months.ts';

/** Leads to the redline of what people were told of last, whatever the filters of the page; nothing where that is nothing. */
export function lastAlert(page: PageContext, { collection, serviceId, termsType }: CountedTerms): Html | '' {
  const { t, to, deps, format } = page;
  const [last] = listChanges(
    deps.collections,
    {
      collections: [collection.id],
      services: [serviceId],
      termsTypes: termsType === undefined ? undefined : [termsType],
      show: 'alerts',
    },
    { limit: 1 },
  ).changes;
  if (!last?.previous) return '';
  const { version, previous } = last;
  const address = { collection: collection.id, serviceId, termsType: version.termsType };
  const redline = to.redline({ ...address, id: previous.id }, { ...address, id: version.id });
  return html`<li><a class="button" href="${redline}">${t('terms.lastAlert', { date: format.day(version.fetchDate) })}</a></li>`;
}
