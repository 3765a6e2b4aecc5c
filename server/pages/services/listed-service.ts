import type { ServedCollection, ServedCollections } from '../../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';
import { knownServices } from '../../api/answers/service.ts';
import { applyChangeFilter } from '../../api/change-filter.ts';
import type { Service, UnavailableCollection } from '../../api/contract.ts';
import { toUnavailable } from '../../api/tell-unavailable.ts';

/** A service in the list of all, by its name. */
export interface ListedService {
  readonly service: Service;
  /** First letter of the name, without accents; `#` for all that do not begin with a Latin one. */
  readonly letter: string;
  /** By what the list is sorted: names alike in all collections are beside each other. */
  readonly key: string;
  /** Types of those terms whose last check failed. */
  readonly failing: readonly string[];
}

export interface ServicesAsked {
  readonly collections?: readonly string[] | undefined;
  readonly list?: string | undefined;
  readonly termsTypes?: readonly string[] | undefined;
  /** Part of the name or the id, capitals or not. */
  readonly name?: string | undefined;
}

/**
 * Services of all collections that are asked for, by name.
 *
 * @throws ApiError of code `not-found` for an unknown collection or list
 */
export function listedServices(
  collections: ServedCollections,
  { list, name, termsTypes, ...asked }: ServicesAsked,
): { readonly services: readonly ListedService[]; readonly unavailable: readonly UnavailableCollection[] } {
  const services: ListedService[] = [];
  const unavailable: UnavailableCollection[] = [];
  const wanted = name === undefined ? undefined : folded(name);
  for (const { collection, filter } of applyChangeFilter(collections, {
    collections: asked.collections,
    list,
    termsTypes,
  })) {
    try {
      const known = knownServices(collection);
      const failing = failingTypes(collection);
      for (const id of known.ids) {
        if (filter.services !== undefined && !filter.services.includes(id)) continue;
        const service = known.get(id);
        if (!service || !(wanted === undefined || [service.name, id].some((one) => folded(one).includes(wanted))))
          continue;
        if (termsTypes && !service.terms.some(({ termsType }) => termsTypes.includes(termsType))) continue;
        const key = folded(service.name);
        services.push({ service, key, letter: letterOf(key), failing: failing.get(id) ?? [] });
      }
    } catch (error) {
      if (!(error instanceof IndexUnavailableError)) throw error;
      unavailable.push(toUnavailable(collection, error));
    }
  }
  return { services: services.toSorted(byName), unavailable };
}

/** Terms types by service, of what is declared today and failed when it was last checked. */
function failingTypes(collection: ServedCollection): ReadonlyMap<string, readonly string[]> {
  const ledger = collection.kind === 'tracked' ? collection.ledger() : undefined;
  const declared = new Map(collection.services().map(({ id, terms }) => [id, terms]));
  const failing = (ledger?.failingTerms() ?? []).filter(({ serviceId, termsType }) =>
    declared.get(serviceId)?.some(({ type }) => type === termsType),
  );
  return new Map(
    [...Map.groupBy(failing, ({ serviceId }) => serviceId)].map(([id, terms]) => [
      id,
      terms.map(({ termsType }) => termsType),
    ]),
  );
}

/** As people look for a name: without capitals and accents. */
const folded = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const letterOf = (key: string): string => {
  const first = key[0]?.toUpperCase() ?? '';
  return first >= 'A' && first <= 'Z' ? first : '#';
};

const byName = (a: ListedService, b: ListedService): number =>
  compare(a.letter, b.letter) ||
  compare(a.key, b.key) ||
  compare(a.service.collection, b.service.collection) ||
  compare(a.service.id, b.service.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
