import { LRUCache } from 'lru-cache';
import type { DocumentState } from './state.ts';

/** States of documents by the blob of their content, the latest used kept. */
export interface StateCache {
  get(blob: string): DocumentState | undefined;
  has(blob: string): boolean;
  set(blob: string, state: DocumentState): void;
}

/** @param mostCharacters that the states kept may have together; their blocks count some more. */
export function createStateCache(mostCharacters: number): StateCache {
  const cache = new LRUCache<string, DocumentState>({
    maxSize: mostCharacters,
    sizeCalculation: ({ blocks }) =>
      blocks.reduce((sum, { markdown }) => sum + markdown.length, blocks.length * ENTRY + 1),
  });
  return {
    get: (blob) => cache.get(blob),
    has: (blob) => cache.has(blob),
    set: (blob, state) => void cache.set(blob, state),
  };
}

/** What a block takes in a state beside its text, in characters. */
const ENTRY = 100;
