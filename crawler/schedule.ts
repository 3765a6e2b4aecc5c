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
  const task = scheduleCron(expression, begin);
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
