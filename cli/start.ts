import { Command } from 'commander';
import { lockCollection } from '../archive/collection.ts';
import { startSchedule } from '../crawler/schedule.ts';
import { describeError } from './describe-error.ts';
import { EXIT } from './exit-codes.ts';
import { abortOnSignals, InterruptedError } from './interruption.ts';
import { loadCollection, selectServices } from './load-collection.ts';
import { createLogger } from './logger.ts';
import { allowAddressOption, collectionOption, dataOption, resolveFromCaller, servicesOption } from './options.ts';
import { logRun } from './run-log.ts';
import { openTracker, placesOf } from './tracker.ts';

interface StartOptions {
  readonly collection: string;
  readonly data?: string;
  readonly services?: readonly string[];
  readonly allowAddress?: readonly string[];
  readonly schedule?: string;
  readonly publish?: boolean;
}

export const startCommand = (): Command =>
  new Command('start')
    .description("track on the collection's schedule until stopped; the first run begins at once")
    .addOption(collectionOption())
    .addOption(dataOption())
    .addOption(servicesOption())
    .addOption(allowAddressOption())
    .option('--schedule <cron>', "cron expression instead of the collection's trackingSchedule")
    .option('--publish', 'push the records to their remotes after each run')
    .addHelpText(
      'after',
      `
Examples:
  clausewatch start
  clausewatch start --collection ../demo-declarations --schedule "0 */6 * * *"

SIGINT (Ctrl-C) and SIGTERM end it cleanly within ten seconds. Declarations are read anew for each run.`,
    )
    .action(start);

async function start(options: StartOptions): Promise<void> {
  const directory = resolveFromCaller(options.collection);
  const first = await loadCollection(directory, options);
  selectServices(first, options.services);
  const log = createLogger(first.settings.logLevel);
  const { signal, dispose } = abortOnSignals(EXIT.interrupted);

  // Held between runs too: nobody else may write, and `status` can say that this tracker is there.
  const lock = await lockCollection(placesOf(first.settings), 'start');
  const trackOnce = async (): Promise<void> => {
    const collection = await loadCollection(directory, options, (message) => log.warn(message));
    const services = selectServices(collection, options.services);
    const tracker = await openTracker(collection, {
      lock,
      dryRun: false,
      signal,
      warn: (message) => log.warn(message),
    });
    try {
      log.info({ services: services.length }, 'run started');
      logRun(log, await tracker.run({ kind: 'track', services, schedule: collection.settings.schedule }));
    } finally {
      await tracker.close();
    }
    if (!signal.aborted) log.info({ next: schedule?.next() }, 'waiting for the next run');
  };

  let schedule: ReturnType<typeof startSchedule> | undefined;
  await new Promise<void>((resolve) => {
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
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await schedule?.stop();
  lock.release();
  dispose();
  log.info('stopped');
  process.exitCode = EXIT.interrupted;
}
