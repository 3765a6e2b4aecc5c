import type { ServedCollection } from './served-collection.ts';

/** Terms as one collection tracks them. */
export interface TrackedTerms {
  readonly collection: string;
  readonly serviceId: string;
  readonly termsType: string;
}

/**
 * Terms that several collections track: those whose source documents are at the same locations, whatever service and
 * terms type they are called. Each group has members of at least two collections, in the order of the collections, and
 * may have several of one: services of one company often share their terms. Groups are in the order of their first
 * members.
 */
export function findSameTerms(
  collections: readonly Pick<ServedCollection, 'id' | 'services'>[],
): readonly (readonly TrackedTerms[])[] {
  const groups = new Map<string, TrackedTerms[]>();
  for (const { id: collection, services } of collections) {
    for (const service of services()) {
      for (const { type: termsType, sourceDocuments } of service.terms) {
        const key = JSON.stringify([...new Set(sourceDocuments.map(({ location }) => sameLocation(location)))].sort());
        const group = groups.get(key) ?? [];
        group.push({ collection, serviceId: service.id, termsType });
        groups.set(key, group);
      }
    }
  }
  return [...groups.values()].filter((group) => new Set(group.map(({ collection }) => collection)).size > 1);
}

/**
 * What two spellings of one location have in common. Left out is what never tells documents apart: the scheme (http
 * answers with https today), a port that is the scheme's own, the case of the host, a slash at the end, the fragment.
 * The query stays: it may name the document or its language.
 */
export function sameLocation(location: string): string {
  const url = new URL(location);
  // The other scheme's own port too: http://host:443 is not a spelling anyone means otherwise.
  const port = url.port === '80' || url.port === '443' ? '' : url.port;
  return `${url.hostname}${port && `:${port}`}${url.pathname.replace(/\/+$/, '')}${url.search}`;
}
