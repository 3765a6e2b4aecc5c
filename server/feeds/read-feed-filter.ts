import type { z } from '@hono/zod-openapi';
import type { ChangeFilter } from '../api/change-filter.ts';
import { moment, oneOf, query, text, texts } from '../api/parameters.ts';

const INCLUSION = ['included', 'excluded', 'only'] as const;

/** The parameters of feeds over all collections, by the names that lists of changes have too. */
const parameters = query({
  collection: texts('Id of a collection.'),
  service: texts('Id of a service.'),
  type: texts('Terms type.'),
  list: text('Id of a named list of services.').optional(),
  since: moment('Fetched then or later.'),
  until: moment('Fetched before.'),
  technicalUpgrades: oneOf('Versions that differ because our reading of the document changed.', INCLUSION, 'excluded'),
  firstRecords: oneOf('Versions before which there was none.', INCLUSION, 'excluded'),
});

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
  const { collection, service, type, ...rest } = result.data;
  return { filter: { collections: collection, services: service, termsTypes: type, ...rest }, query: canonical(sent) };
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
