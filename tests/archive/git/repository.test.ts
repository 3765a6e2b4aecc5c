import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ArchiveError } from '../../../archive/git/archive-error.ts';
import type { GitRepository } from '../../../archive/git/repository.ts';
import { openRepository } from '../../../archive/git/repository.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';
import { author, git, repositoryIn } from './helpers.ts';

const isRoot = process.getuid?.() === 0;

async function record(repository: GitRepository, text: string): Promise<string> {
  await repository.workTree.willFallBehind();
  const { id } = await repository.writer.append({
    path: 'Meadow/Imprint.md',
    content: Buffer.from(text),
    message: 'Record new changes of Meadow Imprint\n',
    date: new Date(1_780_000_000_000),
  });
  await repository.writer.checkpoint();
  return id;
}

async function refusal(directory: string, options: { create?: boolean; write?: boolean } = {}): Promise<string> {
  const error = await openRepository(directory, { ...options, author }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ArchiveError);
  expect((error as ArchiveError).directory).toBe(directory);
  expect((error as ArchiveError).message).toContain(directory);
  return (error as ArchiveError).message;
}

describe('opening', () => {
  test('what is no repository, or not ours to use, is refused with the next step', async () => {
    const directory = await temporaryDirectory();
    expect(await refusal(join(directory, 'absent'))).toContain('is not a git repository; name');
    await writeFile(join(directory, 'a file'), '');
    expect(await refusal(directory, { create: true })).toContain('neither empty nor a git repository');
    expect(await refusal(join(directory, 'a file'), { create: true })).toContain('Could not make an archive');
    // Never the repository around it.
    git(directory, 'init', '-q');
    await mkdir(join(directory, 'inner'));
    expect(await refusal(join(directory, 'inner'))).toContain('is not a git repository');

    const sha256 = join(directory, 'sha256');
    git(directory, 'init', '-q', '--object-format=sha256', sha256);
    expect(await refusal(sha256)).toContain('sha256; archives use SHA-1');
  });

  test('a damaged repository is refused, not started anew', async () => {
    const directory = await temporaryDirectory();
    const repository = await repositoryIn(directory);
    await record(repository, 'text');
    await repository.close();
    const branch = join(directory, '.git/refs/heads/main');
    await writeFile(branch, '');
    expect(await refusal(directory)).toContain('fsck');
    await writeFile(branch, `${'1'.repeat(40)}\n`);
    expect(await refusal(directory)).toContain('names no commit that can be read');
    await writeFile(join(directory, '.git/HEAD'), 'nonsense');
    expect(await refusal(directory)).toContain('not a sound git repository');
  });

  test.skipIf(isRoot)('no permission to write is said before anything is fetched (skipped as root)', async () => {
    const directory = await temporaryDirectory();
    await (await repositoryIn(directory)).close();
    await chmod(join(directory, '.git'), 0o500);
    expect(await refusal(directory)).toContain('No permission to write');
    await chmod(join(directory, '.git'), 0o700);
  });

  test.each([['main'], ['master'], ['archive/2026']])(
    'records go to the branch that is checked out: %s',
    async (name) => {
      const directory = await temporaryDirectory();
      git(directory, 'init', '-q', '-b', name);
      const repository = await repositoryIn(directory);
      const id = await record(repository, 'text');
      expect(repository.branch).toBe(`refs/heads/${name}`);
      expect(git(directory, 'rev-parse', name).trim()).toBe(id);
    },
  );

  test('a bare repository has no files to bring along', async () => {
    const directory = await temporaryDirectory();
    git(directory, 'init', '-q', '--bare', '-b', 'main');
    const repository = await repositoryIn(directory);
    const id = await record(repository, 'text');
    await repository.workTree.catchUp();
    await repository.close();
    expect(git(directory, 'rev-parse', 'main').trim()).toBe(id);
    expect(existsSync(join(directory, 'Meadow'))).toBe(false);
  });

  test('a commit without a branch: its end is taken, an older one refused', async () => {
    const directory = await temporaryDirectory();
    const repository = await repositoryIn(directory);
    await record(repository, 'one');
    await record(repository, 'two');
    await repository.workTree.catchUp();
    await repository.close();
    git(directory, 'checkout', '-q', '--detach', 'main');
    const readOnly = await openRepository(directory, { author, write: false });
    expect(readOnly.branch).toBe('HEAD');
    await readOnly.close();
    expect((await repositoryIn(directory)).branch).toBe('refs/heads/main');
    git(directory, 'checkout', '-q', '--detach', 'HEAD~1');
    expect(await refusal(directory)).toContain('switch BRANCH');
  });

  test('what a killed process left is cleared away', async () => {
    const directory = await temporaryDirectory();
    const repository = await repositoryIn(directory);
    await record(repository, 'one');
    await repository.close();
    const left = ['index.lock', 'HEAD.lock', 'refs/heads/main.lock', 'packed-refs.lock', 'fast_import_crash_123'];
    for (const name of [...left, 'objects/pack/tmp_pack_Ab12Cd']) await writeFile(join(directory, '.git', name), '');
    const again = await repositoryIn(directory);
    const id = await record(again, 'two');
    await again.workTree.catchUp();
    await again.close();
    expect(git(directory, 'rev-parse', 'HEAD').trim()).toBe(id);
    expect(git(directory, 'status', '--porcelain')).toBe('');
    expect(
      (await readdir(join(directory, '.git'), { recursive: true })).filter((name) => /lock|tmp_|crash/.test(name)),
    ).toEqual([]);
  });
});

