import { SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';
import { analyseHistory } from '../archive/changes/analysis/analyse-history.ts';
import { openBatchReader } from '../archive/git/batch-reader.ts';
import { locateRepository } from '../archive/git/git-location.ts';
import { readHead } from '../archive/git/head.ts';
import { countHistory } from '../archive/git/history.ts';
import { changeAsText } from './change-text.ts';
import { EXIT } from './exit-codes.ts';
import { abortOnSignals } from './interruption.ts';
import { jsonOption, resolveFromCaller } from './options.ts';

interface ChangesOptions {
  readonly repository: string;
  readonly alerts?: boolean;
  readonly json?: boolean;
}

export const changesCommand = (): Command =>
  new Command('changes')
    .description('what changed in a repository of versions: class, alert, topics and reasons of each change')
    .addOption(new Option('--repository <dir>', 'a repository of versions, bare or not').makeOptionMandatory())
    .option('--alerts', 'only changes that are worth an alert')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Oldest first, one line for each change of a file that had an earlier version. Nothing is written in the repository.

Examples:
  clausewatch changes --repository data/versions --alerts
  clausewatch changes --repository ../contrib-versions --json > changes.jsonl`,
    )
    .action(showChanges);

async function showChanges({ repository, alerts, json }: ChangesOptions): Promise<void> {
  const directory = resolveFromCaller(repository);
  const location = await locateRepository(directory);
  if (!location) throw new Error(`${directory} is no git repository; name one of versions with --repository.`);
  const head = await readHead(location);
  if (!head) return;
  const { signal, dispose } = abortOnSignals(EXIT.interrupted);
  const reader = openBatchReader(location);
  const bar = process.stderr.isTTY && !process.stdout.isTTY ? new SingleBar({ stream: process.stderr }) : undefined;
  bar?.start(await countHistory(location, [head]), 0);
  try {
    const onCommits = (done: number): void => bar?.update(done);
    for await (const change of analyseHistory(location, reader, { head, signal, onCommits })) {
      if (alerts && !change.alert) continue;
      const line = json ? JSON.stringify(change) : changeAsText(change);
      // A reader that is slower than we are sets the pace.
      if (!process.stdout.write(`${line}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve));
    }
  } finally {
    bar?.stop();
    await reader.close();
    dispose();
  }
}
