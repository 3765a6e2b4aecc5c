import type { ServedCollection, ServedCollections } from '../../archive/collections/served-collection.ts';
import type { VersionFilter } from '../../archive/index/indexed-record.ts';
import { overlayFilter } from './alert-overlay.ts';
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
  /**
   * Default `everything`. `alerts`: what people are told, which is changes with an alert, those that withdraw one, and
   * what the overlay raises; without what it lowers.
   */
  readonly show?: 'alerts' | 'everything' | undefined;
  /** Changes of any of these classes, states, topics. */
  readonly classes?: VersionFilter['classes'];
  readonly states?: VersionFilter['states'];
  readonly topics?: VersionFilter['topics'];
  readonly languages?: VersionFilter['languages'];
}

/** Whether a filter asks how changes were judged: those that are not yet judged are missing from what it leaves. */
export const asksJudgement = ({ show, classes, states, topics, languages }: ChangeFilter): boolean =>
  show === 'alerts' || [classes, states, topics, languages].some((asked) => asked !== undefined);

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
            classes: filter.classes,
            states: filter.states,
            topics: filter.topics,
            languages: filter.languages,
            ...(filter.show === 'alerts' && alertsOf(collection, filter)),
          },
        },
      ];
    });
}

/** A technical upgrade is told only where it withdraws what was told: that goes wherever the alert went. */
const alertsOf = (collection: ServedCollection, { technicalUpgrades = 'excluded' }: ChangeFilter): VersionFilter => ({
  alerts: true,
  ...overlayFilter(collection),
  technicalUpgrades: technicalUpgrades === 'excluded' ? 'included' : technicalUpgrades,
});

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
