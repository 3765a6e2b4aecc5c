import type { z } from '@hono/zod-openapi';
import type { ChangeFilter } from '../api/change-filter.ts';
import { CHANGE_FILTERS, toChangeFilter } from '../api/change-query.ts';
import { query } from '../api/parameters.ts';

/** Feeds over all collections are narrowed as lists of changes are. */
const parameters = query(CHANGE_FILTERS);

/** A filter, and the same as text: parameters in one order, so that one feed has one address. */
export interface FeedFilter {
  readonly filter: ChangeFilter;
  readonly query: string;
}

/** @returns `faults` where the parameters cannot be read: what each should be. */
export function readFeedFilter(
  sent: Readonly<Record<string, readonly string[]>>,
): FeedFilter | { readonly faults: readonly string[] } {
  const given = Object.fromEntries(
    Object.entries(sent).map(([key, values]) => [key, values.length === 1 ? values[0] : [...values]]),
  );
  const result = parameters.safeParse(given);
  if (!result.success) return { faults: result.error.issues.map(faultOf) };
  return { filter: toChangeFilter(result.data), query: canonical(sent) };
}

function canonical(sent: Readonly<Record<string, readonly string[]>>): string {
  const pairs = Object.keys(sent)
    .toSorted()
    .flatMap((key) => (sent[key] ?? []).toSorted().map((value) => [key, value]));
  return new URLSearchParams(pairs).toString();
}

const faultOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => `“${key}” is no parameter of feeds`).join('; ')
    : `“${issue.path.join('.')}” ${issue.message}`;
