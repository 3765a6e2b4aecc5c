import { QueriesBusyError } from './query-error.ts';

/** Lets as many in at a time as there are threads, so that waiting is not counted as working; few may wait. */
export interface QueryGate {
  /**
   * @returns how to leave.
   * @throws QueriesBusyError where too many wait already, and the signal's reason once the asker has gone.
   */
  enter(signal?: AbortSignal): Promise<() => void>;
  load(): { readonly running: number; readonly waiting: number };
}

export function createQueryGate(places: number, mostWaiting: number): QueryGate {
  let running = 0;
  const waiting = new Set<() => void>();
  const leave = (): void => {
    const [next] = waiting;
    if (next === undefined) running--;
    else {
      waiting.delete(next);
      next();
    }
  };
  const leaveOnce = (): (() => void) => {
    let hasLeft = false;
    return () => {
      if (!hasLeft) leave();
      hasLeft = true;
    };
  };
  return {
    async enter(signal) {
      signal?.throwIfAborted();
      if (running < places) {
        running++;
        return leaveOnce();
      }
      if (waiting.size >= mostWaiting) {
        throw new QueriesBusyError(`${waiting.size} questions are waiting already; this one was not taken in.`);
      }
      await new Promise<void>((resolve, reject) => {
        const goOn = (): void => {
          signal?.removeEventListener('abort', give);
          resolve();
        };
        const give = (): void => {
          waiting.delete(goOn);
          reject(signal?.reason);
        };
        waiting.add(goOn);
        signal?.addEventListener('abort', give, { once: true });
      });
      return leaveOnce();
    },
    load: () => ({ running, waiting: waiting.size }),
  };
}
