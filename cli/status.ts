import { Command } from 'commander';
import { collectStatus } from './collect-status.ts';
import { loadDataSettings } from './load-data-settings.ts';
import { nextStep } from './next-step.ts';
import { collectionOption, dataOption, jsonOption } from './options.ts';
import { describeStatus } from './status-text.ts';

interface StatusOptions {
  readonly collection: string;
  readonly data?: string;
  readonly json?: boolean;
}

export const statusCommand = (): Command =>
  new Command('status')
    .description('last and next run, failing terms with their next steps, disk used and its growth')
    .addOption(collectionOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
May be used at any time: it writes nothing and holds up no tracker.

Examples:
  clausewatch status
  clausewatch status --data /srv/clausewatch --json`,
    )
    .action(showStatus);

async function showStatus(options: StatusOptions): Promise<void> {
  const settings = await loadDataSettings(options);
  const status = await collectStatus(settings, new Date());
  if (options.json) {
    const failing = status?.failing.map((terms) => ({
      ...terms,
      failures: terms.failures.map((failure) => ({ ...failure, nextStep: nextStep(failure.reason) })),
    }));
    process.stdout.write(`${JSON.stringify({ kind: 'status', tracked: status !== undefined, ...status, failing })}\n`);
    return;
  }
  process.stdout.write(
    status
      ? describeStatus(status, process.stdout)
      : `Nothing was tracked yet: there is no ledger at ${settings.ledgerFile}.\n` +
          'Begin with "clausewatch track", or name the folder of the records with --data.\n',
  );
}
