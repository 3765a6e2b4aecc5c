import type { Command } from 'commander';
import { runCommand } from './run-command.ts';

export const upgradeCommand = (): Command =>
  runCommand('upgrade', 'extract recorded snapshots again where declarations or extraction rules changed').addHelpText(
    'after',
    `
Every "track" does this first. On its own it is the rehearsal before an archive of Open Terms Archive is continued:

  clausewatch upgrade --collection contrib-declarations --data DIR --dry-run`,
  );
