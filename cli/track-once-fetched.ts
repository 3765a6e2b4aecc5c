import type { ConfiguredCollection } from '../archive/collections/configured-collection.ts';
import { startSchedule } from '../crawler/schedule.ts';
import { describeError } from './describe-error.ts';
import { InterruptedError } from './interruption.ts';
import { prepareTracking, type ScheduledTracking, type TrackOnScheduleOptions } from './track-on-schedule.ts';

const EVERY_TEN_MINUTES = '*/10 * * * *';

/**
 * Tracks a collection whose declarations come from elsewhere and were never fetched: they have to be here before it can be
 * said what is tracked. They may take long to come, so `begin` waits for nothing; where they cannot be had, or the
 * collection cannot be tracked, that is told and tried again.
 *
 * @param options `prepare` fetches the declarations.
 */
export function trackOnceFetched(configured: ConfiguredCollection, options: TrackOnScheduleOptions): ScheduledTracking {
  const { log, signal, prepare } = options;
  let attempts: ReturnType<typeof startSchedule> | undefined;
  let tracking: ScheduledTracking | undefined;

  const attempt = async (): Promise<void> => {
    if (tracking) return;
    await prepare?.();
    const prepared = await prepareTracking(configured, options);
    tracking = prepared;
    if (!signal.aborted) prepared.begin();
  };

  return {
    begin() {
      attempts = startSchedule(EVERY_TEN_MINUTES, attempt, {
        // A fetch that takes longer than a turn.
        onSkipped: () => {},
        onError: (error) => {
          if (error instanceof InterruptedError) return;
          log.error({ err: error }, `cannot be tracked yet, and is tried again: ${describeError(error)}`);
        },
      });
    },
    async stop() {
      await attempts?.stop();
      await tracking?.stop();
    },
  };
}
