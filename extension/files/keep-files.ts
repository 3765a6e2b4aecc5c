import type { ExtensionManifest, RecentAlert } from '../../server/api/contract.ts';
import { type KeptAlerts, openFilesDatabase, STORES, type StoredFiles } from './database.ts';
import { allOf } from './file-store.ts';
import { firstField, PART_BYTES, partsOf } from './parts-of-lines.ts';

/** Keeps a file of sorted lines, all of it or nothing. It is shown once {@link showFiles} names it. */
export async function keepLines(sha256: string, bytes: Uint8Array, partBytes = PART_BYTES): Promise<void> {
  const parts = partsOf(bytes, partBytes);
  const transaction = (await openFilesDatabase()).transaction(['files', 'parts'], 'readwrite');
  const kept = transaction.objectStore('parts');
  await Promise.all([
    kept.delete(allOf(sha256)),
    ...parts.map((part, place) => kept.put(part, [sha256, place])),
    transaction.objectStore('files').put({ starts: parts.map(firstField), services: 0 }, sha256),
    transaction.done,
  ]);
}

/** Alerts of one service in 30 days: nobody reads more, and no service has a tenth of it. */
const MOST_ALERTS = 500;

/** Keeps a shard of `recent`, all of it or nothing. It is shown once {@link showFiles} names it. */
export async function keepAlerts(sha256: string, alerts: readonly RecentAlert[]): Promise<void> {
  const transaction = (await openFilesDatabase()).transaction(['files', 'alerts'], 'readwrite');
  const kept = transaction.objectStore('alerts');
  const services = Map.groupBy(alerts, ({ key }) => key);
  await Promise.all([
    kept.delete(allOf(sha256)),
    ...[...services].map(([key, own]): Promise<unknown> => {
      const value: KeptAlerts = { shard: sha256, key, alerts: own.slice(0, MOST_ALERTS) };
      return kept.put(value);
    }),
    transaction.objectStore('files').put({ starts: [], services: services.size }, sha256),
    transaction.done,
  ]);
}

/**
 * Puts these files in the place of those shown until now, all at once: whoever reads meanwhile, or after a death in between,
 * sees the former. What is not named goes.
 *
 * @throws Error where one of them is not there
 */
export async function showFiles(stored: StoredFiles): Promise<void> {
  const transaction = (await openFilesDatabase()).transaction(STORES, 'readwrite');
  const files = transaction.objectStore('files');
  const there = await files.getAllKeys();
  const named = namesOf(stored.manifest);
  if (![...named].every((sha256) => there.includes(sha256))) {
    await transaction.done;
    throw new Error('A file that was to be shown is not stored.');
  }
  const gone = there.filter((sha256) => !named.has(sha256));
  await Promise.all([
    ...gone.flatMap((sha256) => [
      files.delete(sha256),
      transaction.objectStore('parts').delete(allOf(sha256)),
      transaction.objectStore('alerts').delete(allOf(sha256)),
    ]),
    transaction.objectStore('about').put(stored, 'stored'),
    transaction.done,
  ]);
}

/** Takes everything away that was downloaded. */
export async function dropFiles(): Promise<void> {
  const transaction = (await openFilesDatabase()).transaction(STORES, 'readwrite');
  await Promise.all([...STORES.map((store) => transaction.objectStore(store).clear()), transaction.done]);
}

const namesOf = ({ index, services, recent }: ExtensionManifest): ReadonlySet<string> =>
  new Set([index, services, ...recent].map(({ sha256 }) => sha256));
