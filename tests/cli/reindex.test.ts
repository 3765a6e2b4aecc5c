import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { followIndex } from '../../archive/index/follow/follow-index.ts';
import { archiveOfRecords } from '../helpers/archive-of-records.ts';
import { expectFresh } from '../helpers/fresh-index.ts';
import { addCommits, makeHistory } from '../helpers/history.ts';
import { clausewatch, jsonLines } from '../helpers/program.ts';
import { git } from '../helpers/repository.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const TERMS = ['Larkmail', 'Terms of Service'] as const;

test('makes the index anew, whatever was there, and says what it holds', async () => {
  const data = await temporaryDirectory();
  const archive = await archiveOfRecords(data);
  await archive.record(...TERMS, 'One', 'Two');
  await archive.record('Wrenbank', 'Privacy Policy', 'Three');
  writeFileSync(archive.indexFile, 'no index');
  const { code, stdout } = await clausewatch(['reindex', '--collection', data, '--data', data, '--json']);
  expect(code).toBe(0);
  expect(jsonLines(stdout)).toEqual([
    {
      kind: 'reindex',
      collection: expect.any(String),
      file: archive.indexFile,
      bytes: statSync(archive.indexFile).size,
      milliseconds: expect.any(Number),
      versions: 3,
      snapshots: 3,
      services: 2,
      terms: 2,
    },
  ]);
  await expectFresh(archive);
});

test('warns of a version whose text is missing, and ends well', async () => {
  const data = await temporaryDirectory();
  const versions = makeHistory(join(data, 'versions'));
  addCommits(versions, { message: 'First record of Larkmail Terms', set: { 'Larkmail/Terms.md': 'One' } });
  const blob = git(versions, 'rev-parse', 'HEAD:Larkmail/Terms.md').trim();
  rmSync(join(versions, 'objects', blob.slice(0, 2), blob.slice(2)));
  const { code, stderr } = await clausewatch(['reindex', '--collection', data, '--data', data]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/warning: .*The text of version .*Larkmail, Terms.* cannot be searched: blob .* is missing/);
});

test('leaves the index to the server that keeps it, and says what to do', async () => {
  const data = await temporaryDirectory();
  const archive = await archiveOfRecords(data);
  await archive.record(...TERMS, 'One');
  const follower = await followIndex(archive);
  onTestFinished(() => follower.close());
  await follower.caughtUp();
  const { code, stderr } = await clausewatch(['reindex', '--collection', data, '--data', data]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/is kept by "clausewatch serve" \(process \d+ on .*stop that process first/);
  expect(follower.reader().countVersions({})).toBe(1);
});

test('makes those of a configuration file that are named, and knows the others', async () => {
  const folder = await temporaryDirectory();
  const file = join(folder, 'collections.yml');
  for (const id of ['first', 'second']) {
    const archive = await archiveOfRecords(join(folder, id));
    await archive.record(...TERMS, `Terms of ${id}`);
    await archive.close();
  }
  const entry = (id: string): string => `  ${id}: { versions: ${id}/versions, data: ${id} }\n`;
  writeFileSync(file, `collections:\n${entry('first')}${entry('second')}`);
  const named = await clausewatch(['reindex', 'second', '--configuration', file, '--json']);
  expect(named.stderr).toBe('');
  expect(jsonLines(named.stdout)).toMatchObject([{ collection: 'second', versions: 1 }]);
  const all = await clausewatch(['reindex', '--configuration', file]);
  expect(all.stdout).toMatch(/^first: 1 version .*\nsecond: 1 version .*\n$/);
  const unknown = await clausewatch(['reindex', 'third', '--configuration', file]);
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toMatch(/no collection third; there is first, second/);
});
