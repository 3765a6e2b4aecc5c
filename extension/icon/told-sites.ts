import { readLines } from '../files/sorted-lines.ts';
import type { SiteSignal } from '../news/news-types.ts';

/**
 * What there is to tell of sites, by domain: 0 = nothing (a domain below one of which something is told, with services of its
 * own), `news`, or the number of documents with unread alerts. A domain stands for itself and all hosts below it; the longest
 * decides. Sites that are not in it tell nothing, so that it is small and needs no index to be asked.
 */
export type ToldSites = Readonly<Record<string, ToldSite>>;
export type ToldSite = 0 | 'news' | number;

/** Signals of services by key: only those that say something. */
export type ServiceSignals = ReadonlyMap<string, SiteSignal>;

/**
 * @param index the bytes of the index file (format: server/api/contract/extension.ts)
 * @param signals of services by key
 */
export function toldSites(index: Uint8Array, signals: ServiceSignals): ToldSites {
  const told = new Map<string, ToldSite>();
  if (signals.size === 0) return {};
  const quiet: string[] = [];
  for (const [domain = '', keys = ''] of readLines(index)) {
    const site = siteOf(keys, signals);
    if (site !== 0) told.set(domain, site);
    // With one dot only nothing can stand above it: a last label alone is never in the index.
    else if (domain.indexOf('.') !== domain.lastIndexOf('.')) quiet.push(domain);
  }
  const loud = new Set(told.keys());
  for (const domain of quiet) if (parentOf(domain, (parent) => loud.has(parent)) !== undefined) told.set(domain, 0);
  return Object.fromEntries(told);
}

/** What is told of a host; 0 for one of which nothing is. */
export function findTold(sites: ToldSites, host: string): ToldSite {
  const name = host.replace(/\.$/, '');
  const isListed = (domain: string): boolean => Object.hasOwn(sites, domain);
  const domain = isListed(name) ? name : parentOf(name, isListed);
  const site = domain === undefined ? 0 : sites[domain];
  return site === 'news' || (typeof site === 'number' && Number.isInteger(site) && site > 0) ? site : 0;
}

/** The longest domain above `domain` of which `isMeant` says yes. */
export function parentOf(domain: string, isMeant: (parent: string) => boolean): string | undefined {
  for (let dot = domain.indexOf('.'); dot !== -1; dot = domain.indexOf('.', dot + 1)) {
    const parent = domain.slice(dot + 1);
    if (isMeant(parent)) return parent;
  }
  return undefined;
}

/** Unread documents of all services of a domain count together, and before news. */
function siteOf(keys: string, signals: ServiceSignals): ToldSite {
  let documents = 0;
  let isNews = false;
  for (const key of keys.split(',')) {
    const signal = signals.get(key);
    if (signal?.kind === 'unread') documents += signal.documents;
    else if (signal?.kind === 'news') isNews = true;
  }
  return documents > 0 ? documents : isNews ? 'news' : 0;
}
