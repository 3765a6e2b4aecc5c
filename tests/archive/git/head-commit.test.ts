import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { headCommit } from '../../../archive/git/head-commit.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

test('the commit around a directory; none where there is no repository or no commit', async () => {
  const root = await temporaryDirectory();
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@test.invalid', ...args], {
      cwd: root,
      encoding: 'utf8',
    }).trim();
  const collection = join(root, 'collection');
  await mkdir(collection);
  expect(await headCommit(collection)).toBeUndefined();
  git('init', '--quiet');
  expect(await headCommit(collection)).toBeUndefined();
  git('commit', '--quiet', '--allow-empty', '--message', 'empty');
  expect(await headCommit(collection)).toBe(git('rev-parse', 'HEAD'));
  expect(await headCommit(join(root, 'absent'))).toBeUndefined();
});
