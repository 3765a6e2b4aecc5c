import { LRUCache } from 'lru-cache';
import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import type { IndexReader } from '../../archive/index/index-reader.ts';

/** @param ask what follows from the index and the key alone. @throws IndexUnavailableError */
export type KeptOfIndex<Answer> = (
  collection: ServedCollection,
  key: string | number,
  ask: (reader: IndexReader) => Answer,
) => Answer;

/**
 * Keeps answers of the indexes of collections until these are written: a reader gives the very same state so long. Of each
 * collection so many, those that were asked for last.
 */
export function createKeptOfIndex<Answer>(most: number): KeptOfIndex<Answer> {
  const kept = new WeakMap<ServedCollection, { state: object; answers: LRUCache<string | number, { of: Answer }> }>();
  return (collection, key, ask) => {
    const reader = collection.index();
    // Asked for before the answer: one that is written meanwhile is asked for again.
    const state = reader.state();
    let known = kept.get(collection);
    if (known?.state !== state) {
      known = { state, answers: new LRUCache({ max: most }) };
      kept.set(collection, known);
    }
    const found = known.answers.get(key) ?? { of: ask(reader) };
    known.answers.set(key, found);
    return found.of;
  };
}
