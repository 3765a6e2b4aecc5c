import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fetchMirror } from '../../../../archive/git/mirror.ts';
import { followIndex } from '../../../../archive/index/follow/follow-index.ts';
import { archiveOfRecords } from '../../../helpers/archive-of-records.ts';
import { expectFresh } from '../../../helpers/fresh-index.ts';
import { git } from '../../../helpers/repository.ts';
import { temporaryDirectory } from '../../../helpers/temporary-directory.ts';

const TERMS = ['Larkmail', 'Terms of Service'] as const;

/** A second is what is promised; the rest is for a busy machine. tests/bench/api.ts prints the time. */
const SOON = { timeout: 10_000 };

test('a clone of a bundle is served as a mirror, and continued by fetches', async () => {
  const origin = await archiveOfRecords();
  await origin.record(...TERMS, 'One', 'Two');
  const data = await temporaryDirectory();
  const places = {
    versionsDirectory: join(data, 'versions'),
    snapshotsDirectory: join(data, 'snapshots'),
    indexFile: join(data, 'index.sqlite'),
  };
  const bundle = join(data, 'versions.bundle');
  git(origin.versionsDirectory, 'bundle', 'create', '--quiet', bundle, '--all');
  git(data, 'clone', '--quiet', '--bare', bundle, places.versionsDirectory);

  const follower = await followIndex({ ...places, pollInterval: 100 });
  onTestFinished(() => follower.close());
  await follower.caughtUp();
  const reader = follower.reader();
  expect(reader.countVersions({})).toBe(2);

  const [third] = await origin.record(...TERMS, 'Three');
  git(places.versionsDirectory, 'fetch', '--quiet', origin.versionsDirectory, 'main:main');
  await expect.poll(() => reader.latestVersion(...TERMS)?.id, SOON).toBe(third);

  // And by our own fetches, into a repository of our own.
  const url = `file://${origin.versionsDirectory}`;
  renameSync(places.versionsDirectory, `${places.versionsDirectory}.clone`);
  await fetchMirror({ directory: places.versionsDirectory, url });
  const [fourth] = await origin.record(...TERMS, 'Four');
  const { isRewritten } = await fetchMirror({ directory: places.versionsDirectory, url });
  expect(isRewritten).toBe(false);
  await expect.poll(() => reader.latestVersion(...TERMS)?.id, SOON).toBe(fourth);
  await follower.caughtUp();
  await expectFresh(places);
});

test('a forced push at the origin: the new history is served, links to the former one hold', async () => {
  const origin = await archiveOfRecords();
  const [, , former] = await origin.record(...TERMS, 'One', 'Two', 'Three');
  await origin.record(...TERMS, 'Four');
  await origin.close();
  const data = await temporaryDirectory();
  const places = {
    versionsDirectory: join(data, 'versions'),
    snapshotsDirectory: join(data, 'snapshots'),
    indexFile: join(data, 'index.sqlite'),
  };
  const fetched = { directory: places.versionsDirectory, url: `file://${origin.versionsDirectory}` };
  await fetchMirror(fetched);
  const follower = await followIndex({ ...places, pollInterval: 100 });
  onTestFinished(() => follower.close());
  await follower.caughtUp();
  const reader = follower.reader();
  const { epoch } = reader.state();

  git(origin.versionsDirectory, 'reset', '--quiet', '--hard', 'HEAD~1');
  git(origin.versionsDirectory, 'commit', '--quiet', '--amend', '--reset-author', '--no-edit');
  const { isRewritten } = await fetchMirror(fetched);
  expect(isRewritten).toBe(true);
  await expect.poll(() => reader.countVersions({}), SOON).toBe(3);
  expect(reader.state().epoch).not.toBe(epoch);
  const tip = git(origin.versionsDirectory, 'rev-parse', 'HEAD').trim();
  expect(reader.latestVersion(...TERMS)?.id).toBe(tip);
  // The same text, recorded anew under another id.
  expect(former).not.toBe(tip);
  expect(reader.versionById(former ?? '')?.id).toBe(tip);
  await follower.caughtUp();
  await expectFresh(places);
});
