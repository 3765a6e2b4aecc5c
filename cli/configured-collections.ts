import { basename, dirname } from 'node:path';
import { toCollectionId } from '../archive/collections/collection-id.ts';
import { loadConfigurationFile } from '../archive/collections/configuration.ts';
import type { ConfiguredCollection } from '../archive/collections/configured-collection.ts';
import { missingPlaces } from '../archive/collections/missing-places.ts';
import { collectionDirectoryOf, settleCollection } from '../archive/collections/settle-collection.ts';
import type { Fault } from '../archive/declarations/fault.ts';
import { collectionRoot } from '../archive/declarations/load-collection.ts';
import { loadMetadata } from '../archive/declarations/metadata.ts';
import { faultsAsText } from './faults-text.ts';
import { resolveFromCaller } from './options.ts';
import { loadSettings, type Settings } from './settings.ts';

/** Options that say which collections are meant: one folder, or a configuration file of several. */
export interface CollectionsOptions {
  readonly collection: string;
  readonly configuration?: string;
  readonly data?: string;
}

/** All that one server has, with all places settled. */
export interface ConfiguredServer {
  readonly collections: readonly ConfiguredCollection[];
  readonly listsFile: string | undefined;
  /** Of the server; each tracked collection has its own for tracking. */
  readonly settings: Settings;
  /** Of the configuration file: what can be served all the same, but is hardly what was meant. */
  readonly warnings: readonly Fault[];
}

/** @throws Error listing every fault of the configuration and the settings. */
export async function loadConfiguredServer(options: CollectionsOptions): Promise<ConfiguredServer> {
  return options.configuration === undefined ? oneCollection(options) : several(options.configuration, options);
}

async function oneCollection(options: CollectionsOptions): Promise<ConfiguredServer> {
  const directory = resolveFromCaller(options.collection);
  const settings = await settingsOf(directory, options);
  const root = await collectionRoot(directory).catch(() => directory);
  const { metadata } = await loadMetadata(root);
  const id = toCollectionId(metadata?.id ?? '') ?? toCollectionId(basename(root)) ?? 'collection';
  const collection: ConfiguredCollection = {
    id,
    name: undefined,
    kind: 'tracked',
    isDefault: true,
    schedule: settings.schedule,
    collectionDirectory: root,
    dataDirectory: settings.dataDirectory,
    versionsDirectory: settings.versionsDirectory,
    snapshotsDirectory: settings.snapshotsDirectory,
    ledgerFile: settings.ledgerFile,
    indexFile: settings.indexFile,
    remotes: {},
  };
  return { collections: [collection], listsFile: undefined, settings, warnings: [] };
}

async function several(file: string, { data: _data, ...options }: CollectionsOptions): Promise<ConfiguredServer> {
  const path = resolveFromCaller(file);
  const { configuration, faults } = await loadConfigurationFile(path);
  if (!configuration) throw new Error(`The configuration ${file} has faults.\n${faultsAsText(faults, process.stderr)}`);
  const { dataDirectory, listsFile, collections: entries } = configuration;
  const collections: ConfiguredCollection[] = [];
  for (const entry of entries) {
    const directory = collectionDirectoryOf(entry, dataDirectory);
    const tracked =
      entry.isTracked && directory ? await settingsOf(directory, { ...options, data: entry.data }) : undefined;
    collections.push(settleCollection(entry, dataDirectory, tracked));
  }
  const byDefault = collections.find(({ isDefault }) => isDefault) ?? collections[0];
  // A mirror's configuration is somebody else's: it has no say here.
  const own = byDefault?.kind === 'tracked' ? byDefault.collectionDirectory : undefined;
  const settings = await settingsOf(own ?? dirname(path), options);
  return { collections, listsFile, settings, warnings: [...faults, ...(await missingPlaces(configuration))] };
}

/** @throws Error listing every setting that is wrong. */
async function settingsOf(collectionDirectory: string, options: object): Promise<Settings> {
  const { settings, faults } = await loadSettings({ collectionDirectory, options });
  if (faults.length === 0) return settings;
  throw new Error(`Some settings are wrong:\n${faults.map(({ message }) => `  ${message}`).join('\n')}`);
}
