import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tipSignature } from '../../../archive/git/tip-signature.ts';
import { git, makeRepository } from '../../helpers/repository.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const commit = (directory: string, message: string): string =>
  git(directory, 'commit', '--quiet', '--allow-empty', '-m', message);

test('differs with every way in which a branch moves, and stays while it does not', async () => {
  const root = await temporaryDirectory();
  const directory = join(root, 'versions');
  const seen = new Map<string, string>();
  const moved = async (how: string): Promise<void> => {
    const signature = await tipSignature(directory);
    expect(seen.get(signature), how).toBeUndefined();
    seen.set(signature, how);
    expect(await tipSignature(directory), `${how}, and again`).toBe(signature);
  };

  await moved('no repository');
  makeRepository(directory, {});
  await moved('a repository without commits');
  commit(directory, 'one');
  await moved('a first commit');
  commit(directory, 'two');
  await moved('a commit');
  git(directory, 'pack-refs', '--all');
  await moved('packed references');
  git(directory, 'update-ref', 'refs/heads/main', 'HEAD~1');
  await moved('a forced move');
  git(directory, 'pack-refs', '--all');
  commit(directory, 'three');
  await moved('a commit on a packed branch');
  git(directory, 'switch', '--quiet', '--detach');
  await moved('a checked-out commit');

  const other = makeRepository(join(root, 'other'), { 'Larkmail/Terms of Service.md': 'Other terms' });
  await rm(directory, { recursive: true });
  expect(seen.get(await tipSignature(directory))).toBe('no repository');
  await rename(other, directory);
  await moved('another repository in its place');
});

test('a fetch into a bare repository is seen', async () => {
  const root = await temporaryDirectory();
  const source = makeRepository(join(root, 'source'), { 'Larkmail/Terms of Service.md': 'One' });
  const mirror = join(root, 'mirror.git');
  git(root, 'clone', '--quiet', '--mirror', source, mirror);
  const before = await tipSignature(mirror);
  commit(source, 'more');
  expect(await tipSignature(mirror)).toBe(before);
  git(mirror, 'fetch', '--quiet');
  expect(await tipSignature(mirror)).not.toBe(before);
});

test('what commits of other branches add is no move', async () => {
  const directory = makeRepository(join(await temporaryDirectory(), 'versions'), {
    'Larkmail/Terms of Service.md': 'One',
  });
  const before = await tipSignature(directory);
  git(directory, 'branch', 'other');
  expect(await tipSignature(directory)).toBe(before);
});
