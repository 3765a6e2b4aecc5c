import { Command } from 'commander';
import packageFacts from '../package.json' with { type: 'json' };
import { backupCommand } from './backup.ts';
import { changesCommand } from './changes.ts';
import { checkCommand } from './check.ts';
import { configCommand } from './config.ts';
import { datasetCommand } from './dataset.ts';
import { extractCommand } from './extract.ts';
import { mirrorCommand } from './mirror.ts';
import { reindexCommand } from './reindex.ts';
import { restoreCommand } from './restore.ts';
import { serveCommand } from './serve.ts';
import { startCommand } from './start.ts';
import { statusCommand } from './status.ts';
import { trackCommand } from './track.ts';
import { upgradeCommand } from './upgrade.ts';
import { validateCommand } from './validate.ts';

/** The whole command line. A new command is one more line here and a section in the README (a test compares them). */
export function createProgram(): Command {
  const program = new Command('clausewatch')
    .description(packageFacts.description)
    .version(packageFacts.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print help for a command')
    .showHelpAfterError('(add --help for the options and examples)')
    .addHelpText(
      'after',
      `
Examples:
  clausewatch validate                          check the declarations of the collection you stand in
  clausewatch track --services "Wikipedia"      one run over one service
  clausewatch start                             track on the collection's schedule until stopped

Exit codes: 0 done, 1 failed or faults found, 2 command line not understood,
            3 run completed but some terms failed, 130 interrupted.`,
    );
  for (const command of [
    validateCommand(),
    checkCommand(),
    changesCommand(),
    trackCommand(),
    upgradeCommand(),
    serveCommand(),
    startCommand(),
    mirrorCommand(),
    reindexCommand(),
    datasetCommand(),
    statusCommand(),
    extractCommand(),
    configCommand(),
    backupCommand(),
    restoreCommand(),
  ]) {
    program.addCommand(command.copyInheritedSettings(program));
  }
  return program;
}
