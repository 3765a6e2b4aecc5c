import { LRUCache } from 'lru-cache';

/** Written feeds by a hash of what they tell: writing 100 entries takes milliseconds, finding them a fraction of one. */
export interface FeedCache {
  get(state: string, write: () => string): string;
}

const MAX_CHARACTERS = 8_000_000;

export function createFeedCache(): FeedCache {
  const written = new LRUCache<string, string>({ maxSize: MAX_CHARACTERS, sizeCalculation: ({ length }) => length });
  return {
    get(state, write) {
      const kept = written.get(state);
      if (kept !== undefined) return kept;
      const text = write();
      written.set(state, text);
      return text;
    },
  };
}
