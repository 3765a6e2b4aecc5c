import type { ExtensionManifest, RecentAlert } from '../../server/api/contract.ts';

/** What was downloaded last and is whole, and from where. */
export interface StoredFiles {
  /** As in the settings. */
  readonly server: string;
  readonly manifest: ExtensionManifest;
}

/** A file that is there as a whole. */
export interface KeptFile {
  /** First field of the first line of each of its parts. */
  readonly starts: readonly string[];
  /** Of a shard of `recent`: how many services have alerts in it. */
  readonly services: number;
}

/** Of a shard of `recent`, all alerts of one service. */
export interface KeptAlerts {
  readonly shard: string;
  readonly key: string;
  /** Newest first. */
  readonly alerts: readonly RecentAlert[];
}

/**
 * What lies in each store. Everything but `about` is by the SHA-256 of its file, and counts only where `about` names it: files
 * come one by one, and are shown all at once.
 */
interface FilesStores {
  /** By `stored`. */
  readonly about: StoredFiles;
  /** By SHA-256. */
  readonly files: KeptFile;
  /** Some lines each, so that one service is read without all others. By SHA-256 and place. */
  readonly parts: Uint8Array;
  /** By shard and key; `key` is an index too. */
  readonly alerts: KeptAlerts;
}

type StoreName = keyof FilesStores;

const NAME = 'files';
const VERSION = 1;
export const STORES = ['about', 'files', 'parts', 'alerts'] as const satisfies readonly StoreName[];

let opened: Promise<IDBDatabase> | undefined;

/** Gives a store that is part of the transaction. */
type Stores = (name: StoreName) => IDBObjectStore;

/** Reads from some stores, as they are at one moment. */
export async function reading<Result>(
  names: StoreName | readonly StoreName[],
  work: (stores: Stores) => Promise<Result>,
): Promise<Result> {
  const transaction = (await openFilesDatabase()).transaction(names);
  return work((name) => transaction.objectStore(name));
}

/** Changes some stores: all of it or nothing. Waits until it is written. */
export async function changing(names: readonly StoreName[], work: (stores: Stores) => unknown): Promise<void> {
  const transaction = (await openFilesDatabase()).transaction(names, 'readwrite');
  const written = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The browser kept nothing.'));
  });
  const working = async (): Promise<void> => {
    try {
      await work((name) => transaction.objectStore(name));
    } catch (error) {
      transaction.abort();
      throw error;
    }
  };
  await Promise.all([working(), written]);
}

/** What a request comes to. Nothing but requests may be waited for in a transaction: it ends when none is open. */
export const answer = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * Opened once; again where the browser closed it or another page deletes it. One that cannot be opened, damaged or of a
 * later program, is dropped: what is in it can be downloaded again.
 */
export function openFilesDatabase(): Promise<IDBDatabase> {
  opened ??= openOnce()
    .catch(async () => {
      await answer(indexedDB.deleteDatabase(NAME));
      return openOnce();
    })
    .catch((error: unknown) => {
      forget();
      throw error;
    });
  return opened;
}

async function openOnce(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    const database = request.result;
    for (const store of [...database.objectStoreNames]) database.deleteObjectStore(store);
    for (const store of ['about', 'files', 'parts'] as const) database.createObjectStore(store);
    database.createObjectStore('alerts', { keyPath: ['shard', 'key'] }).createIndex('key', 'key');
  };
  const database = await answer(request);
  database.onclose = forget;
  database.onversionchange = () => {
    database.close();
    forget();
  };
  if (STORES.every((store) => database.objectStoreNames.contains(store))) return database;
  database.close();
  throw new Error('The database of files is not as this program makes it.');
}

function forget(): void {
  opened = undefined;
}
