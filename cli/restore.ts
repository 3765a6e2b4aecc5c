import { Argument, Command } from 'commander';
import { restore } from '../archive/ledger/backup/restore.ts';
import { repositoryParts, storeParts } from './backup-parts.ts';
import { loadDataSettings } from './load-data-settings.ts';
import { collectionOption, dataOption, jsonOption, resolveFromCaller } from './options.ts';

interface RestoreCommandOptions {
  readonly collection: string;
  readonly data?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export const restoreCommand = (): Command =>
  new Command('restore')
    .description('put a backup in place, after having verified all of it')
    .addArgument(new Argument('<file>', 'a file made by "clausewatch backup"'))
    .option('--force', 'move data that is there aside, to NAME.before-restore-DATE')
    .addOption(collectionOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Nothing is ever deleted. Parts that the backup does not hold stay as they are. Refused while a tracker works.

Examples:
  clausewatch restore everything.tar.gz --data /srv/clausewatch    on a new machine
  clausewatch restore ledger-2026-03-01.tar.gz --force             over a damaged ledger`,
    )
    .action(runRestore);

async function runRestore(source: string, options: RestoreCommandOptions): Promise<void> {
  const settings = await loadDataSettings(options);
  const file = resolveFromCaller(source);
  const { manifest, restored, movedAside } = await restore({
    file,
    parts: [...storeParts(settings), ...repositoryParts(settings)],
    lockFile: settings.lockFile,
    force: options.force ?? false,
    onStep: ({ part, action }) => process.stderr.write(`${action} ${part}\n`),
  });
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ kind: 'restore', file, date: manifest.date, restored, movedAside })}\n`);
    return;
  }
  const lines = [`Restored, as of ${manifest.date}:`, ...restored.map((path) => `  ${path}`)];
  if (movedAside.length > 0) lines.push('Moved aside:', ...movedAside.map((path) => `  ${path}`));
  process.stdout.write(`${lines.join('\n')}\n`);
}
