import { Argument, Command } from 'commander';
import { formatBytes } from '../archive/disk/format-bytes.ts';
import { backup } from '../archive/ledger/backup/backup.ts';
import packageFacts from '../package.json' with { type: 'json' };
import { repositoryParts, storeParts } from './backup-parts.ts';
import { loadDataSettings } from './load-data-settings.ts';
import { collectionOption, dataOption, jsonOption, resolveFromCaller } from './options.ts';

interface BackupCommandOptions {
  readonly collection: string;
  readonly data?: string;
  readonly all?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

export const backupCommand = (): Command =>
  new Command('backup')
    .description('save what git cannot give back to one file, also while a tracker works')
    .addArgument(new Argument('<file>', 'the file to make, such as clausewatch.tar.gz'))
    .option('--all', 'both repositories of records too')
    .option('--force', 'replace an existing file, once the new one is complete')
    .addOption(collectionOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Without --all the file holds the ledger; push or copy the repositories yourself. Their remotes and git's own
configuration are in neither.

Examples:
  clausewatch backup ledger-2026-03-01.tar.gz
  clausewatch backup --all --data /srv/clausewatch /backup/everything.tar.gz`,
    )
    .action(runBackup);

async function runBackup(target: string, options: BackupCommandOptions): Promise<void> {
  const settings = await loadDataSettings(options);
  const file = resolveFromCaller(target);
  const { date, parts, bytes } = await backup({
    file,
    parts: [...storeParts(settings), ...(options.all ? repositoryParts(settings) : [])],
    engineVersion: `clausewatch/${packageFacts.version}`,
    force: options.force ?? false,
    onStep: ({ part, action }) => process.stderr.write(`${action} ${part}\n`),
  });
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ kind: 'backup', file, bytes, date, parts })}\n`);
    return;
  }
  const contents = parts.map(
    ({ name, file: packed }) => `  ${name}: ${packed ? formatBytes(packed.bytes) : 'empty'}\n`,
  );
  process.stdout.write(`${file}, ${formatBytes(bytes)}, holds\n${contents.join('')}`);
}
