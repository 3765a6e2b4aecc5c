import { statSync } from 'node:fs';
import { Argument, Command } from 'commander';
import type { ConfiguredCollection } from '../archive/collections/configured-collection.ts';
import { formatBytes } from '../archive/disk/format-bytes.ts';
import { rebuildIndex } from '../archive/index/follow/rebuild-index.ts';
import { chooseCollections } from './choose-collections.ts';
import { loadConfiguredServer } from './configured-collections.ts';
import { EXIT } from './exit-codes.ts';
import { createIndexProgress } from './index-progress.ts';
import { abortOnSignals } from './interruption.ts';
import { collectionOption, configurationOption, dataOption, jsonOption } from './options.ts';
import { plural } from './plural.ts';

interface ReindexOptions {
  readonly collection: string;
  readonly configuration?: string;
  readonly data?: string;
  readonly json?: boolean;
}

export const reindexCommand = (): Command =>
  new Command('reindex')
    .description('make the index that answers readers anew from the records')
    .addArgument(new Argument('[ids...]', 'with --configuration: these collections (default: all)'))
    .addOption(collectionOption())
    .addOption(configurationOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
The server makes, continues and repairs its index by itself. This command is for those who want it done before the
server starts. The index holds nothing that is not in the records, so that nothing can be lost.

Examples:
  clausewatch reindex
  clausewatch reindex --data /srv/clausewatch --json
  clausewatch reindex --configuration collections.yml contrib`,
    )
    .action(reindex);

async function reindex(ids: readonly string[], options: ReindexOptions): Promise<void> {
  const chosen = chooseCollections((await loadConfiguredServer(options)).collections, ids);
  const { signal, dispose } = abortOnSignals(EXIT.interrupted);
  try {
    for (const collection of chosen) await reindexOne(collection, options, signal);
  } finally {
    dispose();
  }
}

async function reindexOne(
  { id, versionsDirectory, snapshotsDirectory, indexFile }: ConfiguredCollection,
  { json }: ReindexOptions,
  signal: AbortSignal,
): Promise<void> {
  const progress = createIndexProgress();
  const problems: string[] = [];
  try {
    const { state, milliseconds } = await rebuildIndex({
      versionsDirectory,
      snapshotsDirectory,
      indexFile,
      command: 'reindex',
      signal,
      onProgress: progress.show,
      onProblem: (message) => problems.push(message),
    });
    progress.stop();
    for (const problem of problems) process.stderr.write(`warning: ${id}: ${problem}\n`);
    const { versions, snapshots, services, terms } = state;
    const bytes = statSync(indexFile).size;
    process.stdout.write(
      json
        ? `${JSON.stringify({ kind: 'reindex', collection: id, file: indexFile, bytes, milliseconds: Math.round(milliseconds), versions, snapshots, services, terms })}\n`
        : `${id}: ${plural(versions, 'version')} and ${plural(snapshots, 'snapshot')} of ${plural(services, 'service')} in ${(milliseconds / 1000).toFixed(1)} s; ${indexFile}, ${formatBytes(bytes)}\n`,
    );
  } finally {
    progress.stop();
  }
}
