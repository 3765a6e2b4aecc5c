import type { ServedCollection } from './served-collection.ts';

/** A service with terms at a host. */
export interface ServiceAtHost {
  readonly collection: string;
  readonly serviceId: string;
  readonly serviceName: string;
  /** Those of its terms with a source document at the host, in the order of the declaration. */
  readonly termsTypes: readonly string[];
}

/**
 * Hosts of all declared locations and the services whose terms are there, in the order of collections and services. A
 * host is in lower case, internationalised ones as in DNS (`xn--…`), `www.` left out, without its port.
 *
 * A host need not be the service's own: many terms are published on a company's or a lawyer's site.
 */
export function servicesByDomain(
  collections: readonly Pick<ServedCollection, 'id' | 'services'>[],
): ReadonlyMap<string, readonly ServiceAtHost[]> {
  const byHost = new Map<string, ServiceAtHost[]>();
  for (const { id: collection, services } of collections) {
    for (const { id: serviceId, name: serviceName, terms } of services()) {
      const types = new Map<string, Set<string>>();
      for (const { type, sourceDocuments } of terms) {
        for (const { location } of sourceDocuments) {
          const host = hostOf(location);
          types.set(host, (types.get(host) ?? new Set()).add(type));
        }
      }
      for (const [host, termsTypes] of types) {
        const there = byHost.get(host) ?? [];
        there.push({ collection, serviceId, serviceName, termsTypes: [...termsTypes] });
        byHost.set(host, there);
      }
    }
  }
  return byHost;
}

/** The host of a location as it is in {@link servicesByDomain}. */
export const hostOf = (location: string): string => new URL(location).hostname.replace(/\.$/, '').replace(/^www\./, '');
