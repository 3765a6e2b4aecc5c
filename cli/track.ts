import type { Command } from 'commander';
import { EXIT } from './exit-codes.ts';
import { runCommand } from './run-command.ts';

export const trackCommand = (): Command =>
  runCommand('track', 'fetch the terms once, record what changed, and say how it went').addHelpText(
    'after',
    `
Examples:
  clausewatch track                                        the collection you stand in
  clausewatch track --services "Wikipedia,GitHub"          two of its services
  clausewatch track --collection ../demo --data /srv/demo  another collection, its records kept elsewhere
  clausewatch track --dry-run                              what a run would record

Exit code ${EXIT.someTermsFailed} when the run was completed but some terms failed.`,
  );
