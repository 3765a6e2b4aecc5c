import { join } from 'node:path';
import { createDataset } from '../../archive/dataset/create-dataset.ts';
import type { DatasetFacts } from '../../archive/dataset/dataset-facts.ts';
import { datasetsDirectory } from '../../archive/dataset/latest-dataset.ts';
import { updateIndex } from '../../archive/index/update-index.ts';
import { addCommits, makeHistory } from './history.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** A collection's data directory in which datasets are made. */
export interface DatasetsOfTest {
  readonly dataDirectory: string;
  /** Records one more version, and makes the dataset of that moment. */
  make(releaseDate: string, text: string): Promise<DatasetFacts>;
}

export async function datasetsOfTest(): Promise<DatasetsOfTest> {
  const dataDirectory = await temporaryDirectory();
  const versionsDirectory = makeHistory(join(dataDirectory, 'versions'));
  const indexFile = join(dataDirectory, 'index.sqlite');
  let recorded = 0;
  return {
    dataDirectory,
    async make(releaseDate, text) {
      addCommits(versionsDirectory, {
        message: 'Record new changes of Larkmail Terms of Service',
        date: 1_600_000_000 + recorded++,
        set: { 'Larkmail/Terms of Service.md': text },
      });
      await updateIndex({ versionsDirectory, indexFile, withText: false });
      return createDataset({
        collectionId: 'harbour',
        title: 'Harbour',
        versionsDirectory,
        indexFile,
        directory: datasetsDirectory(dataDirectory),
        keep: 1,
        diskFloor: 0,
        clock: () => new Date(releaseDate),
      });
    },
  };
}
