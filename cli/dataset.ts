import { join } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import { Argument, Command } from 'commander';
import type { ConfiguredCollection } from '../archive/collections/configured-collection.ts';
import type { DatasetProgress } from '../archive/dataset/create-dataset.ts';
import { formatBytes } from '../archive/disk/format-bytes.ts';
import { chooseCollections } from './choose-collections.ts';
import { type ConfiguredServer, loadConfiguredServer } from './configured-collections.ts';
import { EXIT } from './exit-codes.ts';
import { abortOnSignals } from './interruption.ts';
import { makeDataset } from './make-dataset.ts';
import { collectionOption, configurationOption, dataOption, jsonOption, resolveFromCaller } from './options.ts';
import { plural } from './plural.ts';

interface DatasetOptions {
  readonly collection: string;
  readonly configuration?: string;
  readonly data?: string;
  readonly output?: string;
  readonly json?: boolean;
}

export const datasetCommand = (): Command =>
  new Command('dataset')
    .description('put all versions into one zip with an explanation, to be downloaded and analysed')
    .addArgument(new Argument('[ids...]', 'with --configuration: these collections (default: all)'))
    .addOption(collectionOption())
    .addOption(configurationOption())
    .addOption(dataOption())
    .option('--output <dir>', 'folder for the zip (default: where the server offers it, datasets in the data folder)')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
The zip and its facts appear when they are whole: one that is interrupted leaves nothing. The two newest stay where the
server offers them, at /dataset/latest of the Collection API; with --output nothing is removed. The server makes one by
itself when the collection's dataset.publishingSchedule or CLAUSEWATCH_DATASET_SCHEDULE holds a cron expression.

The licence is the one set as dataset.license or CLAUSEWATCH_DATASET_LICENSE (an SPDX identifier), or else the file
LICENSE in the versions' repository.

Examples:
  clausewatch dataset
  clausewatch dataset --collection ../demo-declarations --output .`,
    )
    .action(dataset);

async function dataset(ids: readonly string[], options: DatasetOptions): Promise<void> {
  const configured = await loadConfiguredServer(options);
  const chosen = chooseCollections(configured.collections, ids);
  const { signal, dispose } = abortOnSignals(EXIT.interrupted);
  try {
    for (const collection of chosen) await datasetOf(collection, configured, options, signal);
  } finally {
    dispose();
  }
}

async function datasetOf(
  collection: ConfiguredCollection,
  { settings }: ConfiguredServer,
  options: DatasetOptions,
  signal: AbortSignal,
): Promise<void> {
  const progress = showProgress(collection.id);
  const output = options.output === undefined ? undefined : resolveFromCaller(options.output);
  try {
    const { facts, directory } = await makeDataset(collection, {
      settings,
      options,
      output,
      signal,
      onProgress: progress.show,
    });
    progress.stop();
    const file = join(directory, facts.filename);
    const { versionsCount, termsCount, servicesCount, size, sha256, license } = facts;
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ kind: 'dataset', collection: collection.id, file, ...facts })}\n`
        : `${file}: ${plural(versionsCount, 'version')} of ${termsCount} terms of ${plural(servicesCount, 'service')}, ${formatBytes(size)}, licence ${license}\n  SHA-256 ${sha256}\n`,
    );
    if (license === 'NOASSERTION' && !options.json) {
      process.stderr.write(
        `Nothing says under which licence these data may be used: set dataset.license in config/, or CLAUSEWATCH_DATASET_LICENSE, to an SPDX identifier such as ODbL-1.0.\n`,
      );
    }
  } finally {
    progress.stop();
  }
}

/** A bar with the time left, where stderr is a terminal. */
function showProgress(id: string): { show(progress: DatasetProgress): void; stop(): void } {
  if (!process.stderr.isTTY) return { show: () => {}, stop: () => {} };
  const format = `${id} {bar} {value}/{total} versions · {eta_formatted} left`;
  const bar = new SingleBar({ stream: process.stderr, format, etaBuffer: 1000, gracefulExit: false }, Presets.rect);
  return {
    show({ done, total }) {
      if (done === 0) bar.start(total, 0);
      else bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
