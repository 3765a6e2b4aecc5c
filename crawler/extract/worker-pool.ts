import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import { ExtractError } from './extract-error.ts';
import type { ExtractRequest } from './extract-request.ts';
import type { WorkerAnswer } from './worker.ts';

export interface WorkerPoolOptions {
  readonly workers?: number | undefined;
  /** Heap of one worker. */
  readonly memoryMegabytes?: number | undefined;
  /** Milliseconds for one document, once a worker has begun it. */
  readonly timeout?: number | undefined;
}

export interface WorkerPool {
  readonly extract: (request: ExtractRequest, signal?: AbortSignal) => Promise<string>;
  readonly close: () => Promise<void>;
}

/**
 * Worker threads that extract documents. A document that exhausts a worker's memory or time costs the worker, which is
 * replaced, and is reported as `unreadable`.
 */
export function createWorkerPool(options: WorkerPoolOptions = {}): WorkerPool {
  const { workers = Math.min(availableParallelism(), 4), memoryMegabytes = 512, timeout = 60_000 } = options;
  const pool = new Piscina<ExtractRequest, WorkerAnswer>({
    filename: join(import.meta.dirname, 'worker.ts'),
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: 30_000,
    // Trees are large and soon garbage: a roomy young generation spares their copying.
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: 64, stackSizeMb: 16 },
  });
  // A worker that ran out of memory is reported here too; its document has been told.
  pool.on('error', () => undefined);
  const places = createPlaces(workers);

  async function extract(request: ExtractRequest, signal?: AbortSignal): Promise<string> {
    const timeLimit = AbortSignal.timeout(timeout);
    let answer: WorkerAnswer;
    try {
      answer = await pool.run(request, { signal: signal ? AbortSignal.any([signal, timeLimit]) : timeLimit });
    } catch (cause) {
      signal?.throwIfAborted();
      const what = timeLimit.aborted ? `took longer than ${timeout / 1000} s` : describe(cause, memoryMegabytes);
      throw new ExtractError('unreadable', `${request.location} was not extracted: it ${what}. Look at the snapshot.`, {
        cause,
      });
    }
    if ('markdown' in answer) return answer.markdown;
    throw new ExtractError(answer.failure.reason, answer.failure.message);
  }

  return {
    extract: async (request, signal) => {
      const leave = await places.enter();
      try {
        signal?.throwIfAborted();
        return await extract(request, signal);
      } finally {
        leave();
      }
    },
    close: () => pool.destroy(),
  };
}

function describe(error: unknown, memoryMegabytes: number): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? `needed more than ${memoryMegabytes} MB of memory`
    : `ended with “${message ?? String(error)}”`;
}

/** As many at a time as there are workers, so that waiting is not counted as working. */
function createPlaces(count: number): { enter: () => Promise<() => void> } {
  let free = count;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  };
  return {
    enter: async () => {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return leave;
    },
  };
}
