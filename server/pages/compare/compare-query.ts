import type { z } from '@hono/zod-openapi';
import type { ServedCollections } from '../../../archive/collections/served-collection.ts';
import { choice, query, text, whole } from '../../api/parameters.ts';
import { COMPARISON_FILTERS } from '../../api/routes/comparison.ts';
import type { QueryValues } from '../addresses.ts';
import { looksPasted, saidMatch } from '../search/search-query.ts';
import { serviceIds } from '../search/service-ids.ts';

/** What the address of a comparison may ask for: the API's parameters, and which terms the others are set against. */
export const COMPARE_QUERY = query({
  ...COMPARISON_FILTERS,
  match: choice('All of these words, or a passage as somebody copied it.', ['words', 'passage']),
  base: text('Collection and service of the terms that the others are set against.', 400).optional(),
  offset: whole('How many to pass over.', { least: 0, most: 1_000_000, preset: 0 }),
});

export interface AskedComparison extends Omit<z.output<typeof COMPARE_QUERY>, 'match'> {
  readonly match: 'words' | 'passage';
}

/** @throws ApiError of code `invalid-request` */
export const toAskedComparison = (
  collections: ServedCollections,
  read: z.output<typeof COMPARE_QUERY>,
): AskedComparison => ({
  ...read,
  service: serviceIds(collections, read.service),
  match: read.match ?? (looksPasted(read.q ?? '') ? 'passage' : 'words'),
});

/** The same comparison as parameters of the API, without what is the default there. */
export const toComparisonParameters = (asked: AskedComparison): QueryValues => ({
  q: asked.q,
  match: saidMatch(asked.q, asked.match),
  topic: asked.topic,
  collection: asked.collection,
  service: asked.service,
  type: asked.type,
  list: asked.list,
  show: asked.show === 'matching' ? undefined : asked.show,
  sort: asked.sort === 'service' ? undefined : asked.sort,
});
