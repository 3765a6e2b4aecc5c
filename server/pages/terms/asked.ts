import { z } from '@hono/zod-openapi';
import { ApiError } from '../../api/api-error.ts';
import type { QueryValues, TermsAddress } from '../addresses.ts';
import { type AskedChanges, askedChanges, type FilterName, type FilterValues } from '../changes/asked-changes.ts';
import type { PageContext } from '../page-context.ts';

const FURTHER = {
  /** Which year the timeline shows; without `since` and `until` the list as well. */
  year: z
    .string()
    .regex(/^(?:19|20|21)\d\d$/, { error: 'has to be a year of four digits' })
    .transform(Number)
    .optional(),
};

/** Terms, or without a type a service. */
export interface AskedTerms extends Omit<TermsAddress, 'termsType'> {
  readonly termsType?: string | undefined;
}

/** What is asked of the pages of a service and of terms. */
export interface Asked extends AskedChanges {
  readonly year: number | undefined;
  readonly isEverything: boolean;
}

/** What a page leaves out of its list unless it is asked for everything. */
export const EVERYTHING: QueryValues = { show: 'everything', technicalUpgrades: 'included', firstRecords: 'included' };
export const SHOWN: readonly FilterName[] = ['show', 'technicalUpgrades', 'firstRecords'];

/** @throws ApiError that lists what of the query is wrong */
export function readAsked(page: PageContext, { collection, serviceId, termsType }: AskedTerms): Asked {
  refuseNamed(
    page,
    termsType === undefined ? ['collection', 'service', 'list'] : ['collection', 'service', 'list', 'type'],
  );
  const { filter, values, from, others } = askedChanges(page, FURTHER);
  const { year } = others;
  const isDated = filter.since !== undefined || filter.until !== undefined;
  return {
    from,
    values,
    others,
    year,
    filter: {
      ...filter,
      collections: [collection],
      services: [serviceId],
      termsTypes: termsType === undefined ? filter.termsTypes : [termsType],
      ...(year !== undefined && !isDated && spanOf(year)),
    },
    isEverything: filter.show === 'everything',
  };
}

/** What the path says is not asked a second time: it could only be misunderstood. */
function refuseNamed({ c }: PageContext, names: readonly FilterName[]): void {
  const named = names.filter((name) => c.req.query(name) !== undefined);
  if (named.length === 0) return;
  throw new ApiError('invalid-request', `The address says already what these ask: ${named.join(', ')}.`, {
    next: 'Leave them out.',
    faults: named.map((parameter) => ({ parameter, message: 'stands in the path' })),
  });
}

const spanOf = (year: number): { since: Date; until: Date } => ({
  since: new Date(Date.UTC(year, 0)),
  until: new Date(Date.UTC(year + 1, 0)),
});

/** The same list as programs ask for it. */
export function exportedFilters(
  { values, year }: Asked,
  { collection, serviceId, termsType }: AskedTerms,
): QueryValues {
  const isDated = values.since !== undefined || values.until !== undefined;
  const own: FilterValues = {
    collection: [collection],
    service: [serviceId],
    ...(termsType !== undefined && { type: [termsType] }),
    ...(year !== undefined && !isDated && { since: [`${year}-01-01`], until: [`${year + 1}-01-01`] }),
  };
  return { ...values, ...own };
}
