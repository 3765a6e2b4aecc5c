import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { modifiedFiles } from '../../../archive/git/modified-files.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

test('what differs from the last commit, and what is not in it yet, below the folder alone', async () => {
  const root = await temporaryDirectory();
  const collection = join(root, 'collection');
  await mkdir(join(collection, 'declarations'), { recursive: true });
  const write = (name: string, text: string): Promise<void> => writeFile(join(root, name), text);
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@test.invalid', ...args], { cwd: root });
  };
  await expect(modifiedFiles(collection)).rejects.toThrow('--modified needs a collection kept in a git repository');

  git('init', '--quiet');
  await write('.gitignore', 'ignored.json\n');
  for (const name of ['kept', 'changed', 'staged', 'Zoë “Z”', 'deleted']) {
    await write(`collection/declarations/${name}.json`, '{}');
  }
  expect(await modifiedFiles(collection)).toHaveLength(5);
  git('add', '.');
  git('commit', '--quiet', '--message', 'all');
  expect(await modifiedFiles(collection)).toEqual([]);

  for (const name of ['changed', 'staged', 'Zoë “Z”']) await write(`collection/declarations/${name}.json`, '{"a": 1}');
  git('add', 'collection/declarations/staged.json');
  await rm(join(collection, 'declarations/deleted.json'));
  await write('collection/declarations/new.json', '{}');
  await write('collection/declarations/ignored.json', '{}');
  await write('outside.json', '{}');
  expect(await modifiedFiles(collection)).toEqual([
    'declarations/Zoë “Z”.json',
    'declarations/changed.json',
    'declarations/deleted.json',
    'declarations/new.json',
    'declarations/staged.json',
  ]);
});
