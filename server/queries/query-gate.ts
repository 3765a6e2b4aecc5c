import { QueriesBusyError } from './query-error.ts';

/** Lets as many in at a time as there are threads, so that waiting is not counted as working; few may wait. */
export interface QueryGate {
  /**
   * @returns how to leave.
   * @throws QueriesBusyError where too many wait already or this one waited too long, and the signal's reason once the
   *   asker has gone.
   */
  enter(signal?: AbortSignal): Promise<() => void>;
  load(): { readonly running: number; readonly waiting: number };
}

/** @param longestWait milliseconds */
export function createQueryGate(places: number, mostWaiting: number, longestWait: number): QueryGate {
  let running = 0;
  const waiting = new Set<() => void>();
  const leave = (): void => {
    const [next] = waiting;
    if (next === undefined) running--;
    else next();
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
        const stop = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onGone);
          waiting.delete(goOn);
        };
        const goOn = (): void => {
          stop();
          resolve();
        };
        const onGone = (): void => {
          stop();
          reject(signal?.reason);
        };
        const timer = setTimeout(() => {
          stop();
          reject(new QueriesBusyError(`This question waited ${longestWait / 1000} s and was not begun.`));
        }, longestWait);
        waiting.add(goOn);
        signal?.addEventListener('abort', onGone, { once: true });
      });
      return leaveOnce();
    },
    load: () => ({ running, waiting: waiting.size }),
  };
}
