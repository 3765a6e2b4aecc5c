import { thisProcess } from '../../ledger/lock-owner.ts';
import { acquireWriterLock, LockedError, type WriterLock } from '../../ledger/writer-lock.ts';
import { createAlarm } from './alarm.ts';
import { describeFault } from './index-fault.ts';
import type { FromKeeper, KeeperSettings } from './messages.ts';
import { createOnlooker } from './onlooker.ts';
import { createUpdateTurns } from './update-turn.ts';

/** Seconds until an update that failed is tried again, when nothing else happens; the last one stays. */
const RETRY_AFTER = [1, 2, 5, 10, 30];

/** Milliseconds between two tries at a lock that another process holds. */
const LOCK_INTERVAL = 1_000;

/** Whoever keeps the index up to date. */
export interface IndexKeeper {
  /** Answered with `caught-up`. */
  catchUp(request: number): void;
  /** Lets go of index and lock, also in the middle of a build; what was committed of that is kept. */
  close(): Promise<void>;
}

/**
 * Keeps an index up to date until it is closed, by itself: takes the lock, takes in what is new, looks for more. While
 * another process holds the lock, it only watches what that one does. Never throws; faults are told and tried again.
 */
export function keepIndex(settings: KeeperSettings, tell: (message: FromKeeper) => void): IndexKeeper {
  const { indexFile, lockFile, pollInterval } = settings;
  const closing = new AbortController();
  const { signal } = closing;
  const alarm = createAlarm();
  const requests = new Set<number>();
  const turns = createUpdateTurns(settings, tell, signal);
  const onlooker = createOnlooker(settings, tell);
  let lock: WriterLock | undefined;
  let lockTriedAt = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let failedAt = 0;
  let failureTold: string | undefined;

  async function keep(): Promise<void> {
    while (!signal.aborted) {
      const isAgain = await takeTurn();
      if (!isAgain && !signal.aborted) await alarm.pause(pollInterval);
    }
    lock?.release();
    answer(requests, 'The server is ending.');
  }

  /** @returns true: there is more to do at once. */
  async function takeTurn(): Promise<boolean> {
    const served = [...requests];
    try {
      if (!takeLock()) {
        if (await onlooker.look(served.length > 0)) answer(served);
        // A repository that could not be looked at, and can be again.
        if (failures > 0 && onlooker.isLooking()) succeeded();
        return false;
      }
      const mayTry = served.length > 0 || performance.now() - failedAt >= retryPause() || (await turns.hasMoved());
      if (!mayTry) return false;
      const outcome = await turns.turn(served.length > 0);
      if (outcome === 'again') return true;
      succeeded();
      answer(served);
      return false;
    } catch (error) {
      if (!signal.aborted) failed(error, served);
      return false;
    }
  }

  /** @returns whether this process is the index's writer. */
  function takeLock(): boolean {
    if (lock) return true;
    if (performance.now() - lockTriedAt < LOCK_INTERVAL) return false;
    lockTriedAt = performance.now();
    try {
      lock = acquireWriterLock(lockFile, { owner: thisProcess(settings.command) });
      if (onlooker.isLooking()) {
        tell({ kind: 'log', level: 'info', message: `The index ${indexFile} is kept by this process from now on.` });
      }
      return true;
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
      onlooker.begin(error.owner);
      return false;
    }
  }

  const retryPause = (): number =>
    failures === 0 ? 0 : (RETRY_AFTER[Math.min(failures, RETRY_AFTER.length) - 1] ?? 0) * 1000;

  function failed(error: unknown, served: readonly number[]): void {
    failures++;
    failedAt = performance.now();
    const message = describeFault(error, indexFile);
    answer(served, message);
    if (message === failureTold) return;
    failureTold = message;
    tell({ kind: 'activity', activity: { kind: 'failed', message } });
    tell({ kind: 'log', level: 'error', message });
  }

  function succeeded(): void {
    if (failures > 0) tell({ kind: 'log', level: 'info', message: `The index ${indexFile} is up to date again.` });
    failures = 0;
    failureTold = undefined;
    tell({ kind: 'activity', activity: { kind: 'ready' } });
  }

  function answer(served: Iterable<number>, failure?: string): void {
    for (const request of [...served]) {
      requests.delete(request);
      tell({ kind: 'caught-up', request, failure });
    }
  }

  const ended = keep();

  return {
    catchUp(request) {
      requests.add(request);
      alarm.ring();
    },
    async close() {
      closing.abort();
      alarm.ring();
      await ended;
    },
  };
}
