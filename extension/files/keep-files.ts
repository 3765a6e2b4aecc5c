import type { ExtensionManifest, RecentAlert } from '../../server/api/contract.ts';
import { answer, changing, type KeptAlerts, STORES, type StoredFiles } from './database.ts';
import { allOf } from './file-store.ts';
import { firstField, PART_BYTES, partsOf } from './parts-of-lines.ts';

/** Keeps a file of sorted lines, all of it or nothing. It is shown once {@link showFiles} names it. */
export function keepLines(sha256: string, bytes: Uint8Array, partBytes = PART_BYTES): Promise<void> {
  const parts = partsOf(bytes, partBytes);
  return changing(['files', 'parts'], (stores) => {
    const kept = stores('parts');
    kept.delete(allOf(sha256));
    for (const [place, part] of parts.entries()) kept.put(part, [sha256, place]);
    stores('files').put({ starts: parts.map(firstField), services: 0 }, sha256);
  });
}

/** Alerts of one service in 30 days: nobody reads more, and no service has a tenth of it. */
const MOST_ALERTS = 500;

/** Keeps a shard of `recent`, all of it or nothing. It is shown once {@link showFiles} names it. */
export function keepAlerts(sha256: string, alerts: readonly RecentAlert[]): Promise<void> {
  const services = Map.groupBy(alerts, ({ key }) => key);
  return changing(['files', 'alerts'], (stores) => {
    const kept = stores('alerts');
    kept.delete(allOf(sha256));
    for (const [key, own] of services) {
      const value: KeptAlerts = { shard: sha256, key, alerts: own.slice(0, MOST_ALERTS) };
      kept.put(value);
    }
    stores('files').put({ starts: [], services: services.size }, sha256);
  });
}

/**
 * Puts these files in the place of those shown until now, all at once: whoever reads meanwhile, or after a death in between,
 * sees the former. What is not named goes.
 *
 * @throws Error where one of them is not there
 */
export const showFiles = (stored: StoredFiles): Promise<void> =>
  changing(STORES, async (stores) => {
    const files = stores('files');
    const there = await answer<IDBValidKey[]>(files.getAllKeys());
    const named = namesOf(stored.manifest);
    if (![...named].every((sha256) => there.includes(sha256))) {
      throw new Error('A file that was to be shown is not stored.');
    }
    for (const sha256 of there) {
      if (typeof sha256 === 'string' && named.has(sha256)) continue;
      files.delete(sha256);
      stores('parts').delete(allOf(sha256));
      stores('alerts').delete(allOf(sha256));
    }
    stores('about').put(stored, 'stored');
  });

/** Takes everything away that was downloaded. */
export const dropFiles = (): Promise<void> =>
  changing(STORES, (stores) => {
    for (const store of STORES) stores(store).clear();
  });

const namesOf = ({ index, services, recent }: ExtensionManifest): ReadonlySet<string> =>
  new Set([index, services, ...recent].map(({ sha256 }) => sha256));
