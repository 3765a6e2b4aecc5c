import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { ConfiguredCollection } from '../archive/collections/configured-collection.ts';
import { loadConfiguredServer } from './configured-collections.ts';
import { EXIT } from './exit-codes.ts';
import { createMirrorFetcher } from './fetch-on-schedule.ts';
import { abortOnSignals, untilAborted } from './interruption.ts';
import { createLogger } from './logger.ts';
import {
  allowAddressOption,
  collectionOption,
  configurationOption,
  dataOption,
  secondFetchOptions,
  serverOptions,
  servicesOption,
} from './options.ts';
import { openServer } from './server.ts';
import { fetchLimits } from './settings.ts';
import { tellWarnings } from './tell-warnings.ts';
import { prepareTracking, type ScheduledTracking } from './track-on-schedule.ts';
import { trackOnceFetched } from './track-once-fetched.ts';

interface StartOptions {
  readonly collection: string;
  readonly configuration?: string;
  readonly data?: string;
  readonly services?: readonly string[];
  readonly allowAddress?: readonly string[];
  readonly schedule?: string;
  readonly publish?: boolean;
  readonly secondFetch?: string;
  readonly secondFetchWait?: string;
  /** false by `--no-server`. */
  readonly server: boolean;
}

export const startCommand = (): Command => {
  const command = new Command('start')
    .description(
      "track on the collection's schedule and serve the records, until stopped; the first run begins at once",
    )
    .addOption(collectionOption())
    .addOption(configurationOption())
    .addOption(dataOption())
    .addOption(servicesOption())
    .addOption(allowAddressOption())
    .option('--schedule <cron>', "cron expression instead of the collection's trackingSchedule")
    .option('--publish', 'push the records to their remotes after each run')
    .option('--no-server', 'track only');
  for (const option of [...secondFetchOptions(), ...serverOptions()]) command.addOption(option);
  return command
    .addHelpText(
      'after',
      `
With --configuration, collections that are tracked here are tracked, and mirrors are fetched, each on its schedule.

Examples:
  clausewatch start
  clausewatch start --collection ../demo-declarations --schedule "0 */6 * * *" --port 8080
  clausewatch start --configuration collections.yml

SIGINT (Ctrl-C) and SIGTERM end it cleanly within ten seconds. Declarations are read anew for each run.`,
    )
    .action(start);
};

async function start(options: StartOptions): Promise<void> {
  const configured = await loadConfiguredServer(options);
  const { collections, settings } = configured;
  const log = createLogger(settings.logLevel);
  tellWarnings(configured, log);
  const { signal, dispose } = abortOnSignals(EXIT.interrupted);
  const fetcher = createMirrorFetcher({
    ...{ log, signal, diskFloor: settings.diskFloor },
    limits: fetchLimits(settings),
  });
  const trackings: ScheduledTracking[] = [];
  for (const collection of collections.filter(({ kind }) => kind === 'tracked')) {
    const prepare = hasRemotes(collection) ? () => fetcher.fetch(collection) : undefined;
    const named = options.configuration === undefined ? log : log.child({ collection: collection.id });
    const how = { options, log: named, signal, ...(prepare && { prepare }) };
    // What is elsewhere is not waited for: a remote may keep its visitors for an hour.
    const isHere = prepare === undefined || hasDeclarations(collection);
    trackings.push(isHere ? await prepareTracking(collection, how) : trackOnceFetched(collection, how));
  }
  const server = options.server
    ? await openServer(configured, { log, command: 'start', mirrorFetches: fetcher.fetches })
    : undefined;
  for (const tracking of trackings) tracking.begin();
  for (const collection of collections) {
    if (collection.kind === 'mirrored' && hasRemotes(collection)) fetcher.begin(collection);
  }

  await untilAborted(signal);
  await Promise.all([server?.close(), fetcher.stop(), ...trackings.map((tracking) => tracking.stop())]);
  dispose();
  log.info('stopped');
  process.exitCode = EXIT.interrupted;
}

const hasDeclarations = ({ collectionDirectory }: ConfiguredCollection): boolean =>
  collectionDirectory !== undefined && existsSync(join(collectionDirectory, 'declarations'));

const hasRemotes = ({ remotes }: ConfiguredCollection): boolean =>
  Object.values(remotes).some((url) => url !== undefined);