describe('the files beside git', () => {
  test("are brought up to date; a person's edits elsewhere stay", async () => {
    const directory = await temporaryDirectory();
    const repository = await repositoryIn(directory);
    await record(repository, 'one');
    await writeFile(join(directory, 'notes.txt'), 'mine');
    await repository.workTree.catchUp();
    expect(git(directory, 'status', '--porcelain')).toBe('?? notes.txt\n');
    expect(git(directory, 'show', ':Meadow/Imprint.md')).toBe('one');
  });

  test("a person's edit of a recorded file is never overwritten; the next time brings it along", async () => {
    const directory = await temporaryDirectory();
    const first = await repositoryIn(directory);
    await record(first, 'one');
    await first.workTree.catchUp();
    await writeFile(join(directory, 'Meadow/Imprint.md'), 'my own words');
    const id = await record(first, 'two');
    const failure = await first.workTree.catchUp().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ArchiveError);
    expect(String(failure)).toContain('Meadow/Imprint.md');
    await first.close();
    expect(git(directory, 'hash-object', 'Meadow/Imprint.md')).not.toBe(
      git(directory, 'rev-parse', 'HEAD:Meadow/Imprint.md'),
    );
    expect(git(directory, 'rev-parse', 'HEAD').trim()).toBe(id);

    await writeFile(join(directory, 'Meadow/Imprint.md'), 'one');
    const again = await repositoryIn(directory);
    await again.workTree.catchUp();
    expect(git(directory, 'status', '--porcelain')).toBe('');
  });

  test('an update of the files that was killed half-way is finished; edits made since stay', async () => {
    const directory = await temporaryDirectory();
    const killed = await repositoryIn(directory);
    const one = await record(killed, 'one');
    await killed.workTree.catchUp();
    const two = await record(killed, 'two and more');
    await killed.close();
    // As git leaves it: the note of what it was about, its lock, a file begun, one already gone.
    await writeFile(join(directory, '.git/clausewatch-checked-out'), `${one}\n${two}\n`);
    await writeFile(join(directory, '.git/index.lock'), '');
    await writeFile(join(directory, 'Meadow/Imprint.md'), 'two an');
    const again = await repositoryIn(directory);
    await again.workTree.catchUp();
    expect(git(directory, 'status', '--porcelain')).toBe('');
    expect(await readFile(join(directory, 'Meadow/Imprint.md'), 'utf8')).toBe('two and more');

    const three = await record(again, 'three');
    await writeFile(join(directory, '.git/clausewatch-checked-out'), `${two}\n${three}\n`);
    await writeFile(join(directory, 'Meadow/Imprint.md'), 'my own words');
    await expect(again.workTree.catchUp()).rejects.toThrow(ArchiveError);
    expect(await readFile(join(directory, 'Meadow/Imprint.md'), 'utf8')).toBe('my own words');
  });

  test('an update of the files that was finished, and killed before that was noted, is gone on from', async () => {
    const directory = await temporaryDirectory();
    const killed = await repositoryIn(directory);
    const one = await record(killed, 'one');
    await killed.workTree.catchUp();
    const two = await record(killed, 'two and more');
    await killed.workTree.catchUp();
    await killed.close();
    await writeFile(join(directory, '.git/clausewatch-checked-out'), `${one}\n${two}\n`);
    const next = await repositoryIn(directory);
    await record(next, 'three');
    await next.workTree.catchUp();
    await next.close();
    expect(git(directory, 'status', '--porcelain')).toBe('');
  });

  test('somebody else tidied up after a killed run: nothing is taken for an edit', async () => {
    const directory = await temporaryDirectory();
    const killed = await repositoryIn(directory);
    await record(killed, 'one');
    // As Open Terms Archive's engine does when it starts.
    git(directory, 'reset', '-q', '--hard');
    await writeFile(join(directory, 'Meadow/Imprint.md'), 'by hand');
    git(directory, 'commit', '-qam', 'By hand');
    const again = await repositoryIn(directory);
    await record(again, 'three');
    await again.workTree.catchUp();
    expect(git(directory, 'status', '--porcelain')).toBe('');
    expect(git(directory, 'show', ':Meadow/Imprint.md')).toBe('three');
  });
});

