import { createLiveReader, type LiveReader } from '../../archive/index/follow/live-reader.ts';
import type { IndexReader } from '../../archive/index/index-reader.ts';
import type { QuerySource } from './query-pool.ts';

/** A thread's own connections to the indexes, one for each, opened when first asked. */
export interface ThreadReaders {
  /** @throws IndexUnavailableError where there is no index to read. */
  with<Result>(source: QuerySource, ask: (reader: IndexReader) => Result): Result;
}

/** They go on with an index that is replaced, and tell its writer of damage that a query meets. */
export function createThreadReaders(): ThreadReaders {
  const open = new Map<string, LiveReader>();
  return {
    with({ indexFile, ledgerFile }, ask) {
      const reader = open.get(indexFile) ?? createLiveReader({ indexFile, ledgerFile, lookInterval: 0 });
      open.set(indexFile, reader);
      return ask(reader);
    },
  };
}
