import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAnalyser } from '../../archive/changes/analysis/analyser.ts';
import { createMemoryStore } from '../../archive/changes/analysis/memory-store.ts';
import { openBatchReader } from '../../archive/git/batch-reader.ts';
import { locateRepository } from '../../archive/git/git-location.ts';
import { readHead } from '../../archive/git/head.ts';
import { readHistory } from '../../archive/git/history.ts';
import { parseMessage } from '../../archive/records/message.ts';
import { agreementOf, cloneOfLabelled, labelledChanges, nameOf, withoutLabels } from '../helpers/labelled-changes.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

/**
 * Judges the documents of the labelled changes alone, each up to its last one: a fifth of the archive. What other
 * services show is not known then; the benchmark judges the whole archive.
 */
async function alertsOfLabelled(repository: string): Promise<Map<string, boolean>> {
  const location = await locateRepository(repository);
  const head = location && (await readHead(location));
  if (!head) throw new Error(`No records in ${repository}`);
  const reader = openBatchReader(location);
  const analyser = createAnalyser({ store: createMemoryStore(), read: (blob) => reader.read(blob) });
  const left = new Map<string, number>();
  for (const { path } of labelledChanges()) left.set(path, (left.get(path) ?? 0) + 1);
  const labelled = new Set(labelledChanges().map(nameOf));
  const alerts = new Map<string, boolean>();
  try {
    for await (const batch of readHistory(location, [head])) {
      for (const { id: commit, authorDate, message, changes } of batch) {
        for (const { path, blob } of changes) {
          if (!blob || !left.get(path)) continue;
          const isTechnicalUpgrade = parseMessage(message)?.kind === 'technical-upgrade';
          const change = await analyser.judge({ commit, path, blob, date: authorDate * 1000, isTechnicalUpgrade });
          const name = nameOf({ commit, path });
          if (!labelled.has(name)) continue;
          alerts.set(name, change?.alert ?? false);
          left.set(path, (left.get(path) ?? 0) - 1);
        }
      }
    }
  } finally {
    await reader.close();
  }
  return alerts;
}

const title = 'alerts agree with what readers labelled: recall 0.98, precision 0.93';

test.skipIf(withoutLabels)(withoutLabels ? `${title} (skipped: ${withoutLabels})` : title, async () => {
  const repository = cloneOfLabelled(join(await temporaryDirectory(), 'versions.git'));
  const { recall, precision, missed, needless } = agreementOf(await alertsOfLabelled(repository));
  const told = { missed: missed.map(({ id }) => id), needless: needless.map(({ id }) => id) };
  expect(recall, JSON.stringify(told)).toBeGreaterThanOrEqual(0.98);
  expect(precision, JSON.stringify(told)).toBeGreaterThanOrEqual(0.93);
});
