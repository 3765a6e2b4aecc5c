import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type DatasetFacts, datasetNames, readFacts } from './dataset-facts.ts';

/** A dataset that is open for reading: it stays whole however often it is replaced meanwhile. */
export interface OpenDataset {
  readonly facts: DatasetFacts;
  /** Of the zip; whoever opened it closes it. */
  readonly file: FileHandle;
}

/** Where the datasets of a collection are, below its data directory. */
export const datasetsDirectory = (dataDirectory: string): string => join(dataDirectory, 'datasets');

/** A dataset of the same day is replaced in two steps, milliseconds apart. */
const TRIES = 4;
const PAUSE_MS = 15;

/** Opens the newest dataset of a collection's directory; undefined where none has been made. */
export async function openLatestDataset(directory: string): Promise<OpenDataset | undefined> {
  for (let attempt = 1; ; attempt++) {
    const files = await readdir(directory).catch(() => []);
    for (const name of datasetNames(files)) {
      const dataset = await openDataset(directory, name);
      if (dataset) return dataset;
    }
    const isBeingReplaced = files.some((file) => file.endsWith('.zip'));
    if (!isBeingReplaced || attempt === TRIES) return undefined;
    await delay(PAUSE_MS);
  }
}

/** The facts are read again when the zip is open, so that they are the facts of this zip and not of the one before. */
async function openDataset(directory: string, name: string): Promise<OpenDataset | undefined> {
  const factsFile = join(directory, `${name}.json`);
  const facts = await readFacts(factsFile);
  if (!facts) return undefined;
  const file = await open(join(directory, facts.filename)).catch(() => undefined);
  if (!file) return undefined;
  try {
    const { size } = await file.stat();
    const again = await readFacts(factsFile);
    if (size === facts.size && again?.sha256 === facts.sha256) return { facts, file };
  } catch {
    // Read as one that is not there: the next older one may be.
  }
  await file.close();
  return undefined;
}
