import type { ServedCollection, ServedCollections } from '../../archive/collections/served-collection.ts';
import type { VersionFilter } from '../../archive/index/indexed-record.ts';
import { refuseUnknownNames } from './known-names.ts';

/**
 * Which changes are meant, over all collections: the filter that API, feeds, exports and pages share. All conditions
 * together; an absent one is none. A service or terms type that nobody knows is no error: nothing matches it yet.
 */
export interface ChangeFilter {
  /** Any of these collections, services, types. */
  readonly collections?: readonly string[] | undefined;
  readonly services?: readonly string[] | undefined;
  readonly termsTypes?: readonly string[] | undefined;
  /** Id of a named list of services. */
  readonly list?: string | undefined;
  /** Fetch date: from `since` (inclusive) until `until` (exclusive). */
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  /** Default `excluded`: they tell of our reading, not of the service's text. */
  readonly technicalUpgrades?: 'included' | 'excluded' | 'only' | undefined;
  /** Default `excluded`: a first record changes nothing. */
  readonly firstRecords?: 'included' | 'excluded' | 'only' | undefined;
}

/** A collection that takes part in an answer, and what is asked of its index. */
export interface FilteredCollection {
  readonly collection: ServedCollection;
  readonly filter: VersionFilter;
}

/**
 * The collections that a filter leaves, each with its own part of it; by id, so that the order is the same everywhere.
 *
 * @throws ApiError of code `not-found` where there is no such collection or list.
 */
export function applyChangeFilter(collections: ServedCollections, filter: ChangeFilter): FilteredCollection[] {
  refuseUnknownNames(collections, filter);
  const list = collections.lists().find(({ id }) => id === filter.list);
  return collections
    .all()
    .filter(({ id }) => filter.collections === undefined || filter.collections.includes(id))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((collection) => {
      const services = both(filter.services, listed(filter.list, list?.members, collection.id));
      if (services?.length === 0) return [];
      return [
        {
          collection,
          filter: {
            services,
            termsTypes: filter.termsTypes,
            since: filter.since,
            until: filter.until,
            technicalUpgrades: filter.technicalUpgrades ?? 'excluded',
            firstRecords: filter.firstRecords ?? 'excluded',
          },
        },
      ];
    });
}

function listed(
  list: string | undefined,
  members: readonly { readonly collection: string; readonly serviceId: string }[] | undefined,
  collection: string,
): readonly string[] | undefined {
  if (list === undefined) return undefined;
  return (members ?? []).filter((member) => member.collection === collection).map(({ serviceId }) => serviceId);
}

function both(a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.filter((id) => b.includes(id));
}
