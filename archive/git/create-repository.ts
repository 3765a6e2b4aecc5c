import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveError } from './archive-error.ts';
import { gitCommand } from './git-command.ts';
import type { GitLocation } from './git-location.ts';

/**
 * Makes an empty repository with files beside it, as Open Terms Archive does, so that people can look at the records
 * without git. The directory must be absent or empty.
 *
 * @throws ArchiveError that names the directory and the next step.
 */
export async function createRepository(directory: string): Promise<GitLocation> {
  const location = { directory, gitDirectory: join(directory, '.git'), workTree: directory };
  try {
    await mkdir(directory, { recursive: true });
    if ((await readdir(directory)).length === 0) {
      const git = gitCommand(location);
      await git.init(['--quiet', '--initial-branch=main']);
      // Its engine sets the same, and would find them as it expects.
      await git.addConfig('core.autocrlf', 'false');
      await git.addConfig('core.quotePath', 'false');
      await git.addConfig('push.default', 'current');
      return location;
    }
  } catch (cause) {
    throw new ArchiveError(
      `Could not make an archive in ${directory}: ${(cause as Error).message.trim()}. Name a directory that you may write to.`,
      { directory, cause },
    );
  }
  throw new ArchiveError(
    `${directory} is neither empty nor a git repository; name another directory for the archive, or empty this one`,
    { directory },
  );
}
