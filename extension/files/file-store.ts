import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { ExtensionManifest, RecentAlert } from '../../server/api/contract.ts';

/** All that was downloaded at once, and from where. */
export interface StoredFiles {
  /** As in the settings. */
  readonly server: string;
  readonly manifest: ExtensionManifest;
}

interface Schema extends DBSchema {
  /** `index` and `services`, as they came. */
  readonly bytes: { key: 'index' | 'services'; value: Uint8Array };
  readonly about: { key: 'stored'; value: StoredFiles };
  /** By service, so that a popup reads no more than it shows. */
  readonly alerts: { key: string; value: readonly RecentAlert[] };
}

const NAME = 'files';
const VERSION = 1;
const STORES = ['bytes', 'about', 'alerts'] as const;

let opened: Promise<IDBPDatabase<Schema>> | undefined;

/** Opened once; again where the browser closed it or another page deletes it. */
function open(): Promise<IDBPDatabase<Schema>> {
  const forget = (): void => {
    opened = undefined;
  };
  opened ??= openDB<Schema>(NAME, VERSION, {
    // What is there can be downloaded again: an older layout is dropped, not converted.
    upgrade: (database) => {
      for (const store of [...database.objectStoreNames]) database.deleteObjectStore(store);
      for (const store of STORES) database.createObjectStore(store);
    },
    blocking: (_version, _blocked, event) => {
      (event.target as IDBDatabase | null)?.close();
      forget();
    },
    terminated: forget,
  }).catch((error: unknown) => {
    forget();
    throw error;
  });
  return opened;
}

export const readStored = async (): Promise<StoredFiles | undefined> => (await open()).get('about', 'stored');

/** The bytes of a file; undefined where nothing was downloaded yet. */
export const readBytes = async (file: 'index' | 'services'): Promise<Uint8Array | undefined> =>
  (await open()).get('bytes', file);

/** Recent alerts of one service, newest first. */
export const readAlerts = async (key: string): Promise<readonly RecentAlert[]> =>
  (await (await open()).get('alerts', key)) ?? [];

/** Keys of the services that have recent alerts. */
export const alertedKeys = async (): Promise<readonly string[]> => (await open()).getAllKeys('alerts');

export interface NewFiles extends StoredFiles {
  readonly index: Uint8Array;
  readonly services: Uint8Array;
  /** undefined: they are those that are stored already. */
  readonly alerts: ReadonlyMap<string, readonly RecentAlert[]> | undefined;
}

/** Puts everything in the place of the former at once: whoever reads meanwhile, or after a death in between, sees the former. */
export async function storeFiles({ server, manifest, index, services, alerts }: NewFiles): Promise<void> {
  const transaction = (await open()).transaction(STORES, 'readwrite');
  const bytes = transaction.objectStore('bytes');
  const kept = transaction.objectStore('alerts');
  const writes: Promise<unknown>[] = [
    bytes.put(index, 'index'),
    bytes.put(services, 'services'),
    transaction.objectStore('about').put({ server, manifest }, 'stored'),
  ];
  if (alerts) {
    writes.push(kept.clear());
    for (const [key, own] of alerts) writes.push(kept.put(own, key));
  }
  await Promise.all([...writes, transaction.done]);
}

/** Takes everything away that was downloaded. */
export async function dropFiles(): Promise<void> {
  const transaction = (await open()).transaction(STORES, 'readwrite');
  await Promise.all([...STORES.map((store) => transaction.objectStore(store).clear()), transaction.done]);
}
