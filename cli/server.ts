import type { Logger } from 'pino';
import type { ConfiguredCollection } from '../archive/collections/configured-collection.ts';
import { openServedCollections } from '../archive/collections/open-served-collections.ts';
import { followIndex } from '../archive/index/follow/follow-index.ts';
import packageFacts from '../package.json' with { type: 'json' };
import { createApp } from '../server/app.ts';
import { createExtensionFiles } from '../server/extension/extension-files.ts';
import type { MirrorFetches } from '../server/health/collection-health.ts';
import { type Listening, listen } from '../server/http/listen.ts';
import { createQueryPool } from '../server/queries/create-query-pool.ts';
import type { ConfiguredServer } from './configured-collections.ts';
import { type DatasetSchedules, scheduleDatasets } from './dataset-on-schedule.ts';
import { datasetSettings } from './make-dataset.ts';

export interface ServerOptions {
  readonly log: Logger;
  /** Named to whoever meets the lock of an index. */
  readonly command: 'serve' | 'start';
  readonly mirrorFetches?: (collection: string) => MirrorFetches | undefined;
}

export interface RunningServer {
  /** Where it can be opened on this machine, base path included, with a slash at the end. */
  readonly address: string;
  /** Ends answers in progress, then closes all collections. */
  close(): Promise<void>;
}

/** Opens the collections and serves them. @throws ListenError; nothing stays open then. */
export async function openServer(configured: ConfiguredServer, options: ServerOptions): Promise<RunningServer> {
  const { settings } = configured;
  const { log, command } = options;
  const collections = await openServedCollections({
    ...configured,
    collections: await withLicences(configured),
    follow: (places) => followIndex({ ...places, command, log: plainLog(log) }),
    tell({ kind, collection, message, faults }) {
      const isGood = kind === 'declarations-loaded' || kind === 'lists-loaded';
      log[isGood ? 'info' : 'warn']({ ...(collection && { collection }), ...(faults?.length && { faults }) }, message);
    },
  });
  const queries = createQueryPool();
  const extensionFiles = createExtensionFiles({ collections, queries, log });
  let listening: Listening | undefined;
  let datasets: DatasetSchedules | undefined;
  const close = async (): Promise<void> => {
    await Promise.all([listening?.close(), datasets?.stop(), extensionFiles.close()]);
    await Promise.all([queries.close(), collections.close()]);
  };
  try {
    const app = createApp({
      collections,
      settings,
      queries,
      extensionFiles,
      log,
      engineVersion: `clausewatch/${packageFacts.version}`,
      localOrigin: () => originOf(settings.host, listening?.port ?? settings.port),
      keepsSchedules: command === 'start',
      ...(options.mirrorFetches && { mirrorFetches: options.mirrorFetches }),
    });
    listening = await listen(app, settings);
    datasets = await scheduleDatasets(configured, log);
  } catch (error) {
    await close();
    throw error;
  }
  const local = `${originOf(settings.host, listening.port)}${settings.basePath}/`;
  const addresses = settings.publicUrl === undefined ? local : `${local}, for readers ${settings.publicUrl}/`;
  const served = collections.all().map(({ id }) => id);
  log.info({ host: listening.host, port: listening.port, collections: served }, `serving at ${addresses}`);
  return { address: local, close };
}

/** Each with the licence that its own settings name, as its datasets have it. */
const withLicences = ({ collections, settings }: ConfiguredServer): Promise<ConfiguredCollection[]> =>
  Promise.all(
    collections.map(async (collection) => ({
      ...collection,
      licence: (await datasetSettings(collection, settings, {})).datasetLicense,
    })),
  );

/** An address that can be opened on this machine. */
function originOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}${port === 80 ? '' : `:${port}`}`;
}

const plainLog = (log: Logger) => ({
  info: (message: string) => log.info(message),
  warn: (message: string) => log.warn(message),
  error: (message: string) => log.error(message),
});
