import type { RecentAlert, ServiceCoverage } from '../../server/api/contract.ts';
import { watchLastRefresh } from '../state/last-refresh.ts';
import type { KeptFile } from './database.ts';
import { readAlerts, readBytes, readKeptFile, readPart, readStored, type StoredFiles } from './file-store.ts';
import { findCoverage } from './find-coverage.ts';
import { partOf } from './parts-of-lines.ts';

/** What is kept in memory while a page or the worker lives. */
export interface OpenFiles extends StoredFiles {
  /** Bytes of the index file. */
  readonly index: Uint8Array;
  readonly services: KeptFile;
}

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

/** Bytes of the index file, to be searched by `lookUpSite`. */
export const openIndex = async (): Promise<Uint8Array | undefined> => (await openFiles())?.index;

/** What the server tracks of a service; of the services file only the lines around it are read. */
export async function readCoverage(key: string): Promise<ServiceCoverage | undefined> {
  const files = await openFiles();
  if (!files) return undefined;
  const part = await readPart(files.manifest.services.sha256, partOf(files.services.starts, key));
  return part && findCoverage(part, key);
}

/** Recent alerts of services, newest first. */
export async function recentAlerts(keys: readonly string[]): Promise<ReadonlyMap<string, readonly RecentAlert[]>> {
  return new Map(await Promise.all(keys.map(async (key) => [key, await readAlerts(key)] as const)));
}

async function read(): Promise<OpenFiles | undefined> {
  const [stored, index] = await Promise.all([readStored(), readBytes('index')]);
  const services = stored && (await readKeptFile(stored.manifest.services.sha256));
  return stored && index && services ? { ...stored, index, services } : undefined;
}
