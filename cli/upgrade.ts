import { Command } from 'commander';
import {
  allowAddressOption,
  collectionOption,
  dataOption,
  jsonOption,
  servicesOption,
  typesOption,
} from './options.ts';
import { type RunCommandOptions, runOnce } from './run-once.ts';

export const upgradeCommand = (): Command =>
  new Command('upgrade')
    .description('extract recorded snapshots again where declarations or extraction rules changed')
    .addOption(collectionOption())
    .addOption(dataOption())
    .addOption(servicesOption())
    .addOption(typesOption())
    .addOption(allowAddressOption())
    .option('--publish', 'push the records to their remotes after the run')
    .option('--dry-run', 'write nothing; count and show each version that would differ')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Every "track" does this first. On its own it is the rehearsal before an archive of Open Terms Archive is continued:

  clausewatch upgrade --collection contrib-declarations --data DIR --dry-run`,
    )
    .action((options: RunCommandOptions) => runOnce('upgrade', options));
