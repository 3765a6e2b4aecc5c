import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { SourceDocument } from '../../../archive/declarations/service.ts';
import type { IndexReader } from '../../../archive/index/index-reader.ts';

/** A service as the API tells of it. */
export interface KnownService {
  readonly id: string;
  readonly name: string;
  readonly terms: readonly { readonly type: string }[];
}

/** The services of a collection: as declared; of a mirror without declarations, those that have records. */
export function knownServices(collection: ServedCollection): KnownService[] {
  const declared = collection.services();
  if (declared.length > 0) {
    return declared.map(({ id, name, terms }) => ({ id, name, terms: terms.map(({ type }) => ({ type })) }));
  }
  const types = Map.groupBy(collection.index().terms(), ({ serviceId }) => serviceId);
  return [...types].map(([id, terms]) => ({
    id,
    name: id,
    terms: terms.map(({ termsType }) => ({ type: termsType })),
  }));
}

/** One service likewise. */
export function knownService(collection: ServedCollection, id: string): KnownService | undefined {
  const declared = collection.services();
  if (declared.length > 0) {
    const service = declared.find((candidate) => candidate.id === id);
    return service && { id, name: service.name, terms: service.terms.map(({ type }) => ({ type })) };
  }
  const terms = collection.index().terms({ serviceId: id });
  if (terms.length === 0) return undefined;
  return { id, name: id, terms: terms.map(({ termsType }) => ({ type: termsType })) };
}

/** What is known of the source documents of a service's terms: their declaration, or where the latest version was fetched. */
export function knownSourceDocuments(
  collection: ServedCollection,
  serviceId: string,
  termsType: string,
): Partial<SourceDocument>[] {
  const declared = collection
    .services()
    .find(({ id }) => id === serviceId)
    ?.terms.find(({ type }) => type === termsType);
  return declared ? [...declared.sourceDocuments] : fetchedLocations(collection.index(), serviceId, termsType);
}

function fetchedLocations(index: IndexReader, serviceId: string, termsType: string): { location: string }[] {
  const ids = index.latestVersion(serviceId, termsType)?.snapshotIds ?? [];
  return ids.flatMap((id) => {
    const location = index.snapshotById(id)?.location;
    return location === undefined ? [] : [{ location }];
  });
}
