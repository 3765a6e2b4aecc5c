import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openIndexReader } from '../../../archive/index/open-reader.ts';
import { updateIndex } from '../../../archive/index/update-index.ts';
import { createFeedEntries } from '../../../server/feeds/feed-entry.ts';
import { git, makeRepository } from '../../helpers/repository.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

test('versions of one commit have entries of their own, the first by path that of Open Terms Archive', async () => {
  const directory = await temporaryDirectory();
  const versionsDirectory = makeRepository(join(directory, 'versions'), {});
  const paths = ['Brass/Terms of Service.md', 'Anvil & Co/Privacy Policy.md', 'Copper/Imprint.md'];
  for (const path of paths) {
    mkdirSync(join(versionsDirectory, dirname(path)), { recursive: true });
    writeFileSync(join(versionsDirectory, path), `# ${path}\n`);
    git(versionsDirectory, 'add', '--', path);
  }
  git(versionsDirectory, 'commit', '--quiet', '-m', 'Start tracking Anvil & Co Privacy Policy');
  const indexFile = join(directory, 'index.sqlite');
  await updateIndex({ versionsDirectory, indexFile, withText: false });
  const reader = openIndexReader(indexFile);
  onTestFinished(() => reader.close());
  let read = 0;
  const versionsOfCommit: typeof reader.versionsOfCommit = (...asked) => {
    const found = reader.versionsOfCommit(...asked);
    read += found.length;
    return found;
  };
  const index = { ...reader, versionsOfCommit };
  const collection = { id: 'forge', metadata: () => undefined, index: () => index };

  const versions = reader.versions({}, { limit: 10 });
  const [commit] = versions.map(({ id }) => id);
  const links = { template: undefined, api: 'https://watch.example/forge/api/v1' };
  const toFeedEntry = createFeedEntries();
  const entries = versions.map((version) => toFeedEntry(collection, version, links));
  const plain = `tag:opentermsarchive.org,2026:version:forge:git:${commit}`;
  expect(entries.map(({ serviceId, id }) => [serviceId, id]).toSorted()).toEqual([
    ['Anvil & Co', plain],
    ['Brass', `${plain}:Brass:Terms%20of%20Service`],
    ['Copper', `${plain}:Copper:Imprint`],
  ]);
  // Of the commit, and once: one of an imported history may hold thousands.
  expect(read).toBe(2);
  // The title is what the commit says, of older engines too.
  expect(new Set(entries.map(({ title }) => title))).toEqual(new Set(['Start tracking Anvil & Co Privacy Policy']));
});
