import type { ExtensionManifest, RecentAlert } from '../../server/api/contract.ts';
import { type KeptFile, openFilesDatabase, type StoredFiles } from './database.ts';
import { joined } from './joined.ts';
import { readAlert } from './read-recent.ts';

export type { StoredFiles } from './database.ts';

/** undefined where nothing was downloaded yet. */
export const readStored = async (): Promise<StoredFiles | undefined> =>
  (await openFilesDatabase()).get('about', 'stored');

/** A whole file's bytes; undefined where nothing was downloaded yet. */
export async function readBytes(kind: 'index' | 'services'): Promise<Uint8Array | undefined> {
  const stored = await readStored();
  return stored && readFile(stored.manifest[kind].sha256);
}

/** The bytes of a file that is kept, whether it is shown or not. */
export async function readFile(sha256: string): Promise<Uint8Array | undefined> {
  const transaction = (await openFilesDatabase()).transaction(['files', 'parts']);
  const [kept, parts] = await Promise.all([
    transaction.objectStore('files').get(sha256),
    transaction.objectStore('parts').getAll(allOf(sha256)),
  ]);
  return kept && joined(parts);
}

/** How a file is kept in parts; undefined where it is not there. */
export const readKeptFile = async (sha256: string): Promise<KeptFile | undefined> =>
  (await openFilesDatabase()).get('files', sha256);

/** One part of a file. */
export const readPart = async (sha256: string, place: number): Promise<Uint8Array | undefined> =>
  (await openFilesDatabase()).get('parts', [sha256, place]);

/** Recent alerts of one service, newest first. */
export async function readAlerts(key: string): Promise<readonly RecentAlert[]> {
  const stored = await readStored();
  return stored ? readAlertsOf(stored.manifest, key) : [];
}

/** Recent alerts of one service in the shards that a manifest names, whether they are shown or not; newest first. */
export async function readAlertsOf(
  { recent }: Pick<ExtensionManifest, 'recent'>,
  key: string,
): Promise<readonly RecentAlert[]> {
  const named = new Set(recent.map(({ sha256 }) => sha256));
  const kept = await (await openFilesDatabase()).getAllFromIndex('alerts', 'key', key);
  // Read as they were when they came: what is stored may have been damaged since.
  return kept
    .filter(({ shard }) => named.has(shard))
    .flatMap(({ alerts }) => alerts.flatMap((one) => readAlert(one) ?? []));
}

/** Whether a shard of `recent` is kept, with the alerts of all its services. */
export async function hasAlerts(sha256: string): Promise<boolean> {
  const transaction = (await openFilesDatabase()).transaction(['files', 'alerts']);
  const [kept, services] = await Promise.all([
    transaction.objectStore('files').get(sha256),
    transaction.objectStore('alerts').count(allOf(sha256)),
  ]);
  return kept?.services === services;
}

/** Keys of the services that have recent alerts. */
export async function alertedKeys(): Promise<readonly string[]> {
  const transaction = (await openFilesDatabase()).transaction(['about', 'alerts']);
  const stored = await transaction.objectStore('about').get('stored');
  const keys = stored?.manifest.recent.map(({ sha256 }) => transaction.objectStore('alerts').getAllKeys(allOf(sha256)));
  return [...new Set((await Promise.all(keys ?? [])).flat().map(([, key]) => key))];
}

/** All that is kept by a file's hash and something else. */
export const allOf = (sha256: string): IDBKeyRange => IDBKeyRange.bound([sha256], [sha256, []]);
