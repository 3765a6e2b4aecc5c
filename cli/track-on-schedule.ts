import { join } from 'node:path';
import type { Logger } from 'pino';
import { lockCollection } from '../archive/collection.ts';
import type { ConfiguredCollection } from '../archive/collections/configured-collection.ts';
import { startSchedule } from '../crawler/schedule.ts';
import { describeError } from './describe-error.ts';
import { InterruptedError } from './interruption.ts';
import { type LoadedCollection, loadCollection, selectServices } from './load-collection.ts';
import { logRun } from './run-log.ts';
import { openTracker, placesOf } from './tracker.ts';

export interface TrackOnScheduleOptions {
  /** Of the command line: those that are settings count before the collection's own. */
  readonly options: { readonly services?: readonly string[] };
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Done before each run. */
  readonly prepare?: () => Promise<void>;
}

/** A collection whose lock is held, ready to be tracked. */
export interface ScheduledTracking {
  /** The first run begins at once. */
  begin(): void;
  /** Waits for the run in progress, which the signal ends, and lets the lock go. */
  stop(): Promise<void>;
}

/**
 * Takes a collection's lock for tracking it by its schedule. Held between runs too: nobody else may write, and `status`
 * can say that this tracker is there. Declarations and settings are read anew for each run.
 *
 * @throws LockedError, DiskSpaceError; Error where nothing is declared or a setting is wrong.
 */
export async function prepareTracking(
  configured: ConfiguredCollection,
  { options, log, signal, prepare }: TrackOnScheduleOptions,
): Promise<ScheduledTracking> {
  const load = async (warn?: (message: string) => void): Promise<LoadedCollection> =>
    placed(await loadCollection(configured.collectionDirectory ?? '', options, warn), configured);
  const first = await load();
  selectServices(first, options.services);
  const lock = await lockCollection(placesOf(first.settings), 'start');
  let schedule: ReturnType<typeof startSchedule> | undefined;

  const trackOnce = async (): Promise<void> => {
    await prepare?.();
    const collection = await load((message) => log.warn(message));
    const services = selectServices(collection, options.services);
    const warn = (message: string): void => log.warn(message);
    const tracker = await openTracker(collection, { lock, dryRun: false, signal, warn });
    try {
      log.info({ services: services.length }, 'run started');
      logRun(log, await tracker.run({ kind: 'track', services, schedule: collection.settings.schedule }));
    } finally {
      await tracker.close();
    }
    if (!signal.aborted) log.info({ next: schedule?.next() }, 'waiting for the next run');
  };

  return {
    begin() {
      schedule = startSchedule(first.settings.schedule, trackOnce, {
        onSkipped: () => log.warn('a run is still going on; this turn of the schedule was left out'),
        onError: (error) => {
          if (error instanceof InterruptedError) log.info('run stopped; what was recorded until then is kept');
          else log.error({ err: error }, `run failed: ${describeError(error)}`);
        },
      });
      if (!first.settings.contact) {
        log.info('services cannot see whom to ask about these visits: name an address in CLAUSEWATCH_CONTACT');
      }
      log.info({ schedule: first.settings.schedule, next: schedule.next() }, 'scheduled');
    },
    async stop() {
      await schedule?.stop();
      lock.release();
    },
  };
}

/** What the server's configuration says of places and schedule goes before what the collection's own says. */
function placed(collection: LoadedCollection, configured: ConfiguredCollection): LoadedCollection {
  const { dataDirectory, versionsDirectory, snapshotsDirectory, ledgerFile, indexFile, schedule } = configured;
  const places = { dataDirectory, versionsDirectory, snapshotsDirectory, ledgerFile, indexFile };
  const lockFile = join(dataDirectory, 'tracker.lock');
  const { settings } = collection;
  return { ...collection, settings: { ...settings, ...places, lockFile, schedule: schedule ?? settings.schedule } };
}
