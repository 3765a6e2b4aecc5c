import { dirname, join } from 'node:path';
import { thisProcess } from '../../ledger/lock-owner.ts';
import { acquireWriterLock, LockedError, type WriterLock } from '../../ledger/writer-lock.ts';
import type { IndexState } from '../index-reader.ts';
import { openIndexReader } from '../open-reader.ts';
import type { UpdateIndexOptions } from '../update-index.ts';
import { discardIndex } from './discard-index.ts';
import { updateIndexInThread } from './update-in-thread.ts';

/** What the new index holds. */
export interface RebuiltIndex {
  readonly state: IndexState;
  readonly milliseconds: number;
}

/**
 * Throws an index away and makes it anew from the records, in a thread of its own.
 *
 * @param command named to whoever meets the lock meanwhile.
 * @throws Error with the next step, where a server keeps this index; what `updateIndexInThread` throws. What was made
 *   until then is gone on from by the next server.
 */
export async function rebuildIndex(
  options: Omit<UpdateIndexOptions, 'withText'> & { readonly command: string },
): Promise<RebuiltIndex> {
  const { indexFile, command } = options;
  const started = performance.now();
  const lock = take(join(dirname(indexFile), 'index.lock'), indexFile, command);
  try {
    discardIndex(indexFile);
    await updateIndexInThread(options);
    const reader = openIndexReader(indexFile);
    try {
      return { state: reader.state(), milliseconds: performance.now() - started };
    } finally {
      reader.close();
    }
  } finally {
    lock.release();
  }
}

function take(lockFile: string, indexFile: string, command: string): WriterLock {
  try {
    return acquireWriterLock(lockFile, { owner: thisProcess(command) });
  } catch (cause) {
    if (!(cause instanceof LockedError)) throw cause;
    const { owner } = cause;
    const who = owner
      ? `"clausewatch ${owner.command}" (process ${owner.pid} on ${owner.host})`
      : 'another process that is just starting';
    throw new Error(
      `The index ${indexFile} is kept by ${who}, which takes in new records and repairs the index by itself. To have it made anew all the same, stop that process first, or delete the file: that process then makes it anew.`,
      { cause },
    );
  }
}
