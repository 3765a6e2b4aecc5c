import type { z } from '@hono/zod-openapi';
import type { ChangeFilter } from '../../api/change-filter.ts';
import { CHANGE_FILTERS, toChangeFilter } from '../../api/change-query.ts';
import { type Positions, readCursor } from '../../api/cursor.ts';
import { refuseUnknownNames } from '../../api/known-names.ts';
import { CURSOR, query } from '../../api/parameters.ts';
import type { PageContext } from '../page-context.ts';
import { readQuery } from '../read-query.ts';

/** Names of the filters, as they stand in addresses of pages, API and feeds alike. */
export type FilterName = keyof typeof CHANGE_FILTERS;
export const FILTER_NAMES = Object.keys(CHANGE_FILTERS) as readonly FilterName[];

/** Filters as the reader's address has them, and so as links go on with them; those that are not set are not there. */
export type FilterValues = { readonly [Name in FilterName]?: readonly string[] | undefined };

/** What a reader asks of a list of changes. */
export interface AskedChanges<Others = unknown> {
  readonly filter: ChangeFilter;
  readonly values: FilterValues;
  /** Where the part of the list begins; undefined: at the newest. */
  readonly from: Positions | undefined;
  /** Parameters of the page itself. */
  readonly others: Others;
}

/**
 * Reads filters and cursor of a page with a list of changes.
 *
 * @param further parameters that the page has besides
 * @throws ApiError of code `invalid-request` that lists all that is wrong, and of `not-found` for a collection or a list
 *   that this server does not have
 */
export function askedChanges<Further extends z.core.$ZodLooseShape = Record<never, never>>(
  page: Pick<PageContext, 'c' | 'deps'>,
  further?: Further,
): AskedChanges<z.output<z.ZodObject<Further>>> {
  const asked = readQuery(page, query({ ...further, ...CHANGE_FILTERS, cursor: CURSOR })) as AskedQuery<Further>;
  const filter = toChangeFilter(asked);
  refuseUnknownNames(page.deps.collections, filter);
  const { cursor } = asked;
  return {
    filter,
    values: filterValues(page),
    from: cursor === undefined ? undefined : readCursor(cursor),
    others: asked,
  };
}

type AskedQuery<Further extends z.core.$ZodLooseShape> = Parameters<typeof toChangeFilter>[0] & {
  readonly cursor?: string | undefined;
} & z.output<z.ZodObject<Further>>;

function filterValues({ c }: Pick<PageContext, 'c'>): FilterValues {
  const values: { [Name in FilterName]?: readonly string[] | undefined } = {};
  for (const name of FILTER_NAMES) {
    const given = [...new Set((c.req.queries(name) ?? []).filter((value) => value !== ''))];
    if (given.length > 0) values[name] = given;
  }
  return values;
}
