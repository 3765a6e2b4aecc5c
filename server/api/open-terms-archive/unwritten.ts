import { LRUCache } from 'lru-cache';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { IndexReader, IndexState } from '../../../archive/index/index-reader.ts';

/** Bounded: a reader who asks for every second of a year must not fill the memory. */
const MAX_KEPT = 5_000;

/**
 * Keeps answers of an index for as long as nothing is written to it, the last 5,000 of them. A reader gives the same
 * state, the very object, until then.
 */
export function keepWhileUnwritten<Key extends string | number, Value extends object>(): (
  index: IndexReader,
  key: Key,
  make: () => Value | undefined,
) => Value | undefined {
  const caches = new WeakMap<IndexState, LRUCache<Key, Value>>();
  return (index, key, make) => {
    const state = index.state();
    const cache = caches.get(state) ?? new LRUCache<Key, Value>({ max: MAX_KEPT });
    caches.set(state, cache);
    const kept = cache.get(key);
    if (kept !== undefined) return kept;
    const made = make();
    if (made !== undefined) cache.set(key, made);
    return made;
  };
}

/**
 * Milliseconds for which nothing is taken to have been written since the last look: a thousandth of the time within which
 * a new record is to be seen, and a look is a tenth of the work for an answer that is kept.
 */
const LOOK_EVERY = 1;

const looks = new WeakMap<IndexState, () => boolean>();

/** Tells whether nothing has been written to the index since; call it before the index is asked. */
export function whileUnwritten(collection: ServedCollection): () => boolean {
  const state = collection.index().state();
  const known = looks.get(state);
  if (known) return known;
  let lookedAt = performance.now();
  const isUnwritten = (): boolean => {
    const now = performance.now();
    if (now - lookedAt < LOOK_EVERY) return true;
    if (collection.index().state() !== state) return false;
    lookedAt = now;
    return true;
  };
  looks.set(state, isUnwritten);
  return isUnwritten;
}
