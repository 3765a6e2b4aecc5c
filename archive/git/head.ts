import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ArchiveError } from './archive-error.ts';
import type { GitLocation } from './git-location.ts';
import { runGit, startGit } from './git-process.ts';

/**
 * The commit that an archive stands at: the end of the branch that is checked out (for a bare repository: that its
 * `HEAD` names). undefined where that branch has no commit yet. One git, one look: cheap enough for every second.
 *
 * @throws ArchiveError for a repository that is damaged or names its objects by SHA-256.
 */
export async function readHead(location: GitLocation): Promise<string | undefined> {
  const git = startGit(location, ['rev-parse', '--show-object-format', '--verify', '--quiet', 'HEAD^{commit}']);
  const chunks: Buffer[] = [];
  git.child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  git.child.stdin.end();
  const code = await git.ended;
  const [format = '', head] = Buffer.concat(chunks).toString('utf8').trim().split('\n');
  const { directory } = location;
  if (format === 'sha1') return code === 0 && head ? head : absentHead(location);
  if (format === '') throw git.failure('Could not read the repository');
  throw new ArchiveError(
    `${directory} names its objects by ${format}; archives use SHA-1, as Open Terms Archive does: name another directory`,
    { directory },
  );
}

/** A branch without commits is named by HEAD and by nothing else; one that is there and cannot be read is a fault. */
async function absentHead(location: GitLocation): Promise<undefined> {
  const { directory } = location;
  const ask = async (...args: string[]): Promise<string> => (await runGit(location, args)).toString('utf8').trim();
  const branch = await ask('symbolic-ref', '--quiet', 'HEAD').catch(() => '');
  const isNamed =
    branch === '' || (await ask('for-each-ref', '--format=%(refname)', branch).catch(() => branch)) !== '';
  if (!isNamed) return undefined;
  throw new ArchiveError(
    `${branch || 'HEAD'} of ${directory} names no commit that can be read; see git -C ${directory} fsck, and restore the repository from a backup or clone it again`,
    { directory },
  );
}

/** The commits at which a shallow clone ends, sorted; none for a whole one. Their parents are not here. */
export async function readBoundary({ gitDirectory }: GitLocation): Promise<readonly string[]> {
  // A linked work tree shares what its repository keeps.
  const shared = await readFile(join(gitDirectory, 'commondir'), 'utf8').catch(() => '.');
  const text = await readFile(resolve(gitDirectory, shared.trim(), 'shallow'), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}
