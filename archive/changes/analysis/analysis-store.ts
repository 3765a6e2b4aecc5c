import type { DocumentMemory } from './documents/document-memory.ts';
import type { SharedBlocks } from './furniture/shared-blocks.ts';

/**
 * What analysis remembers between records, kept where its user wants it. A run that goes on with what another one stored
 * judges as if there had been one run.
 */
export interface AnalysisStore extends SharedBlocks {
  /** Memory of the document with that path (`<service>/<terms type>.md`); undefined before its first record. */
  memoryOf(path: string): DocumentMemory | undefined;
  /**
   * Keeps it instead of the former one. The same object is changed by later records of the document: a store that writes
   * it later writes the later state, which is right where all records judged until then are stored with it.
   */
  remember(path: string, memory: DocumentMemory): void;
}
