import type { Service } from '../declarations/service.ts';
import { createPause, type Pause } from '../pause.ts';
import { derivedDomains } from './derived-domains.ts';
import type { ServedCollection } from './served-collection.ts';

/** A service that is used at a site. */
export interface SiteService {
  readonly collection: string;
  readonly service: Service;
}

/**
 * Domain → the services that a person uses there, over all collections, in the order of collections and services. A domain is
 * in lower case, as in DNS, and stands for itself and all hosts below it, the longest one counting. What a collection's
 * domains.yml says of a domain takes the place of what follows from its declarations ({@link derivedDomains}), for its own
 * services.
 *
 * A domain that says what the one above it says is left out. Others have their turn meanwhile: 100,000 services take seconds.
 */
export async function siteDomains(
  collections: readonly Pick<ServedCollection, 'id' | 'services' | 'domains'>[],
  pause: Pause = createPause(),
): Promise<ReadonlyMap<string, readonly SiteService[]>> {
  const sites = new Map<string, SiteService[]>();
  for (const { id: collection, services: declared, domains } of collections) {
    const services = declared();
    const byId = new Map<string, Service>();
    const places = new Map<Service, number>();
    for (const [place, service] of services.entries()) {
      await pause();
      byId.set(service.id, service);
      places.set(service, place);
    }
    const own = new Map<string, readonly Service[]>();
    for (const [domain, there] of await derivedDomains(services, pause)) {
      await pause();
      own.set(domain, there);
    }
    for (const [domain, ids] of domains()) {
      const named = ids.flatMap((id) => byId.get(id) ?? []);
      // A line for services that are no longer declared is no word on anything else.
      if (named.length > 0 || ids.length === 0) own.set(domain, named);
    }
    const inOrder = (a: Service, b: Service): number => (places.get(a) ?? 0) - (places.get(b) ?? 0);
    for (const [domain, there] of own) {
      await pause();
      const former = sites.get(domain) ?? [];
      sites.set(domain, [...former, ...there.toSorted(inOrder).map((service) => ({ collection, service }))]);
    }
  }
  return withoutRepetition(sites, pause);
}

/** Also without what is nobody's and has nobody above it. */
async function withoutRepetition(
  sites: ReadonlyMap<string, readonly SiteService[]>,
  pause: Pause,
): Promise<Map<string, readonly SiteService[]>> {
  const kept = new Map<string, readonly SiteService[]>();
  for (const [domain, services] of sites) {
    await pause();
    const above = nearestAbove(sites, domain) ?? [];
    const isSame =
      above.length === services.length && services.every(({ service }, at) => service === above[at]?.service);
    if (!isSame) kept.set(domain, services);
  }
  return kept;
}

function nearestAbove(
  sites: ReadonlyMap<string, readonly SiteService[]>,
  domain: string,
): readonly SiteService[] | undefined {
  for (let dot = domain.indexOf('.'); dot !== -1; dot = domain.indexOf('.', dot + 1)) {
    const found = sites.get(domain.slice(dot + 1));
    if (found) return found;
  }
  return undefined;
}
