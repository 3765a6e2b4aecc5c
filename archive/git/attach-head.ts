import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveError } from './archive-error.ts';
import type { BatchReader } from './batch-reader.ts';
import type { GitLocation } from './git-location.ts';
import { runGit } from './git-process.ts';

/**
 * The branch that an archive's records are written to: the one that is checked out. A clone of a bundle stands at a
 * commit without a branch; it gets one where that is clear. With `mayChange` false the answer is then `HEAD`.
 *
 * @throws ArchiveError where a person has checked out something else than the end of a branch, or where the branch
 * is damaged.
 */
export async function attachHead(
  location: GitLocation,
  reader: BatchReader,
  { mayChange }: { readonly mayChange: boolean },
): Promise<string> {
  const { directory } = location;
  const git = async (...args: string[]): Promise<string> => (await runGit(location, args)).toString('utf8').trim();
  const checkedOut = await git('symbolic-ref', '--quiet', 'HEAD').catch(() => '');
  if (checkedOut.startsWith('refs/heads/')) {
    await checkBranch(location, reader, checkedOut);
    return checkedOut;
  }
  const head = (await reader.object('HEAD'))?.id;
  if (!head) {
    throw new ArchiveError(
      `HEAD of ${directory} names nothing that can be read; see git -C ${directory} fsck, then check out the branch that holds the archive or restore the repository from a backup`,
      { directory },
    );
  }
  if (!mayChange) return 'HEAD';
  const branches = (await git('for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads/'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ commit: line.slice(0, line.indexOf(' ')), name: line.slice(line.indexOf(' ') + 1) }));
  const atHead = branches.filter(({ commit }) => commit === head).map(({ name }) => name);
  let chosen = ['refs/heads/main', 'refs/heads/master'].find((name) => atHead.includes(name)) ?? atHead[0];
  if (!chosen) {
    if (branches.length > 0) {
      throw new ArchiveError(
        `${directory} has commit ${head} checked out, which is not the end of a branch; check out the branch that holds the archive, with git -C ${directory} switch BRANCH`,
        { directory },
      );
    }
    chosen = 'refs/heads/main';
    await git('update-ref', chosen, head, '');
  }
  await git('symbolic-ref', 'HEAD', chosen);
  return chosen;
}

/** An empty repository has no branch yet; one whose branch is there and cannot be read must not be started anew. */
async function checkBranch(location: GitLocation, reader: BatchReader, branch: string): Promise<void> {
  if ((await reader.object(branch))?.type === 'commit') return;
  const { directory, gitDirectory } = location;
  const isNamed = await Promise.any([
    access(join(gitDirectory, branch)),
    runGit(location, ['rev-parse', '--verify', '--quiet', branch]),
  ]).then(
    () => true,
    () => false,
  );
  if (!isNamed) return;
  throw new ArchiveError(
    `${branch} of ${directory} names no commit that can be read; see git -C ${directory} fsck, and restore the repository from a backup or clone it again`,
    { directory },
  );
}
