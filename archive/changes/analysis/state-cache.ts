import { LRUCache } from 'lru-cache';
import type { DocumentState } from './state.ts';

/** States of documents by the blob of their content, the latest used kept. */
export interface StateCache {
  get(blob: string): DocumentState | undefined;
  has(blob: string): boolean;
  set(blob: string, state: DocumentState): void;
}

/** @param mostBlocks that the states kept may have together. */
export function createStateCache(mostBlocks: number): StateCache {
  const cache = new LRUCache<string, DocumentState>({
    maxSize: mostBlocks,
    sizeCalculation: ({ blocks }) => Math.max(1, blocks.length),
  });
  return {
    get: (blob) => cache.get(blob),
    has: (blob) => cache.has(blob),
    set: (blob, state) => void cache.set(blob, state),
  };
}
