import type { ConfiguredCollection } from '../archive/collections/configured-collection.ts';
import { createDataset, type DatasetProgress } from '../archive/dataset/create-dataset.ts';
import type { DatasetFacts } from '../archive/dataset/dataset-facts.ts';
import { datasetsDirectory } from '../archive/dataset/latest-dataset.ts';
import { takeInRecords } from '../archive/dataset/take-in-records.ts';
import { loadMetadata } from '../archive/declarations/metadata.ts';
import { loadSettings, type Settings } from './settings.ts';

/** Datasets that stay where the server finds them: the one before can be looked at when the newest one seems odd. */
const KEPT = 2;

export interface MakeDatasetOptions {
  /** Of the server: for mirrors, whose own configuration has no say here. */
  readonly settings: Settings;
  /** Of the command line. */
  readonly options: object;
  /** Instead of where the server finds it; nothing is removed there. */
  readonly output?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DatasetProgress) => void) | undefined;
}

/** A dataset that was made. */
export interface MadeDataset {
  readonly facts: DatasetFacts;
  readonly directory: string;
}

/** Makes the dataset of one collection by its own settings. @throws as {@link createDataset}. */
export async function makeDataset(
  collection: ConfiguredCollection,
  { settings, options, output, signal, onProgress }: MakeDatasetOptions,
): Promise<MadeDataset> {
  const { id, name, versionsDirectory, snapshotsDirectory, indexFile, dataDirectory } = collection;
  const { collectionDirectory } = collection;
  const own = await datasetSettings(collection, settings, options);
  const { metadata } = collectionDirectory ? await loadMetadata(collectionDirectory) : { metadata: undefined };
  await takeInRecords({ versionsDirectory, snapshotsDirectory, indexFile, signal });
  const directory = output ?? datasetsDirectory(dataDirectory);
  const facts = await createDataset({
    collectionId: id,
    title: own.datasetTitle ?? name ?? metadata?.name ?? id,
    license: own.datasetLicense,
    versionsDirectory,
    indexFile,
    directory,
    keep: output === undefined ? KEPT : Number.POSITIVE_INFINITY,
    diskFloor: own.diskFloor,
    signal,
    onProgress,
  });
  return { facts, directory };
}

type DatasetSettings = Pick<Settings, 'datasetTitle' | 'datasetLicense' | 'datasetSchedule' | 'diskFloor'>;

/** What counts for one collection of a server. Without title, licence and schedule for mirrors. */
export async function datasetSettings(
  { kind, collectionDirectory }: ConfiguredCollection,
  { diskFloor }: Settings,
  options: object,
): Promise<DatasetSettings> {
  if (kind === 'mirrored' || collectionDirectory === undefined) {
    return { datasetTitle: undefined, datasetLicense: undefined, datasetSchedule: undefined, diskFloor };
  }
  return (await loadSettings({ collectionDirectory, options })).settings;
}