describe('remotes', () => {
  test('a push takes the branch along and runs no hooks; a failed one is told, not thrown', async () => {
    const directory = await temporaryDirectory();
    const repository = await repositoryIn(join(directory, 'archive'));
    const id = await record(repository, 'one');
    expect(await repository.push()).toMatchObject({ ok: false, message: expect.stringContaining('remote add origin') });

    git(directory, 'init', '-q', '--bare', join(directory, 'remote'));
    await repository.setRemote('origin', join(directory, 'remote'));
    const hook = join(directory, 'archive/.git/hooks/pre-push');
    await mkdir(join(hook, '..'), { recursive: true });
    await writeFile(hook, `#!/bin/sh\ntouch ${directory}/hook-ran\n`, { mode: 0o755 });
    expect(await repository.push()).toEqual({ ok: true, message: `Pushed ${directory}/archive to origin` });
    expect(git(join(directory, 'remote'), 'rev-parse', 'main').trim()).toBe(id);
    expect(existsSync(join(directory, 'hook-ran'))).toBe(false);

    await repository.setRemote('origin', join(directory, 'gone'));
    expect([...(await repository.remotes())]).toEqual([['origin', join(directory, 'gone')]]);
    const failed = await repository.push();
    expect(failed.ok).toBe(false);
    expect(failed.message).toContain('The records are kept here');
  });

  test('locations that run commands are refused', async () => {
    const directory = await temporaryDirectory();
    const repository = await repositoryIn(join(directory, 'archive'));
    const evil = `ext::sh -c touch% ${directory}/evil`;
    await expect(repository.setRemote('origin', evil)).rejects.toThrow(ArchiveError);
    git(join(directory, 'archive'), 'remote', 'add', 'origin', evil);
    await record(repository, 'one');
    expect((await repository.push()).ok).toBe(false);
    expect(existsSync(join(directory, 'evil'))).toBe(false);
  });
});
