import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { FromKeeper, KeeperSettings, ToKeeper } from './messages.ts';
import { INDEX_THREAD_MEMORY } from './thread-memory.ts';

/** Milliseconds until a worker that died is replaced: doubled with each death, from the first on again after a long life. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 60_000;
const LONG_LIFE = 60_000;

/** A worker that is there again when it dies. */
export interface SupervisedWorker {
  tell(message: ToKeeper): void;
  /** Lets it end by itself, and ends it after `patience` milliseconds. */
  close(patience: number): Promise<void>;
}

/**
 * @param onDeath called with what is known of the cause, and the milliseconds until there is another.
 * @param onStart called with each worker's start; what was told to a former one is lost with it.
 */
export function superviseWorker(options: {
  readonly settings: KeeperSettings;
  readonly onMessage: (message: FromKeeper) => void;
  readonly onDeath: (cause: string, pause: number) => void;
  readonly onStart: () => void;
  readonly script?: URL;
  /** What the worker may use; default {@link INDEX_THREAD_MEMORY}. */
  readonly memory?: ResourceLimits;
}): SupervisedWorker {
  const { settings, onMessage, onDeath, onStart, memory = INDEX_THREAD_MEMORY } = options;
  const { script = new URL('./index-worker.ts', import.meta.url) } = options;
  let worker: Worker | undefined;
  let pause = FIRST_PAUSE;
  let timer: NodeJS.Timeout | undefined;
  let closing: Promise<void> | undefined;
  let ended: () => void = () => {};

  function start(): void {
    const born = performance.now();
    let cause: string | undefined;
    const current = new Worker(script, {
      workerData: settings,
      resourceLimits: memory,
      name: 'index',
    });
    worker = current;
    current.on('message', onMessage);
    current.on('error', (error: unknown) => {
      cause = error instanceof Error ? error.message : String(error);
    });
    current.on('exit', (code) => {
      worker = undefined;
      ended();
      if (closing) return;
      if (performance.now() - born > LONG_LIFE) pause = FIRST_PAUSE;
      onDeath(cause ?? `it ended with code ${code}`, pause);
      timer = setTimeout(start, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
    onStart();
  }

  start();
  return {
    tell: (message) => worker?.postMessage(message),
    close(patience) {
      closing ??= (async () => {
        clearTimeout(timer);
        if (!worker) return;
        const gone = new Promise<void>((resolve) => {
          ended = resolve;
        });
        worker.postMessage({ kind: 'close' } satisfies ToKeeper);
        const late = setTimeout(() => void worker?.terminate(), patience);
        await gone;
        clearTimeout(late);
      })();
      return closing;
    },
  };
}
