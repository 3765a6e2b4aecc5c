import { describe, expect, test } from 'vitest';
import { createKnownLicence } from '../../../archive/collections/known-licence.ts';
import { ArchiveError } from '../../../archive/git/archive-error.ts';
import { IndexUnavailableError } from '../../../archive/index/index-error.ts';

/** A repository's root, and how often it was looked at. */
function rootOf(files: Map<string, string>) {
  const root = {
    looks: 0,
    isThere: true,
    async object(name: string) {
      if (!root.isThere) throw new ArchiveError('There is no repository yet', { directory: 'versions' });
      if (name === 'HEAD:LICENSE') root.looks++;
      const text = files.get(name);
      return text === undefined ? undefined : ({ id: 'a', type: 'blob', content: Buffer.from(text) } as const);
    },
  };
  return root;
}

describe('the licence of a collection', () => {
  test('is read once for each state of the repository', async () => {
    const files = new Map<string, string>();
    const root = rootOf(files);
    let tip = 'first';
    const licence = createKnownLicence(root, undefined, () => tip);
    expect([await licence(), await licence()]).toEqual(['NOASSERTION', 'NOASSERTION']);
    files.set('HEAD:LICENSE', 'Open Database License (ODbL)');
    expect(await licence()).toBe('NOASSERTION');
    tip = 'second';
    expect([await licence(), await licence()]).toEqual(['ODbL-1.0', 'ODbL-1.0']);
    expect(root.looks).toBe(2);
  });

  test('is the one that its keeper set', async () => {
    const files = new Map([['HEAD:LICENSE', 'Open Database License (ODbL)']]);
    expect(await createKnownLicence(rootOf(files), 'CC0-1.0', () => 'tip')()).toBe('CC0-1.0');
  });

  test('is looked for again where there was no repository, and found without an index', async () => {
    const root = rootOf(new Map([['HEAD:LICENSE.md', 'CC0 1.0 Universal']]));
    root.isThere = false;
    const licence = createKnownLicence(root, undefined, () => {
      throw new IndexUnavailableError('There is no index yet');
    });
    expect(await licence()).toBe('NOASSERTION');
    root.isThere = true;
    expect(await licence()).toBe('CC0-1.0');
  });
});
