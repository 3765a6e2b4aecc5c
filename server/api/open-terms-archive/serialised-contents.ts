import { LRUCache } from 'lru-cache';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';

/** Texts of versions as JSON strings in UTF-8: escaping one of 45 KB anew takes longer than all else of an answer. */
export interface SerialisedContents {
  of(collection: ServedCollection, version: IndexedVersion): Promise<Uint8Array>;
}

const MAX_BYTES = 48_000_000;
/** Larger ones are made anew each time, or one of them would push out hundreds of others. */
const MAX_ENTRY_BYTES = 4_000_000;

/**
 * A cache to be shared by all collections of a server, by collection and blob: what one repository gives for a blob must
 * not be shown as another's.
 */
export function createSerialisedContents(): SerialisedContents {
  const cache = new LRUCache<string, Uint8Array>({
    maxSize: MAX_BYTES,
    maxEntrySize: MAX_ENTRY_BYTES,
    sizeCalculation: (bytes) => bytes.length + 200,
  });
  return {
    async of(collection, version) {
      const key = `${collection.id} ${version.blob}`;
      const kept = cache.get(key);
      if (kept !== undefined) return kept;
      const bytes = Buffer.from(JSON.stringify(await collection.content(version)));
      cache.set(key, bytes);
      return bytes;
    },
  };
}
