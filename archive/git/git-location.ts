import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Where a repository's parts are. Always given to git in full, so that it never looks in the folders above. */
export interface GitLocation {
  /** The directory that the person named; used in messages. */
  readonly directory: string;
  readonly gitDirectory: string;
  /** undefined in a bare repository. */
  readonly workTree: string | undefined;
}

/** Finds the repository at a directory itself, never in one above it; undefined where there is none. */
export async function locateRepository(directory: string): Promise<GitLocation | undefined> {
  const dotGit = join(directory, '.git');
  const kind = await stat(dotGit).catch(() => undefined);
  if (kind?.isDirectory()) return { directory, gitDirectory: dotGit, workTree: directory };
  if (kind?.isFile()) {
    // `git worktree` and submodules keep a file that names the place.
    const target = /^gitdir: (.+)$/m.exec(await readFile(dotGit, 'utf8'))?.[1];
    if (target) return { directory, gitDirectory: resolve(directory, target), workTree: directory };
  }
  const isBare = await Promise.all([stat(join(directory, 'HEAD')), stat(join(directory, 'objects'))]).then(
    () => true,
    () => false,
  );
  return isBare ? { directory, gitDirectory: directory, workTree: undefined } : undefined;
}
