import type { DatabaseSync } from 'node:sqlite';
import type { AnalysisStore } from '../../changes/analysis/analysis-store.ts';
import { type DocumentMemory, readMemory, writeMemory } from '../../changes/analysis/documents/document-memory.ts';
import { openSharedBlocks } from './shared-block-table.ts';

/** What analysis remembers, in the index. Changes wait in memory until they are written. */
export interface WritableAnalysisStore extends AnalysisStore {
  /** To be called in the transaction that notes the records as judged. */
  write(): void;
}

/** Documents whose memory is kept from one writing to the next: some 30 KB each. */
const MEMORIES_KEPT = 1_000;

/** @param isEmpty nothing was ever remembered on this side, so that there is nothing to look up. */
export function openAnalysisStore(
  database: DatabaseSync,
  { side, isEmpty }: { readonly side: number; readonly isEmpty: boolean },
): WritableAnalysisStore {
  const select = database.prepare('SELECT memory FROM analysis_memory WHERE side = ? AND path = ?');
  const replace = database.prepare('INSERT OR REPLACE INTO analysis_memory VALUES (?, ?, ?)');
  const shared = openSharedBlocks(database, { side, isEmpty });
  /** As they are, also where that is not written yet. */
  const memories = new Map<string, DocumentMemory>();
  const waiting = new Set<string>();

  return {
    note: shared.note,
    count: shared.count,
    memoryOf(path) {
      const known = memories.get(path);
      if (known) return known;
      const found = select.get(side, path)?.memory;
      if (typeof found !== 'string') return undefined;
      const memory = readMemory(found);
      memories.set(path, memory);
      return memory;
    },
    remember(path, memory) {
      memories.set(path, memory);
      waiting.add(path);
    },
    write() {
      for (const path of waiting) {
        const memory = memories.get(path);
        if (memory) replace.run(side, path, writeMemory(memory));
      }
      waiting.clear();
      if (memories.size > MEMORIES_KEPT) memories.clear();
      shared.write();
    },
  };
}
