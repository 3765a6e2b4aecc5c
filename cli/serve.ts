import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { ConfiguredCollection } from '../archive/collections/configured-collection.ts';
import { loadConfiguredServer } from './configured-collections.ts';
import { EXIT } from './exit-codes.ts';
import { abortOnSignals, untilAborted } from './interruption.ts';
import { createLogger } from './logger.ts';
import { collectionOption, configurationOption, dataOption, serverOptions } from './options.ts';
import { openServer } from './server.ts';
import { tellUnfetched, tellWarnings } from './tell-warnings.ts';

interface ServeOptions {
  readonly collection: string;
  readonly configuration?: string;
  readonly data?: string;
}

export const serveCommand = (): Command => {
  const command = new Command('serve')
    .description('serve the records of one or several collections: APIs, feeds, search')
    .addOption(collectionOption())
    .addOption(configurationOption())
    .addOption(dataOption());
  for (const option of serverOptions()) command.addOption(option);
  return command
    .addHelpText(
      'after',
      `
Nothing but the index beside the records is written, and no mirror is fetched. Others may track meanwhile, in this
collection too; "clausewatch start" does both at once, and fetches mirrors. SIGINT (Ctrl-C) and SIGTERM end it cleanly within ten seconds.

Examples:
  clausewatch serve
  clausewatch serve --configuration collections.yml --port 8080
  clausewatch serve --trust-proxy loopback --public-url https://watch.example    behind a proxy on this machine

docs/operate.md: how to run it for good.`,
    )
    .action(serve);
};

/** Or a mistyped folder would be served as a collection that has nothing yet. */
function assertSomething([collection]: readonly ConfiguredCollection[]): void {
  const { collectionDirectory: folder = '', versionsDirectory } = collection ?? {};
  if (existsSync(join(folder, 'declarations')) || (versionsDirectory && existsSync(versionsDirectory))) return;
  throw new Error(
    `There are neither declarations in ${folder} nor records in ${versionsDirectory}. Name the collection's folder with --collection, that of its records with --data, or several collections with --configuration.`,
  );
}

async function serve(options: ServeOptions): Promise<void> {
  const configured = await loadConfiguredServer(options);
  if (options.configuration === undefined) assertSomething(configured.collections);
  const log = createLogger(configured.settings.logLevel);
  tellWarnings(configured, log);
  await tellUnfetched(configured, log);
  const { signal, dispose } = abortOnSignals(EXIT.interrupted);
  const server = await openServer(configured, { log, command: 'serve' });
  await untilAborted(signal);
  await server.close();
  dispose();
  log.info('stopped');
  process.exitCode = EXIT.interrupted;
}
