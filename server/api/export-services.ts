import type { Context } from 'hono';
import type { Page, Service, Terms } from './contract.ts';
import { answerRows, type Columns } from './export-rows.ts';
import { refuseUnavailable } from './refuse-unavailable.ts';

/** A row of the table: one for each service's terms. A service without any has none. */
interface TermsOfService {
  readonly service: Service;
  readonly terms: Terms;
}

const COLUMNS: Columns<TermsOfService> = {
  collection: ({ service }) => service.collection,
  service: ({ service }) => service.id,
  serviceName: ({ service }) => service.name,
  termsType: ({ terms }) => terms.termsType,
  isDeclared: ({ terms }) => terms.isDeclared,
  locations: ({ terms }) => terms.locations.join(' '),
  versions: ({ terms }) => terms.versions,
  technicalUpgrades: ({ terms }) => terms.technicalUpgrades,
  firstDate: ({ terms }) => terms.firstDate,
  latestDate: ({ terms }) => terms.latestDate,
  latestVersionId: ({ terms }) => terms.latestVersionId,
};

/** Services as a file: JSON Lines as the list has them, a table with a row for each terms. @throws ApiError of code `index-unavailable` where a collection is missing: it would look complete */
export function exportServices(c: Context, format: 'csv' | 'jsonl', { data, unavailable }: Page<Service>): Response {
  refuseUnavailable(unavailable);
  if (format === 'jsonl') return answerRows<Service>(c, format, 'services', {}, [data].values());
  const rows = data.flatMap((service) => service.terms.map((terms) => ({ service, terms })));
  return answerRows(c, format, 'services', COLUMNS, [rows].values());
}
