import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { locateRepository } from '../../../archive/git/git-location.ts';
import { countLines } from '../../../archive/index/count-lines.ts';
import { openIndexForWriting } from '../../../archive/index/open-index.ts';
import { createRecordQueries } from '../../../archive/index/record-queries.ts';
import { updateIndex } from '../../../archive/index/update-index.ts';
import { addCommits, type CommitOfTest, makeHistory } from '../../helpers/history.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

async function uncounted(...commits: readonly CommitOfTest[]) {
  const root = await temporaryDirectory();
  const versionsDirectory = makeHistory(join(root, 'versions'));
  addCommits(versionsDirectory, ...commits);
  const places = { versionsDirectory, indexFile: join(root, 'index.sqlite'), withText: false };
  await updateIndex(places);
  const database = openIndexForWriting(places.indexFile);
  const queries = createRecordQueries(database);
  return {
    ...places,
    database,
    location: await locateRepository(versionsDirectory),
    counts: () =>
      queries
        .versions({}, { limit: 100 })
        .map(({ additions, deletions }) => [additions, deletions])
        .reverse(),
  };
}

/** Ten versions; each has a line more than the one before, and changes the first. */
const growing: CommitOfTest[] = Array.from({ length: 10 }, (_, index) => ({
  message: 'Update A Terms',
  set: { 'A/Terms.md': `${index}\n${'line\n'.repeat(index)}` },
}));
const expected = [[1, 0], ...Array.from({ length: 9 }, () => [2, 1])];

describe('countLines', () => {
  test('counts what has not been counted, and that only once', async () => {
    const { database, location, counts } = await uncounted(...growing);
    expect(counts()).toEqual(expected.map(() => [undefined, undefined]));
    expect(await countLines(database, location)).toBe(10);
    expect(counts()).toEqual(expected);
    expect(await countLines(database, location)).toBe(0);
    database.close();
  });

  test('goes on where it was ended', async () => {
    const { database, location, counts } = await uncounted(...growing);
    const abort = new AbortController();
    const told: number[] = [];
    const first = countLines(database, location, {
      signal: abort.signal,
      commitsAtOnce: 3,
      onProgress({ done }) {
        told.push(done);
        if (done >= 6) abort.abort(new Error('enough'));
      },
    }).catch((error: Error) => error.message);
    await first;
    const before = counts();
    expect(before.slice(0, 6)).toEqual(expected.slice(0, 6));
    const left = expected.length - before.filter(([additions]) => additions !== undefined).length;
    expect(await countLines(database, location)).toBe(left);
    expect(counts()).toEqual(expected);
    expect(told.slice(0, 2)).toEqual([3, 6]);
    database.close();
  });

  test('several files of a commit, odd names, removals beside them and commits that are no records', async () => {
    const { database, location, counts } = await uncounted(
      { message: 'By hand', set: { 'README.md': 'x\n', 'A/Terms.md': 'a\nb\n', 'Z/Terms.md': 'z\n' } },
      {
        message: 'Update all',
        set: { 'A/Terms.md': 'a\n', 'Ünï "c"/\t利用規約.md': '1\n2\n3\n', 'A/Cookies.md': '\0binary' },
        remove: ['Z/Terms.md'],
      },
      { message: 'Update A Terms', set: { 'A/Terms.md': 'a\nc\n', 'A/data.json': '{}\n' } },
    );
    await countLines(database, location);
    // In the order of paths: git counts no lines of what it takes for binary.
    expect(counts()).toEqual([
      [undefined, undefined],
      [0, 1],
      [3, 0],
      [1, 0],
    ]);
    database.close();
  });

  test('of a merged line of history as well', async () => {
    const { database, location, counts } = await uncounted(
      { message: 'First record of A Terms', set: { 'A/Terms.md': '1\n' } },
      { message: 'First record of B Terms', branch: 'side', parents: [':1'], set: { 'B/Terms.md': '1\n2\n' } },
      { message: 'Merge', parents: [':1', ':2'], set: { 'B/Terms.md': '1\n2\n' } },
      { message: 'Update B Terms', set: { 'B/Terms.md': '2\n' } },
    );
    await countLines(database, location, { commitsAtOnce: 1 });
    expect(counts()).toEqual([
      [1, 0],
      [2, 0],
      [0, 1],
    ]);
    database.close();
  });
});
