import { z } from '@hono/zod-openapi';
import type { ChangeFilter } from '../../api/change-filter.ts';
import { CHANGE_FILTERS, toChangeFilter } from '../../api/change-query.ts';
import { CURSOR, query, texts } from '../../api/parameters.ts';
import type { QueryValues, TermsAddress } from '../addresses.ts';
import type { PageContext } from '../page-context.ts';
import { readQuery } from '../read-query.ts';

// Collection, service and terms are in the path.
const { collection: _collection, service: _service, type: _type, list: _list, ...OWN_FILTERS } = CHANGE_FILTERS;

const PAGE = {
  cursor: CURSOR,
  /** Which year the timeline shows; without `since` and `until` the list as well. */
  year: z
    .string()
    .regex(/^\d{4}$/, { error: 'has to be a year of four digits' })
    .transform(Number)
    .optional(),
};
const TERMS_QUERY = query({ ...OWN_FILTERS, ...PAGE });
const SERVICE_QUERY = query({ ...OWN_FILTERS, ...PAGE, type: texts('Terms type.') });

/** Terms, or without a type a service. */
export interface AskedTerms extends Omit<TermsAddress, 'termsType'> {
  readonly termsType?: string | undefined;
}

/** What is asked of the pages of a service and of terms. */
export interface Asked {
  readonly filter: ChangeFilter;
  readonly cursor: string | undefined;
  readonly year: number | undefined;
  readonly isEverything: boolean;
  /** Conditions that narrow the list, by their names in the address. */
  readonly conditions: Readonly<Record<string, readonly string[]>>;
}

/** What a page leaves out of its list unless it is asked for everything. */
export const EVERYTHING: QueryValues = { show: 'everything', technicalUpgrades: 'included', firstRecords: 'included' };
const SHOWN = Object.keys(EVERYTHING);

/** @throws ApiError that lists what of the query is wrong */
export function readAsked(page: PageContext, where: AskedTerms): Asked {
  const { cursor, year, ...given } = readQuery(page, where.termsType === undefined ? SERVICE_QUERY : TERMS_QUERY);
  const filter = toChangeFilter({
    ...given,
    collection: [where.collection],
    service: [where.serviceId],
    ...(where.termsType !== undefined && { type: [where.termsType] }),
  });
  const isDated = filter.since !== undefined || filter.until !== undefined;
  const conditions = Object.fromEntries(
    Object.entries(page.c.req.queries())
      .filter(([name]) => !SHOWN.includes(name) && name !== 'cursor' && name !== 'year')
      .map(([name, values]) => [name, values.filter((value) => value !== '')] as const)
      .filter(([, values]) => values.length > 0),
  );
  return {
    filter: isDated || year === undefined ? filter : { ...filter, ...yearSpan(year) },
    cursor,
    year,
    isEverything: filter.show === 'everything',
    conditions,
  };
}

const yearSpan = (year: number): { since: Date; until: Date } => ({
  since: new Date(Date.UTC(year, 0)),
  until: new Date(Date.UTC(year + 1, 0)),
});

/** The query of the page with other values for some names; `undefined` takes one away. The place in the list is not kept. */
export function otherQuery({ c }: PageContext, other: QueryValues): QueryValues {
  const { cursor: _cursor, ...kept } = c.req.queries();
  return { ...kept, ...other };
}

/** The same list as programs ask for it. */
export function filterQuery({ c }: PageContext, { filter, year }: Asked, where: AskedTerms): QueryValues {
  const { cursor: _cursor, year: _year, ...kept } = c.req.queries();
  const span = year !== undefined && !kept.since && !kept.until ? { since: filter.since, until: filter.until } : {};
  return {
    collection: where.collection,
    service: where.serviceId,
    type: where.termsType,
    ...kept,
    ...Object.fromEntries(Object.entries(span).map(([name, date]) => [name, date?.toISOString().slice(0, 10)])),
  };
}
