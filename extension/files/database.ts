import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';
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
 * Everything but `about` is by the SHA-256 of its file, and counts only where `about` names it: files come one by one,
 * and are shown all at once.
 */
export interface FilesSchema extends DBSchema {
  readonly about: { key: 'stored'; value: StoredFiles };
  readonly files: { key: string; value: KeptFile };
  /** Some lines each, so that one service is read without all others. By file and place. */
  readonly parts: { key: [string, number]; value: Uint8Array };
  readonly alerts: { key: [string, string]; value: KeptAlerts; indexes: { readonly key: string } };
}

export type FilesDatabase = IDBPDatabase<FilesSchema>;

export const NAME = 'files';
const VERSION = 1;
export const STORES = ['about', 'files', 'parts', 'alerts'] as const;

let opened: Promise<FilesDatabase> | undefined;

/**
 * Opened once; again where the browser closed it or another page deletes it. One that cannot be opened, damaged or of a
 * later program, is dropped: what is in it can be downloaded again.
 */
export function openFilesDatabase(): Promise<FilesDatabase> {
  opened ??= openOnce()
    .catch(async () => {
      await deleteDB(NAME);
      return openOnce();
    })
    .catch((error: unknown) => {
      forget();
      throw error;
    });
  return opened;
}

async function openOnce(): Promise<FilesDatabase> {
  const database = await openDB<FilesSchema>(NAME, VERSION, {
    upgrade: (database) => {
      for (const store of [...database.objectStoreNames]) database.deleteObjectStore(store);
      for (const store of ['about', 'files', 'parts'] as const) database.createObjectStore(store);
      database.createObjectStore('alerts', { keyPath: ['shard', 'key'] }).createIndex('key', 'key');
    },
    blocking: (_version, _blocked, event) => {
      (event.target as IDBDatabase | null)?.close();
      forget();
    },
    terminated: forget,
  });
  if (STORES.every((store) => database.objectStoreNames.contains(store))) return database;
  database.close();
  throw new Error('The database of files is not as this program makes it.');
}

function forget(): void {
  opened = undefined;
}
