import { Presets, SingleBar } from 'cli-progress';
import { analyseHistory } from '../archive/changes/analysis/analyse-history.ts';
import { reasonSentence } from '../archive/changes/analysis/reason-sentence.ts';
import { openBatchReader } from '../archive/git/batch-reader.ts';
import { locateRepository } from '../archive/git/git-location.ts';
import { readHead } from '../archive/git/head.ts';
import { countHistory } from '../archive/git/history.ts';
import type { PrintedChange } from './change-text.ts';

/**
 * The changes of any repository of versions, bare or not, oldest first; with a bar on a terminal. Nothing is written in it.
 *
 * @throws Error where there is no repository; ArchiveError when git fails; the signal's reason.
 */
export async function* changesOfRepository(
  directory: string,
  signal: AbortSignal,
): AsyncGenerator<PrintedChange, void, undefined> {
  const location = await locateRepository(directory);
  if (!location) throw new Error(`${directory} is no git repository; name one of versions with --repository.`);
  const head = await readHead(location);
  if (!head) return;
  const reader = openBatchReader(location);
  // Where the changes themselves go to the terminal, they show how far it is.
  const bar = process.stderr.isTTY && !process.stdout.isTTY ? startBar() : undefined;
  bar?.setTotal(await countHistory(location, [head]));
  try {
    for await (const change of analyseHistory(location, reader, {
      head,
      signal,
      onCommits: (done) => bar?.update(done),
    })) {
      yield { ...change, reasons: change.reasons.map(reasonSentence) };
    }
  } finally {
    bar?.stop();
    await reader.close();
  }
}

function startBar(): SingleBar {
  const bar = new SingleBar(
    { stream: process.stderr, format: 'Changes {bar} {value}/{total} · {eta_formatted} left', etaBuffer: 50 },
    Presets.rect,
  );
  bar.start(0, 0);
  return bar;
}
