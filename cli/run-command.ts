import { Command } from 'commander';
import type { RunKind } from '../crawler/run.ts';
import {
  allowAddressOption,
  collectionOption,
  dataOption,
  jsonOption,
  secondFetchOptions,
  servicesOption,
  typesOption,
} from './options.ts';
import { type RunCommandOptions, runOnce } from './run-once.ts';

/** A command that is one run: `track` and `upgrade` differ in the kind of run and in what they say of themselves. */
export const runCommand = (kind: RunKind, description: string): Command => {
  const command = new Command(kind)
    .description(description)
    .addOption(collectionOption())
    .addOption(dataOption())
    .addOption(servicesOption())
    .addOption(typesOption())
    .addOption(allowAddressOption())
    .option('--publish', 'push the records to their remotes after the run')
    .option('--dry-run', 'write nothing; count and show each version that would be recorded')
    .addOption(jsonOption())
    .action((options: RunCommandOptions) => runOnce(kind, options));
  if (kind === 'track') for (const option of secondFetchOptions()) command.addOption(option);
  return command;
};
