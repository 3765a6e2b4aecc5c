import type { SimpleGit } from 'simple-git';
import { ArchiveError } from './archive-error.ts';
import type { BatchReader } from './batch-reader.ts';
import type { GitLocation } from './git-location.ts';

/**
 * The branch that an archive's records are written to: the one that is checked out. A clone of a bundle stands at a
 * commit without a branch; it gets one where that is clear.
 *
 * @throws ArchiveError where a person has checked out something else than the end of a branch.
 */
export async function attachHead(options: {
  readonly location: GitLocation;
  readonly git: SimpleGit;
  readonly reader: BatchReader;
  readonly mayChange: boolean;
}): Promise<string> {
  const { git, reader, mayChange } = options;
  const { directory } = options.location;
  const checkedOut = (await git.raw('symbolic-ref', '--quiet', 'HEAD').catch(() => '')).trim();
  if (checkedOut.startsWith('refs/heads/')) return checkedOut;
  const head = (await reader.object('HEAD'))?.id;
  if (!head) {
    throw new ArchiveError(`HEAD of ${directory} names nothing; check out the archive's branch with git switch`, {
      directory,
    });
  }
  if (!mayChange) return 'HEAD';
  const branches = (await git.raw('for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads/'))
    .split('\n')
    .flatMap((line) => {
      const space = line.indexOf(' ');
      return space < 0 ? [] : [{ commit: line.slice(0, space), name: line.slice(space + 1) }];
    });
  const atHead = branches.filter(({ commit }) => commit === head).map(({ name }) => name);
  const [only] = atHead;
  const chosen = ['refs/heads/main', 'refs/heads/master'].find((name) => atHead.includes(name)) ?? only;
  if (chosen) {
    await git.raw('symbolic-ref', 'HEAD', chosen);
    return chosen;
  }
  if (branches.length > 0) {
    throw new ArchiveError(
      `${directory} has commit ${head} checked out, which is not the end of a branch; check out the branch that holds the archive, with git -C ${directory} switch BRANCH`,
      { directory },
    );
  }
  await git.raw('update-ref', 'refs/heads/main', head, '');
  await git.raw('symbolic-ref', 'HEAD', 'refs/heads/main');
  return 'refs/heads/main';
}
