import { registrableDomain } from '../declarations/domain-name.ts';
import type { Service } from '../declarations/service.ts';
import type { Pause } from '../pause.ts';
import { bearsName, pointsTo } from './names-of-domains.ts';
import { publisherOf } from './publishers.ts';
import { hostOf } from './services-by-domain.ts';

/** A site at which more services have their terms is that of a company: of those, one bears its name. */
const MOST_AT_ONE_SITE = 8;

type Sites = Map<string, Set<Service>>;

/**
 * The domains of a collection's services, as far as they follow from declared locations:
 *
 * 1. A declared host stands for the services with a location there; `www.` is the domain itself.
 * 2. A registrable domain stands for the services with a location at its apex or `www.`, and for those below it that bear its
 *    name; without any at its apex, for all services with a location below it.
 * 3. Of these, not for a service whose name points to another domain of its own locations: always where it has no location
 *    at the apex, else where another service bears the domain's name.
 * 4. More than eight that way: for the one that bears its name, if there is one.
 *
 * Publishers of anybody's texts stand for nobody but themselves; public suffixes and IP addresses for nobody at all.
 *
 * On contrib's declarations (379 services, 309 registrable domains) rule 3 keeps Crunchyroll off sonypictures.com, Last.fm and
 * Glassdoor off those where their owners publish terms, and rule 4 leaves google.com and amazon.com to Google and Amazon, where
 * 12 and 13 services have terms.
 */
export async function derivedDomains(
  services: readonly Service[],
  pause: Pause,
): Promise<ReadonlyMap<string, readonly Service[]>> {
  const atHosts: Sites = new Map();
  const below: Sites = new Map();
  const registered = new Map<Service, Set<string>>();
  for (const service of services) {
    await pause();
    for (const host of hostsOf(service)) {
      const domain = registrableDomain(host);
      if (domain === undefined) continue;
      const place = placeOf(service, host, domain);
      if (place === 'publisher') continue;
      add(atHosts, host, service);
      if (place === 'customer') continue;
      if (host !== domain) add(below, domain, service);
      registered.set(service, (registered.get(service) ?? new Set()).add(domain));
    }
  }

  const derived = new Map<string, readonly Service[]>();
  for (const [host, there] of atHosts) {
    await pause();
    derived.set(host, [...there]);
  }
  const judged = new Set<string>();
  for (const domains of registered.values()) {
    for (const domain of domains) {
      if (judged.has(domain)) continue;
      judged.add(domain);
      await pause();
      derived.set(domain, servicesOf(domain));
    }
  }
  for (const [domain, there] of derived) {
    await pause();
    if (there.length === 0) derived.delete(domain);
  }
  return derived;

  function servicesOf(domain: string): readonly Service[] {
    const apex = atHosts.get(domain) ?? new Set();
    const under = [...(below.get(domain) ?? [])];
    const named = [...new Set([...apex, ...under])].filter((service) => bearsName(service, domain));
    const isElsewhere = (service: Service): boolean =>
      !pointsTo(service, domain) && [...(registered.get(service) ?? [])].some((other) => pointsTo(service, other));
    const candidates =
      apex.size === 0
        ? under.filter((service) => !isElsewhere(service))
        : [...new Set([...apex, ...named])].filter((service) => named.length === 0 || !isElsewhere(service));
    return candidates.length > MOST_AT_ONE_SITE && named.length > 0 ? named : candidates;
  }
}

/** Without `www.` and the dot at the end. */
const hostsOf = ({ terms }: Service): ReadonlySet<string> =>
  new Set(terms.flatMap(({ sourceDocuments }) => sourceDocuments.map(({ location }) => hostOf(location))));

function placeOf(service: Service, host: string, domain: string): 'own' | 'customer' | 'publisher' {
  const publisher = publisherOf(host);
  if (!publisher || pointsTo(service, domain)) return 'own';
  return publisher.hasCustomers && host !== publisher.domain ? 'customer' : 'publisher';
}

const add = (sites: Sites, domain: string, service: Service): void =>
  void sites.set(domain, (sites.get(domain) ?? new Set()).add(service));
