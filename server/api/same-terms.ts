import { findSameTerms, type TrackedTerms } from '../../archive/collections/same-terms.ts';
import type { ServedCollections } from '../../archive/collections/served-collection.ts';
import type { Service } from '../../archive/declarations/service.ts';

/** Terms that several collections track, looked for anew only when declarations have changed. */
export interface SameTermsIndex {
  /** Groups with members in at least two collections. */
  groups(): readonly (readonly TrackedTerms[])[];
  /** The other members of these terms' group. */
  others(terms: TrackedTerms): readonly TrackedTerms[];
}

interface Known {
  readonly services: readonly (readonly Service[])[];
  readonly groups: readonly (readonly TrackedTerms[])[];
  readonly byTerms: ReadonlyMap<string, readonly TrackedTerms[]>;
}

const keyOf = ({ collection, serviceId, termsType }: TrackedTerms): string =>
  JSON.stringify([collection, serviceId, termsType]);

const indexes = new WeakMap<ServedCollections, SameTermsIndex>();

/** The one of a server: its API and its pages ask the same. */
export function sameTermsIndex(collections: ServedCollections): SameTermsIndex {
  const known = indexes.get(collections) ?? createSameTermsIndex(collections);
  indexes.set(collections, known);
  return known;
}

function createSameTermsIndex(collections: ServedCollections): SameTermsIndex {
  let known: Known | undefined;
  const current = (): Known => {
    const services = collections.all().map((collection) => collection.services());
    const isCurrent =
      known?.services.length === services.length && services.every((list, place) => list === known?.services[place]);
    if (known !== undefined && isCurrent) return known;
    const groups = findSameTerms(collections.all());
    const byTerms = new Map(groups.flatMap((group) => group.map((member) => [keyOf(member), group] as const)));
    known = { services, groups, byTerms };
    return known;
  };
  return {
    groups: () => current().groups,
    others: (terms) => (current().byTerms.get(keyOf(terms)) ?? []).filter((member) => keyOf(member) !== keyOf(terms)),
  };
}
