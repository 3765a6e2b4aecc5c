import { LRUCache } from 'lru-cache';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { IndexedVersion } from '../../../archive/index/indexed-record.ts';
import type { AroundText } from './around-text.ts';

/** Answers about versions as they are sent: escaping a text of 45 KB anew takes longer than all else of an answer. */
export interface WrittenVersions {
  /** At once where it is kept, so that a server under load answers without a turn of the event loop. */
  of(
    collection: ServedCollection,
    version: IndexedVersion,
    around: AroundText,
  ): Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;
}

/** Beside this, what was asked for itself is kept as it was sent (`server/http/kept-answers.ts`, 24 MB). */
const MAX_BYTES = 32_000_000;
/** Larger ones are made anew each time, or one of them would push out hundreds of others. */
const MAX_ENTRY_BYTES = 4_000_000;

/**
 * A cache to be shared by all collections of a server, by collection and entity tag: what one repository gives for a
 * blob must not be shown as another's.
 */
export function createWrittenVersions(): WrittenVersions {
  const cache = new LRUCache<string, Uint8Array<ArrayBuffer>>({
    maxSize: MAX_BYTES,
    maxEntrySize: MAX_ENTRY_BYTES,
    sizeCalculation: (bytes) => bytes.length + 300,
  });

  async function write(collection: ServedCollection, version: IndexedVersion, { head, tail, etag }: AroundText) {
    const content = JSON.stringify(await collection.content(version));
    const bytes = Buffer.from(`${head}${content}${tail}`);
    cache.set(`${collection.id} ${etag}`, bytes);
    return bytes;
  }

  return {
    of: (collection, version, around) =>
      cache.get(`${collection.id} ${around.etag}`) ?? write(collection, version, around),
  };
}
