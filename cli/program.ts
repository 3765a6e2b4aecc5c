import { Command } from 'commander';
import packageFacts from '../package.json' with { type: 'json' };

/** A new command is one more line here and a section in the README (a test compares them). */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  validate: async () => (await import('./validate.ts')).validateCommand(),
  check: async () => (await import('./check.ts')).checkCommand(),
  changes: async () => (await import('./changes.ts')).changesCommand(),
  track: async () => (await import('./track.ts')).trackCommand(),
  upgrade: async () => (await import('./upgrade.ts')).upgradeCommand(),
  serve: async () => (await import('./serve.ts')).serveCommand(),
  start: async () => (await import('./start.ts')).startCommand(),
  mirror: async () => (await import('./mirror.ts')).mirrorCommand(),
  reindex: async () => (await import('./reindex.ts')).reindexCommand(),
  dataset: async () => (await import('./dataset.ts')).datasetCommand(),
  status: async () => (await import('./status.ts')).statusCommand(),
  extract: async () => (await import('./extract.ts')).extractCommand(),
  config: async () => (await import('./config.ts')).configCommand(),
  backup: async () => (await import('./backup.ts')).backupCommand(),
  restore: async () => (await import('./restore.ts')).restoreCommand(),
};

/**
 * The command line.
 *
 * @param name the only command that is loaded, where it is one: all of them take three times as long, since the modules
 *   of the server come along. Default: all.
 */
export async function createProgram(name?: string): Promise<Command> {
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
  const named = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  for (const load of named ? [named] : Object.values(COMMANDS)) {
    program.addCommand((await load()).copyInheritedSettings(program));
  }
  return program;
}
