import type { RecentAlert, ServiceCoverage } from '../../server/api/contract.ts';
import { watchLastRefresh } from '../state/last-refresh.ts';
import type { KeptFile } from './database.ts';
import { readAlertsOf, readKeptFile, readPart, readStored, type StoredFiles } from './file-store.ts';
import { findCoverage } from './find-coverage.ts';
import { domainsOf, type IndexedSite, readSite } from './look-up-site.ts';
import { partOf } from './parts-of-lines.ts';
import { findLine } from './sorted-lines.ts';

/** What is kept in memory while a page or the worker lives: where things are, not what they are. */
export interface OpenFiles extends StoredFiles {
  readonly index: KeptFile;
  readonly services: KeptFile;
}

/** Of a host with very many labels, the last ones: no domain of a service is longer. */
const MOST_DOMAINS = 12;

let open: Promise<OpenFiles | undefined> | undefined;
let isWatching = false;

/** Read once, and again after each refresh; undefined where nothing was downloaded yet. */
export function openFiles(): Promise<OpenFiles | undefined> {
  if (!isWatching) {
    watchLastRefresh(closeFiles);
    isWatching = true;
  }
  if (!open) {
    const reading = read().catch((error: unknown) => {
      if (open === reading) closeFiles();
      throw error;
    });
    open = reading;
  }
  return open;
}

/** What is in memory goes; it is read again when it is asked for. */
export function closeFiles(): void {
  open = undefined;
}

/**
 * What the index says of a host; of the index only the lines around it and its parents are read: all of 100,000 services would be
 * 3 MB, and take longer to load than to search.
 *
 * @param host as in `URL.hostname`
 */
export async function findSite(host: string): Promise<IndexedSite | undefined> {
  const files = await openFiles();
  if (!files) return undefined;
  const domains = domainsOf(host).slice(-MOST_DOMAINS);
  const places = [...new Set(domains.map((domain) => partOf(files.index.starts, domain)))];
  const { sha256 } = files.manifest.index;
  const parts = new Map(
    await Promise.all(places.map(async (place) => [place, await readPart(sha256, place)] as const)),
  );
  for (const domain of domains) {
    const part = parts.get(partOf(files.index.starts, domain));
    const fields = part && findLine(part, domain);
    if (fields) return readSite(domain, fields);
  }
  return undefined;
}

/** What the server tracks of a service; of the services file only the lines around it are read. */
export async function readCoverage(key: string): Promise<ServiceCoverage | undefined> {
  const files = await openFiles();
  if (!files) return undefined;
  const part = await readPart(files.manifest.services.sha256, partOf(files.services.starts, key));
  return part && findCoverage(part, key);
}

/** Recent alerts of services, newest first. */
export async function recentAlerts(keys: readonly string[]): Promise<ReadonlyMap<string, readonly RecentAlert[]>> {
  const stored = await readStored();
  if (!stored) return new Map();
  return new Map(await Promise.all(keys.map(async (key) => [key, await readAlertsOf(stored.manifest, key)] as const)));
}

async function read(): Promise<OpenFiles | undefined> {
  const stored = await readStored();
  if (!stored) return undefined;
  const { index, services } = stored.manifest;
  const [keptIndex, keptServices] = await Promise.all([readKeptFile(index.sha256), readKeptFile(services.sha256)]);
  return keptIndex && keptServices ? { ...stored, index: keptIndex, services: keptServices } : undefined;
}
