import type { AnalysisStore } from './analysis-store.ts';
import type { DocumentMemory } from './documents/document-memory.ts';
import { createSharedBlocks } from './furniture/shared-blocks.ts';

/** A store in memory, for a run over a whole history. */
export function createMemoryStore(): AnalysisStore {
  const memories = new Map<string, DocumentMemory>();
  return {
    ...createSharedBlocks(),
    memoryOf: (path) => memories.get(path),
    remember: (path, memory) => void memories.set(path, memory),
  };
}
