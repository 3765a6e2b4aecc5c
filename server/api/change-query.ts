import type { z } from '@hono/zod-openapi';
import type { ChangeFilter } from './change-filter.ts';
import { moment, oneOf, text, texts } from './parameters.ts';

const APART = ['included', 'excluded', 'only'] as const;

/** Parameters that narrow records of one collection. */
export const RECORD_FILTERS = {
  service: texts('Id of a service.'),
  type: texts('Terms type.'),
  since: moment('Fetched at this moment or later.'),
  until: moment('Fetched before this moment.'),
};

/** Parameters of the filter of changes, as they stand in addresses of API, feeds, exports and pages. */
export const CHANGE_FILTERS = {
  collection: texts('Id of a collection.'),
  ...RECORD_FILTERS,
  list: text('Id of a named list of services.').optional(),
  technicalUpgrades: oneOf(
    'Versions that came of a change of our reading, not of the text. Default: left out.',
    APART,
    'excluded',
  ),
  firstRecords: oneOf('Versions without an earlier one. Default: left out, as they change nothing.', APART, 'excluded'),
};

type ChangeQuery = { readonly [Name in keyof typeof CHANGE_FILTERS]?: z.output<(typeof CHANGE_FILTERS)[Name]> };

export const toChangeFilter = (query: ChangeQuery): ChangeFilter => ({
  collections: query.collection,
  services: query.service,
  termsTypes: query.type,
  list: query.list,
  since: query.since,
  until: query.until,
  technicalUpgrades: query.technicalUpgrades,
  firstRecords: query.firstRecords,
});
