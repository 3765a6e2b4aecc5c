import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { IndexReader } from '../../../archive/index/index-reader.ts';
import { openIndexReader } from '../../../archive/index/open-reader.ts';
import { updateIndex } from '../../../archive/index/update-index.ts';
import { addCommits, type CommitOfTest, makeHistory } from '../../helpers/history.ts';
import { dumpIndex } from '../../helpers/index-dump.ts';
import { git } from '../../helpers/repository.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const record = (name: string, content: string, more: Partial<CommitOfTest> = {}): CommitOfTest => ({
  message: `Record new changes of ${name.replace('/', ' ')}`,
  set: { [`${name}.md`]: content },
  ...more,
});

/** An indexed archive whose history can be replaced. */
async function archive(...commits: readonly CommitOfTest[]) {
  const root = await temporaryDirectory();
  const versionsDirectory = makeHistory(join(root, 'versions'));
  const places = { versionsDirectory, indexFile: join(root, 'index.sqlite') };
  const ids = addCommits(versionsDirectory, ...commits);
  await updateIndex(places);
  const reader = openIndexReader(places.indexFile);
  return {
    ...places,
    ids,
    reader,
    /** Replaces the branch by these commits on top of a former one, as a forced push does, and updates the index. */
    async rewrite(base: string | undefined, ...replacement: readonly CommitOfTest[]) {
      const [first, ...others] = replacement;
      let ends: string[] = [];
      if (first)
        ends = addCommits(versionsDirectory, { parents: base === undefined ? [] : [base], ...first }, ...others);
      else if (base !== undefined) git(versionsDirectory, 'update-ref', 'refs/heads/main', base);
      else git(versionsDirectory, 'update-ref', '-d', 'refs/heads/main');
      const report = await updateIndex(places);
      await expectFresh(places);
      return { ids: ends, report: report.versions };
    },
  };
}

/** The index says what one that is made anew says. */
async function expectFresh(places: { readonly versionsDirectory: string; readonly indexFile: string }): Promise<void> {
  const indexFile = join(await temporaryDirectory(), 'fresh.sqlite');
  await updateIndex({ ...places, indexFile });
  expect(dumpIndex(places.indexFile)).toEqual(dumpIndex(indexFile));
}

const order = (reader: IndexReader): string[] =>
  reader
    .versions({}, { limit: 100 })
    .map(({ id }) => id)
    .reverse();

