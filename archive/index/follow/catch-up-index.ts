import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { thisProcess } from '../../ledger/lock-owner.ts';
import { acquireWriterLock, LockedError, type WriterLock } from '../../ledger/writer-lock.ts';
import { type UpdateIndexOptions, updateIndex } from '../update-index.ts';

/**
 * Brings an index up to date for a command that reads it once, in this thread. Where a server keeps it, that server takes
 * in what is new by itself within a second, so that nothing is done here.
 *
 * @param command named to whoever meets the lock meanwhile.
 * @returns who keeps the index.
 * @throws what `updateIndex` throws.
 */
export async function catchUpIndex(
  options: UpdateIndexOptions & { readonly command: string },
): Promise<'this' | 'another'> {
  const { indexFile, command } = options;
  mkdirSync(dirname(indexFile), { recursive: true });
  let lock: WriterLock;
  try {
    lock = acquireWriterLock(join(dirname(indexFile), 'index.lock'), { owner: thisProcess(command) });
  } catch (error) {
    if (error instanceof LockedError) return 'another';
    throw error;
  }
  try {
    await updateIndex(options);
    return 'this';
  } finally {
    lock.release();
  }
}
