import { Command } from 'commander';
import { EXIT } from './exit-codes.ts';
import {
  allowAddressOption,
  collectionOption,
  dataOption,
  jsonOption,
  servicesOption,
  typesOption,
} from './options.ts';
import { type RunCommandOptions, runOnce } from './run-once.ts';

export const trackCommand = (): Command =>
  new Command('track')
    .description('fetch the terms once, record what changed, and say how it went')
    .addOption(collectionOption())
    .addOption(dataOption())
    .addOption(servicesOption())
    .addOption(typesOption())
    .addOption(allowAddressOption())
    .option('--publish', 'push the records to their remotes after the run')
    .option('--dry-run', 'write nothing; count and show what would be recorded')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  clausewatch track                                        the collection you stand in
  clausewatch track --services "Wikipedia,GitHub"          two of its services
  clausewatch track --collection ../demo --data /srv/demo  another collection, its records kept elsewhere
  clausewatch track --dry-run                              what a run would record

Exit code ${EXIT.someTermsFailed} when the run was completed but some terms failed.`,
    )
    .action((options: RunCommandOptions) => runOnce('track', options));
