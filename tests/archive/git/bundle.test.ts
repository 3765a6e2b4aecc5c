import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createBundle, restoreBundle } from '../../../archive/git/bundle.ts';
import { git, makeRepository } from '../../helpers/repository.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const FILES = { 'Brass & Co/Terms of Service.md': 'One\n', 'Café/Política de privacidad.md': 'Dos\n' };
const logOf = (directory: string): string => git(directory, 'log', '--format=%H %ad %s', '--all');

test('a bundle gives back every commit, branch, tag and file', async () => {
  const directory = await temporaryDirectory();
  const original = makeRepository(join(directory, 'original'), FILES);
  git(original, 'branch', 'other', 'HEAD~1');
  git(original, 'tag', 'v1');
  const file = join(directory, 'one.bundle');
  expect(await createBundle(original, file)).toBe(true);
  const restored = join(directory, 'restored');
  await restoreBundle(file, restored);
  expect(logOf(restored)).toBe(logOf(original));
  expect(git(restored, 'show-ref')).toBe(git(original, 'show-ref'));
  expect(git(restored, 'symbolic-ref', 'HEAD').trim()).toBe('refs/heads/main');
  expect(git(restored, 'status', '--porcelain')).toBe('');
  expect(readFileSync(join(restored, 'Café/Política de privacidad.md'), 'utf8')).toBe('Dos\n');
  expect(git(restored, 'fsck')).toBe('');
});

test('the branch that was checked out is checked out again, also from a bare repository', async () => {
  const directory = await temporaryDirectory();
  const original = makeRepository(join(directory, 'original'), FILES);
  git(original, 'branch', '-m', 'records');
  git(directory, 'clone', '--quiet', '--bare', 'original', 'bare.git');
  await createBundle(join(directory, 'bare.git'), join(directory, 'one.bundle'));
  await restoreBundle(join(directory, 'one.bundle'), join(directory, 'restored'));
  expect(git(join(directory, 'restored'), 'symbolic-ref', 'HEAD').trim()).toBe('refs/heads/records');
});

test('commits that HEAD alone names are kept: a clone of a bundle has no branch', async () => {
  const directory = await temporaryDirectory();
  const original = makeRepository(join(directory, 'original'), FILES);
  git(original, 'checkout', '--quiet', '--detach');
  git(original, 'branch', '--delete', '--force', 'main');
  const file = join(directory, 'one.bundle');
  expect(await createBundle(original, file)).toBe(true);
  const restored = join(directory, 'restored');
  await restoreBundle(file, restored);
  expect(git(restored, 'show-ref', '--head')).toBe(git(original, 'show-ref', '--head'));
  expect(git(restored, 'status', '--porcelain')).toBe('');
  expect(readFileSync(join(restored, 'Brass & Co/Terms of Service.md'), 'utf8')).toBe('One\n');
});

test('a commit checked out behind a branch stays checked out', async () => {
  const directory = await temporaryDirectory();
  const original = makeRepository(join(directory, 'original'), FILES);
  git(original, 'checkout', '--quiet', '--detach', 'HEAD~1');
  await createBundle(original, join(directory, 'one.bundle'));
  await restoreBundle(join(directory, 'one.bundle'), join(directory, 'restored'));
  expect(git(join(directory, 'restored'), 'show-ref', '--head')).toBe(git(original, 'show-ref', '--head'));
});

test('a repository without commits makes no bundle, and is made anew without one', async () => {
  const directory = await temporaryDirectory();
  const file = join(directory, 'one.bundle');
  expect(await createBundle(makeRepository(join(directory, 'original'), {}), file)).toBe(false);
  expect(existsSync(file)).toBe(false);
  await restoreBundle(undefined, join(directory, 'restored'));
  expect(git(join(directory, 'restored'), 'status', '--porcelain', '--branch')).toContain('No commits yet');
});

test('a damaged bundle is refused', async () => {
  const directory = await temporaryDirectory();
  const file = join(directory, 'one.bundle');
  await createBundle(makeRepository(join(directory, 'original'), FILES), file);
  const bytes = readFileSync(file);
  bytes.fill(0, bytes.length - 60, bytes.length - 30);
  writeFileSync(file, bytes);
  await expect(restoreBundle(file, join(directory, 'restored'))).rejects.toThrow(/git fetch failed/);
});
