import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { QuerySyntaxError } from '../../../archive/index/index-error.ts';
import type { IndexReader } from '../../../archive/index/index-reader.ts';
import { openIndexReader } from '../../../archive/index/open-reader.ts';
import { updateIndex } from '../../../archive/index/update-index.ts';
import { addCommits, makeHistory } from '../../helpers/history.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const CLAUSE = 'We may change these terms at any time and will tell you';

/** A reader under which the versions go, as with a rewritten history, in the middle of its first answer with intervals. */
async function readerInterrupted(): Promise<IndexReader> {
  const root = await temporaryDirectory();
  const versionsDirectory = makeHistory(join(root, 'versions'));
  const texts = ['thirty', 'sixty', 'ninety'].map((days) => `${CLAUSE} ${days} days before.\n`);
  addCommits(
    versionsDirectory,
    ...texts.map((text, day) => ({
      message: 'Record new changes of A Terms',
      date: 1_600_000_000 + 86_400 * day,
      set: { 'A/Terms.md': text },
    })),
  );
  const indexFile = join(root, 'index.sqlite');
  await updateIndex({ versionsDirectory, indexFile });
  const writer = new DatabaseSync(indexFile);
  const reader = openIndexReader(indexFile, {
    checks: {
      lastSuccessBefore() {
        writer.exec('DELETE FROM version; DELETE FROM standing');
        return undefined;
      },
      hasFailureBetween: () => false,
    },
  });
  onTestFinished(() => {
    reader.close();
    writer.close();
  });
  return reader;
}

describe('a history that is rewritten in the middle of an answer', () => {
  test.each<[string, (reader: IndexReader) => number | undefined, number]>([
    ['a search', (reader) => reader.search({ text: 'terms', limit: 10 }).hits.length, 3],
    ['a passage', (reader) => reader.passageHistory('A', 'Terms', CLAUSE)[0]?.wordings.length, 3],
  ])('%s is of one state, and the next one of the next', async (_what, ask, expected) => {
    const reader = await readerInterrupted();
    expect(ask(reader)).toBe(expected);
    expect(ask(reader) ?? 0).toBe(0);
  });
});

test('a query that cannot be read leaves nothing open', async () => {
  const reader = await readerInterrupted();
  for (let time = 0; time < 2; time++) {
    expect(() => reader.search({ text: '-', limit: 10 })).toThrow(QuerySyntaxError);
    expect(reader.versions({}, { limit: 10 })).toHaveLength(3);
  }
  expect(reader.search({ text: 'terms', limit: 10 }).total).toBe(3);
  expect(reader.versions({}, { limit: 10 })).toEqual([]);
});
