import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Argument, Command } from 'commander';
import { type AddedMirror, addMirror } from '../archive/collections/add-mirror.ts';
import { AddMirrorError } from '../archive/collections/mirror-entry.ts';
import { isRemoteLocation } from '../archive/git/remote-location.ts';
import { EXIT } from './exit-codes.ts';
import { faultsAsText } from './faults-text.ts';
import { abortOnSignals } from './interruption.ts';
import { createMirrorProgress } from './mirror-progress.ts';
import { jsonOption, resolveFromCaller } from './options.ts';
import { fetchLimits, loadSettings } from './settings.ts';

interface MirrorOptions {
  readonly snapshots?: string;
  readonly declarations?: string;
  readonly id?: string;
  readonly name?: string;
  readonly schedule?: string;
  readonly configuration: string;
  readonly json?: boolean;
}

export const mirrorCommand = (): Command =>
  new Command('mirror')
    .description("fetch the records of somebody's collection, to be served here beside others")
    .addArgument(new Argument('<url>', 'git repository of its versions: https, ssh, file, a path or a bundle'))
    .option('--snapshots <url>', 'git repository of its snapshots')
    .option('--declarations <url>', 'git repository of its declarations, or a folder that is read where it is')
    .option('--id <id>', "part of its addresses here (default: the declarations' metadata.yml, or the url)")
    .option('--name <name>', 'its name (default: that in metadata.yml)')
    .option('--schedule <cron>', 'when it is fetched again (default: every hour)')
    .option('--configuration <file>', 'the file that it is added to; made where there is none', 'collections.yml')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
What is mirrored is data: nothing that comes with it is ever run. Asked for again, it is fetched again. A configuration
that is made new begins with the collection in the same folder, if there is one.

Examples:
  clausewatch mirror https://git.example/contrib-versions.git --declarations https://git.example/contrib-declarations.git
  clausewatch mirror ./contrib-versions.bundle --id contrib --name "Contributors' collection"`,
    )
    .action(mirror);

async function mirror(url: string, options: MirrorOptions): Promise<void> {
  const { snapshots, declarations, id, name, schedule, json } = options;
  const file = resolveFromCaller(options.configuration);
  const { settings } = await loadSettings({ collectionDirectory: dirname(file) });
  const { signal, dispose } = abortOnSignals(EXIT.interrupted);
  const progress = createMirrorProgress();
  try {
    const added = await addMirror(
      {
        ...{ file, id, name, schedule, versions: remote(url) },
        ...{ snapshots: snapshots === undefined ? undefined : remote(snapshots), declarations: place(declarations) },
      },
      {
        ...{ signal, diskFloor: settings.diskFloor, limits: fetchLimits(settings) },
        ...{ command: 'mirror', onProgress: progress.show },
      },
    );
    progress.stop();
    process.stdout.write(json ? `${JSON.stringify(asJson(added, file))}\n` : asText(added, options.configuration));
    if (added.outcomes.some(({ error }) => error)) process.exitCode = EXIT.failed;
  } catch (error) {
    progress.stop();
    if (!(error instanceof AddMirrorError) || error.faults.length === 0) throw error;
    throw new Error(`${error.message}\n${faultsAsText(error.faults, process.stderr)}`, { cause: error.cause });
  } finally {
    progress.stop();
    dispose();
  }
}

/** A path is fetched like any other repository: what is mirrored is a copy. What looks like an option stays as it is, to be refused. */
const remote = (location: string): string =>
  isRemoteLocation(location) || location.startsWith('-') ? location : pathToFileURL(resolveFromCaller(location)).href;

const place = (location: string | undefined): string | undefined =>
  location === undefined || isRemoteLocation(location) || location.startsWith('-')
    ? location
    : resolveFromCaller(location);

function asJson({ id, name, isNew, ownCollection, outcomes }: AddedMirror, file: string): object {
  const parts = outcomes.map(({ part, tip, isChanged, isRewritten, error }) => ({
    ...{ part, tip: tip ?? null, isChanged, isRewritten },
    error: error?.message ?? null,
  }));
  return { kind: 'mirror', id, name, isNew, ownCollection: ownCollection ?? null, configuration: file, parts };
}

function asText({ id, name, isNew, ownCollection, outcomes }: AddedMirror, file: string): string {
  const lines = [`${isNew ? 'Mirrored' : 'Fetched again:'} ${name} (${id}), in ${file}.`];
  for (const { part, tip, isChanged, isRewritten, error } of outcomes) {
    const news = isRewritten ? ', a rewritten history; its former records are kept' : isChanged ? '' : ', nothing new';
    lines.push(error ? `  ${part}: ${error.message}` : `  ${part}: at ${tip?.slice(0, 12)}${news}`);
  }
  if (ownCollection !== undefined) {
    lines.push(`The collection in this folder is in it as well, as ${ownCollection}, tracked here and the default.`);
  }
  lines.push(`Next: clausewatch serve --configuration ${file}, or "start" instead to fetch it by its schedule too.`);
  return `${lines.join('\n')}\n`;
}
