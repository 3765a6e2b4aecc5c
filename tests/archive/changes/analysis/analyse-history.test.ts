import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyseHistory, type RecordedChange } from '../../../../archive/changes/analysis/analyse-history.ts';
import { openBatchReader } from '../../../../archive/git/batch-reader.ts';
import { locateRepository } from '../../../../archive/git/git-location.ts';
import { readHead } from '../../../../archive/git/head.ts';
import { addCommits, makeHistory } from '../../../helpers/history.ts';
import { git } from '../../../helpers/repository.ts';
import { temporaryDirectory } from '../../../helpers/temporary-directory.ts';

const TERMS = 'Lampwright/Terms of Service.md';
const record = (text: string, message = 'Record new changes of Lampwright Terms of Service', path = TERMS) => ({
  message,
  set: { [path]: text },
});

async function changesOf(directory: string): Promise<RecordedChange[]> {
  const location = await locateRepository(directory);
  const head = location && (await readHead(location));
  if (!location || !head) throw new Error(`${directory} has no history`);
  const reader = openBatchReader(location);
  try {
    return await Array.fromAsync(analyseHistory(location, reader, { head }));
  } finally {
    await reader.close();
  }
}

describe('the changes of a repository of versions', () => {
  test('are told oldest first, without first records, deletions and files at the root', async () => {
    const directory = makeHistory(join(await temporaryDirectory(), 'versions'));
    const [, , changed, , back, upgrade] = addCommits(
      directory,
      record('We keep your readings for thirty days.', 'First record of Lampwright Terms of Service'),
      record('About', 'Read me', 'README.md'),
      { ...record('We keep your readings for ninety days.'), date: 1_700_000_000 },
      { message: 'Deleted', remove: [TERMS] },
      record('We keep your readings for thirty days.'),
      record(
        'We keep your readings for ten days.',
        'Apply technical or declaration upgrade on Lampwright Terms of Service',
      ),
    );
    expect(await changesOf(directory)).toMatchObject([
      { commit: changed, path: TERMS, date: '2023-11-14T22:13:20.000Z', state: 'ok', alert: true, undoes: [] },
      { commit: back, state: 'return', alert: false, undoes: [changed] },
      { commit: upgrade, class: 'text', alert: false, technicalUpgrade: true },
    ]);
  });

  test('go on behind a content that git has lost', async () => {
    const directory = makeHistory(join(await temporaryDirectory(), 'versions'));
    const [, lost = ''] = addCommits(
      directory,
      record('We keep your readings for thirty days.'),
      record('We keep your readings for ninety days, and this sentence is lost.'),
      record('We keep your readings for ninety days.'),
    );
    const blob = git(directory, 'rev-parse', `${lost}:${TERMS}`).trim();
    rmSync(join(directory, 'objects', blob.slice(0, 2), blob.slice(2)));
    expect(await changesOf(directory)).toMatchObject([
      { commit: lost, state: 'suspect', alert: false, reasons: [{ code: 'unreadable' }] },
      {
        state: 'ok',
        alert: true,
        reasons: [
          { code: 'words', side: 'removed', words: expect.stringContaining('thirty') },
          { code: 'words', side: 'added', words: expect.stringContaining('ninety') },
        ],
      },
    ]);
  });
});