describe('a rewritten history', () => {
  test('in its end: what stood before stays, the rest is made anew, and ids of the former lead on', async () => {
    const { ids, reader, rewrite } = await archive(
      record('A/Terms', 'a1', { date: 100 }),
      record('B/Terms', 'b1', { date: 200 }),
      record('A/Terms', 'a2', { date: 300 }),
      record('A/Terms', 'lost', { date: 400 }),
    );
    const { epoch } = reader.state();
    const { ids: rewritten, report } = await rewrite(
      ids[1],
      record('A/Terms', 'a2', { date: 301, message: 'Update A Terms' }),
      record('C/Terms', 'c1', { date: 500 }),
    );
    expect(report).toMatchObject({ added: 2, removed: 2 });
    expect(order(reader)).toEqual([ids[0], ids[1], ...rewritten]);
    expect(reader.versionById(ids[2] ?? '')?.id).toBe(rewritten[0]);
    expect(reader.versionById(ids[3] ?? '')).toBeUndefined();
    expect(reader.versionsOfCommit(ids[2] ?? '')).toEqual([]);
    expect(reader.state().epoch).not.toBe(epoch);
    expect(reader.countVersions({})).toBe(4);
  });

  test('from its first commit on', async () => {
    const { ids, reader, rewrite } = await archive(record('A/Terms', 'a1'), record('A/Terms', 'a2'));
    const { ids: rewritten, report } = await rewrite(
      undefined,
      record('A/Terms', 'a1', { date: 5 }),
      record('A/Terms', 'a2', { date: 6 }),
      record('A/Terms', 'a3', { date: 7 }),
    );
    expect(report).toMatchObject({ added: 3, removed: 2 });
    expect(order(reader)).toEqual(rewritten);
    expect(ids.map((id) => reader.versionById(id)?.id)).toEqual(rewritten.slice(0, 2));
  });

  test('that was shortened, and restored', async () => {
    const { ids, reader, rewrite, indexFile } = await archive(record('A/Terms', 'a1'), record('B/Terms', 'b1'));
    await rewrite(ids[0]);
    expect(order(reader)).toEqual([ids[0]]);
    expect(reader.terms().map(({ serviceId }) => serviceId)).toEqual(['A']);
    expect(reader.versionById(ids[1] ?? '')).toBeUndefined();
    await rewrite(ids[1]);
    expect(order(reader)).toEqual(ids);
    expect(dumpIndex(indexFile, { former: true }).formerVersions).toEqual([]);
  });

  test('that has no commits any more', async () => {
    const { reader, rewrite } = await archive(record('A/Terms', 'a1'));
    await rewrite(undefined);
    expect(reader.state()).toMatchObject({ versions: 0, services: 0, terms: 0, versionsTip: undefined });
  });

  test('whose commits git has thrown away already', async () => {
    const { versionsDirectory, reader, rewrite } = await archive(record('A/Terms', 'a1'), record('A/Terms', 'a2'));
    addCommits(versionsDirectory, { ...record('A/Terms', 'new', { date: 9 }), parents: [] });
    git(versionsDirectory, 'reflog', 'expire', '--expire=now', '--all');
    git(versionsDirectory, 'gc', '--quiet', '--prune=now');
    const end = git(versionsDirectory, 'rev-parse', 'main').trim();
    const { report } = await rewrite(end);
    expect(report).toMatchObject({ added: 1, removed: 2 });
    expect(order(reader)).toEqual([end]);
  });

  test('in which services have other names: content leads on where the terms are gone', async () => {
    const { ids, reader, rewrite } = await archive(record('A/Terms', 'same'), record('A/Terms', 'later'));
    const { ids: rewritten } = await rewrite(undefined, record('B/Terms', 'same'), record('B/Terms', 'later'));
    expect(ids.map((id) => reader.versionById(id)?.id)).toEqual(rewritten);
    expect(reader.terms().map(({ serviceId }) => serviceId)).toEqual(['B']);
  });

  test('of versions with the same content, the one that was fetched nearest is the successor', async () => {
    const { ids, reader, rewrite } = await archive(
      record('A/Terms', 'x', { date: 1000 }),
      record('A/Terms', 'y', { date: 2000 }),
      record('A/Terms', 'x', { date: 3000 }),
    );
    const { ids: rewritten } = await rewrite(
      undefined,
      record('A/Terms', 'x', { date: 1001 }),
      record('A/Terms', 'y', { date: 2001 }),
      record('A/Terms', 'x', { date: 3001 }),
    );
    expect(ids.map((id) => reader.versionById(id)?.id)).toEqual(rewritten);
    expect(reader.versionById(ids[2]?.slice(0, 12) ?? '')?.id).toBe(rewritten[2]);
  });

  test('in which a name did not change after all', async () => {
    const { ids, reader, rewrite } = await archive(
      record('A/Terms', 'one\n\ntwo'),
      { message: 'Update B Terms', remove: ['A/Terms.md'], set: { 'B/Terms.md': 'one\n\ntwo' } },
      record('B/Terms', 'one\n\nthree'),
    );
    expect(reader.terms({ serviceId: 'B' })[0]?.formerly).toHaveLength(1);
    await rewrite(ids[0], record('B/Terms', 'one\n\ntwo'), record('B/Terms', 'one\n\nthree'));
    expect(reader.terms({ serviceId: 'B' })[0]?.formerly).toEqual([]);
  });

  test('ids that references keep lead on also by an index that was made anew', async () => {
    const { ids, versionsDirectory, rewrite } = await archive(record('A/Terms', 'a1'), record('A/Terms', 'a2'));
    git(versionsDirectory, 'update-ref', 'refs/clausewatch/former/1', ids[1] ?? '');
    const { ids: rewritten } = await rewrite(
      undefined,
      record('A/Terms', 'a1', { date: 1 }),
      record('A/Terms', 'a2', { date: 2 }),
    );
    const indexFile = join(await temporaryDirectory(), 'anew.sqlite');
    await updateIndex({ versionsDirectory, indexFile });
    const reader = openIndexReader(indexFile);
    expect(ids.map((id) => reader.versionById(id)?.id)).toEqual(rewritten);
    expect(order(reader)).toEqual(rewritten);
    reader.close();
  });

  test('of snapshots: their former ids lead on as well', async () => {
    const root = await temporaryDirectory();
    const places = {
      versionsDirectory: makeHistory(join(root, 'v')),
      snapshotsDirectory: makeHistory(join(root, 's')),
    };
    const snapshot = (content: string, date: number): CommitOfTest => ({
      message: 'Record new changes of A Terms',
      date,
      set: { 'A/Terms #one.html': content },
    });
    const ids = addCommits(places.snapshotsDirectory, snapshot('x', 1), snapshot('y', 2), snapshot('gone', 3));
    git(places.snapshotsDirectory, 'update-ref', 'refs/clausewatch/former/1', ids[2] ?? '');
    const indexFile = join(root, 'index.sqlite');
    await updateIndex({ ...places, indexFile });
    const rewritten = addCommits(places.snapshotsDirectory, { ...snapshot('x', 11), parents: [] }, snapshot('y', 12));
    const report = await updateIndex({ ...places, indexFile });
    expect(report.snapshots).toMatchObject({ added: 2, removed: 3 });
    const anew = join(root, 'anew.sqlite');
    await updateIndex({ ...places, indexFile: anew });
    expect(dumpIndex(indexFile, { former: true })).toEqual(dumpIndex(anew, { former: true }));
    for (const file of [indexFile, anew]) {
      const reader = openIndexReader(file);
      expect(ids.map((id) => reader.snapshotById(id)?.id)).toEqual([...rewritten, undefined]);
      expect(reader.terms()).toMatchObject([{ serviceId: 'A', snapshots: 2 }]);
      reader.close();
    }
  });

  test('a merge of what was recorded elsewhere puts records where a new index has them', async () => {
    const { ids, reader, rewrite, versionsDirectory } = await archive(record('A/Terms', 'a1'), record('A/Terms', 'a2'));
    const [side] = addCommits(versionsDirectory, {
      ...record('B/Terms', 'b1'),
      branch: 'side',
      parents: [ids[0] ?? ''],
    });
    await rewrite(ids[1], { message: 'Merge', parents: [ids[1] ?? '', side ?? ''], set: { 'B/Terms.md': 'b1' } });
    expect(new Set(order(reader))).toEqual(new Set([...ids, side]));
    const merge = git(versionsDirectory, 'rev-parse', 'main').trim();
    const { report } = await rewrite(merge, record('A/Terms', 'a3'));
    expect(report).toMatchObject({ commits: 1, added: 1, removed: 0 });
  });
});
