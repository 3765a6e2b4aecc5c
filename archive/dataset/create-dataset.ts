import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertDiskSpace } from '../disk/disk-space.ts';
import { ArchiveError } from '../git/archive-error.ts';
import { openBatchReader } from '../git/batch-reader.ts';
import { locateRepository } from '../git/git-location.ts';
import { openIndexReader } from '../index/open-reader.ts';
import { thisProcess } from '../ledger/lock-owner.ts';
import { acquireWriterLock } from '../ledger/writer-lock.ts';
import { datasetEntries } from './dataset-entries.ts';
import { type DatasetFacts, datasetName, datasetNames } from './dataset-facts.ts';
import { findDataLicence } from './licence.ts';
import { writeZip } from './write-zip.ts';

export interface DatasetProgress {
  /** Versions. */
  readonly done: number;
  readonly total: number;
}

export interface DatasetOptions {
  /** Names the file; a form of {@link toCollectionId}. */
  readonly collectionId: string;
  readonly title: string;
  /** SPDX identifier; undefined: what the versions' repository says. */
  readonly license?: string | undefined;
  readonly versionsDirectory: string;
  readonly indexFile: string;
  /** Made where it is not there. */
  readonly directory: string;
  /** Datasets of this collection that stay in the directory, this one included. */
  readonly keep: number;
  /** Bytes that stay free on the disk. */
  readonly diskFloor: number;
  readonly clock?: () => Date;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DatasetProgress) => void) | undefined;
}

/** What is being written; nobody reads it, and what a killed process left is removed by the next. */
const PARTIAL = '.partial';
const BYTES_BETWEEN_LOOKS_AT_THE_DISK = 64_000_000;

/**
 * Makes the dataset of a collection: all its versions in a zip, `<collection id>-YYYY-MM-DD.zip`, in the format of Open
 * Terms Archive, and its facts beside it. The zip appears when it is whole; one of the same day is replaced, and readers
 * who have it open read it to its end. Memory does not grow with the texts.
 *
 * @throws LockedError while another process makes one of this collection; DiskSpaceError; IndexUnavailableError; ArchiveError; the
 *   signal's reason. The former datasets are still there then, and nothing else.
 */
export async function createDataset(options: DatasetOptions): Promise<DatasetFacts> {
  const { directory, collectionId, diskFloor, keep, signal } = options;
  await mkdir(directory, { recursive: true });
  await assertDiskSpace(directory, diskFloor);
  const lock = acquireWriterLock(join(dirname(options.indexFile), 'dataset.lock'), { owner: thisProcess('dataset') });
  try {
    await removeUnfinished(directory);
    signal?.throwIfAborted();
    const releaseDate = (options.clock ?? (() => new Date()))();
    const name = datasetName(collectionId, releaseDate);
    const partial = join(directory, `${name}.zip${PARTIAL}`);
    try {
      const facts = await write(options, name, releaseDate, partial);
      await publish(directory, name, partial, facts);
      await removeOld(directory, collectionId, keep);
      return facts;
    } catch (error) {
      await removeUnfinished(directory);
      throw error;
    }
  } finally {
    lock.release();
  }
}

async function write(
  { versionsDirectory, indexFile, title, license, directory, diskFloor, signal, onProgress }: DatasetOptions,
  name: string,
  releaseDate: Date,
  partial: string,
): Promise<DatasetFacts> {
  const location = await locateRepository(versionsDirectory);
  if (!location)
    throw new ArchiveError(`There is no repository at ${versionsDirectory} yet`, { directory: versionsDirectory });
  const index = openIndexReader(indexFile);
  const versions = openBatchReader(location);
  try {
    const licence = await findDataLicence(versions, license);
    const entries = datasetEntries({
      index,
      versions,
      versionsDirectory,
      name,
      title,
      licence,
      releaseDate,
      onProgress,
    });
    let looked = 0;
    const { size, sha256 } = await writeZip(partial, entries.all(), {
      signal,
      async onBytes(written) {
        if (written - looked < BYTES_BETWEEN_LOOKS_AT_THE_DISK) return;
        looked = written;
        await assertDiskSpace(directory, diskFloor);
      },
    });
    return { filename: `${name}.zip`, ...entries.facts(), size, sha256 };
  } finally {
    await versions.close();
    index.close();
  }
}

/** Facts never describe another zip than theirs: those of a former one go first, the new ones come last. */
async function publish(directory: string, name: string, partial: string, facts: DatasetFacts): Promise<void> {
  const factsFile = join(directory, `${name}.json`);
  await writeFile(`${factsFile}${PARTIAL}`, `${JSON.stringify(facts, null, 2)}\n`, { flush: true });
  await rm(factsFile, { force: true });
  await rename(partial, join(directory, facts.filename));
  await rename(`${factsFile}${PARTIAL}`, factsFile);
}

async function removeUnfinished(directory: string): Promise<void> {
  for (const file of await readdir(directory)) {
    if (/-\d{4}-\d{2}-\d{2}\.(?:zip|json)\.partial$/.test(file)) await rm(join(directory, file), { force: true });
  }
}

async function removeOld(directory: string, collectionId: string, keep: number): Promise<void> {
  for (const name of datasetNames(await readdir(directory), collectionId).slice(keep)) {
    await rm(join(directory, `${name}.json`), { force: true });
    await rm(join(directory, `${name}.zip`), { force: true });
  }
}
