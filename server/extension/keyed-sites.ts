import type { SiteService } from '../../archive/collections/site-domains.ts';
import type { Service } from '../../archive/declarations/service.ts';
import type { Pause } from '../../archive/pause.ts';
import { serviceKey } from './service-key.ts';
import { byText, sorted } from './sorted.ts';

export interface KeyedService {
  readonly key: string;
  readonly collection: string;
  readonly service: Service;
}

/** The map of domains with keys in the place of services. */
export interface KeyedSites {
  /** Domain → keys of its services. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
  /** The services that any domain names, by key. */
  readonly services: ReadonlyMap<string, KeyedService>;
  /** Services that are left out as their key is another's. */
  readonly collisions: readonly { readonly left: KeyedService; readonly kept: KeyedService }[];
}

/** @param keyOf for tests: another length of keys */
export async function keySites(
  sites: ReadonlyMap<string, readonly SiteService[]>,
  pause: Pause,
  keyOf: typeof serviceKey = serviceKey,
): Promise<KeyedSites> {
  const services = new Map<string, KeyedService>();
  const known = new Map<Service, KeyedService>();
  const collisions: { left: KeyedService; kept: KeyedService }[] = [];
  const byName = new Map<string, SiteService>();
  for (const there of sites.values()) {
    await pause();
    for (const site of there) byName.set(`${site.collection}\0${site.service.id}`, site);
  }
  // Which of two services with one key is left out must not depend on the order of domains.
  for (const name of await sorted([...byName.keys()], byText, pause)) {
    await pause();
    const site = byName.get(name);
    if (!site) continue;
    const { collection, service } = site;
    const own = { key: keyOf(collection, service.id), collection, service };
    const kept = services.get(own.key);
    if (kept) collisions.push({ left: own, kept });
    else {
      services.set(own.key, own);
      known.set(service, own);
    }
  }
  const keys = new Map<string, readonly string[]>();
  for (const [domain, there] of sites) {
    await pause();
    const own = there.flatMap(({ service }) => known.get(service)?.key ?? []);
    if (own.length > 0 || there.length === 0) keys.set(domain, own);
  }
  return { keys, services, collisions };
}
