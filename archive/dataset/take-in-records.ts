import { dirname, join } from 'node:path';
import { type UpdateIndexOptions, updateIndex } from '../index/update-index.ts';
import { thisProcess } from '../ledger/lock-owner.ts';
import { acquireWriterLock, LockedError, type WriterLock } from '../ledger/writer-lock.ts';

/**
 * Brings the records of an index up to date where no server does so. Their text is left for the server.
 *
 * @throws ArchiveError when git fails; IndexUnavailableError when the file cannot be written; the signal's reason.
 */
export async function takeInRecords(options: Omit<UpdateIndexOptions, 'withText'>): Promise<void> {
  let lock: WriterLock;
  try {
    lock = acquireWriterLock(join(dirname(options.indexFile), 'index.lock'), { owner: thisProcess('dataset') });
  } catch (error) {
    // Whoever holds it takes new records in within a second.
    if (error instanceof LockedError) return;
    throw error;
  }
  try {
    await updateIndex({ ...options, withText: false });
  } finally {
    lock.release();
  }
}
