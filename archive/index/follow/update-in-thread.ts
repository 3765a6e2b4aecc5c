import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { IndexProgress, UpdateIndexOptions } from '../update-index.ts';
import { INDEX_THREAD_MEMORY } from './thread-memory.ts';

/** What the thread is told at its start. */
export type UpdateSettings = Omit<UpdateIndexOptions, 'signal' | 'onProgress' | 'onProblem'>;

/** From the thread. An error comes as a plain one, with its message and its cause. */
export type FromUpdate =
  | { readonly kind: 'progress'; readonly progress: IndexProgress }
  | { readonly kind: 'problem'; readonly message: string }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * `updateIndex` in a thread with the memory that such a thread gets, so that it does not grow as it likes. Progress is
 * told a few times a second.
 *
 * @throws as `updateIndex`, but plain errors; where it took more memory than it may, an error that says so; the signal's
 *   reason when it is aborted.
 */
export async function updateIndexInThread(options: UpdateIndexOptions, memory = INDEX_THREAD_MEMORY): Promise<void> {
  const { signal, onProgress, onProblem } = options;
  signal?.throwIfAborted();
  const workerData = settingsOf(options);
  const script = new URL('./update-thread.ts', import.meta.url);
  const worker = new Worker(script, { workerData, resourceLimits: memory, name: 'index' });
  let failure: { readonly error: unknown } | undefined;
  worker.on('message', (message: FromUpdate) => {
    if (message.kind === 'progress') onProgress?.(message.progress);
    else if (message.kind === 'problem') onProblem?.(message.message);
    else failure = { error: message.error };
  });
  const end = (): void => worker.postMessage('end');
  signal?.addEventListener('abort', end, { once: true });
  try {
    await once(worker, 'exit');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
    throw new Error(
      `The index ${options.indexFile} needed more than ${memory.maxOldGenerationSizeMb} MB of memory; what was made of it is kept, and is gone on from. Please report which archive that was.`,
      { cause: error },
    );
  } finally {
    signal?.removeEventListener('abort', end);
  }
  signal?.throwIfAborted();
  if (failure) throw failure.error;
}

/** By name: whatever else the caller's object holds may be nothing that can be sent. */
const settingsOf = (options: UpdateSettings): UpdateSettings => ({
  versionsDirectory: options.versionsDirectory,
  snapshotsDirectory: options.snapshotsDirectory,
  indexFile: options.indexFile,
  mostTextBytes: options.mostTextBytes,
  analysis: options.analysis,
  withText: options.withText,
});
