import type { TrackedTerms } from '../../../archive/collections/same-terms.ts';
import type { ServedCollections } from '../../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';
import type { IndexedTerms } from '../../../archive/index/indexed-record.ts';
import type { SameTerms, Terms } from '../contract.ts';
import { toTerms } from './service.ts';

/** One line for terms that several collections track, named as the first of them does. */
export function toSameTerms(collections: ServedCollections, group: readonly TrackedTerms[]): SameTerms {
  const named = group.map((member) => ({ ...member, service: serviceOf(collections, member) }));
  const [first] = named;
  const terms = named.map(({ service, ...member }): Terms => toTerms(member, service, recordsOf(collections, member)));
  return {
    serviceName: first?.service?.name ?? first?.serviceId ?? '',
    termsType: first?.termsType ?? '',
    locations: terms[0]?.locations ?? [],
    terms,
  };
}

const serviceOf = (collections: ServedCollections, { collection, serviceId }: TrackedTerms) =>
  collections
    .get(collection)
    ?.services()
    .find(({ id }) => id === serviceId);

/** Nothing while its index cannot be read: that the terms are tracked there is known all the same. */
function recordsOf(
  collections: ServedCollections,
  { collection, serviceId, termsType }: TrackedTerms,
): IndexedTerms | undefined {
  try {
    const terms = collections.get(collection)?.index().terms({ serviceId });
    return terms?.find((one) => one.termsType === termsType);
  } catch (error) {
    if (error instanceof IndexUnavailableError) return undefined;
    throw error;
  }
}
