import { setTimeout as delay } from 'node:timers/promises';
import { schedule as scheduleCron } from 'node-cron';

export interface Schedule {
  /** When the next run will begin; undefined once stopped. */
  next(): Date | undefined;
  /** No further run begins; resolves when the one in progress has ended. */
  stop(): Promise<void>;
}

/**
 * Runs `work` at once and then by the cron expression, in the machine's time zone as OTA does. A turn that comes while
 * a run is still going on is left out and told through `onSkipped`: two runs would fetch the same documents twice.
 *
 * `work` has to handle its own errors: one that throws stops nothing but ends in `onError`.
 */
export function startSchedule(
  expression: string,
  work: () => Promise<void>,
  { onSkipped, onError }: { onSkipped: () => void; onError: (error: unknown) => void },
): Schedule {
  let current: Promise<void> | undefined;
  const begin = (): void => {
    if (current) {
      onSkipped();
      return;
    }
    current = work()
      .catch(onError)
      .finally(() => {
        current = undefined;
      });
  };
  // node-cron gives up a turn that is more than a second late and says so in a form of its own on stderr. A machine that
  // was asleep or busy should run as soon as it can: of turns missed in a row, the last one is made up for.
  const task = scheduleCron(expression, begin, {
    missedExecutionTolerance: Number.MAX_SAFE_INTEGER,
    suppressMissedWarning: true,
  });
  begin();
  return {
    next: () => task.getNextRun() ?? undefined,
    async stop() {
      await task.destroy();
      await current;
      await delay(0);
    },
  };
}
