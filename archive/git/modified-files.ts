import { simpleGit } from 'simple-git';
import { ArchiveError } from './archive-error.ts';
import { gitEnvironment } from './git-process.ts';

/**
 * The files below a directory that differ from the last commit of the repository around it, and those that are not in
 * it yet; ignored files are left out. Deleted files are named too.
 *
 * @returns paths relative to the directory, with `/` between the parts, sorted.
 * @throws ArchiveError where the directory is in no git repository.
 */
export async function modifiedFiles(directory: string): Promise<string[]> {
  const allowEnvironment = ['GIT_TERMINAL_PROMPT', 'GIT_OPTIONAL_LOCKS'];
  const git = simpleGit({ baseDir: directory, trimmed: false, allowEnvironment }).env(gitEnvironment());
  try {
    const hasCommit = await git.raw('rev-parse', '--verify', '--quiet', 'HEAD').then(
      (id) => id.trim() !== '',
      () => false,
    );
    const outputs = [
      await git.raw('ls-files', '-z', '--others', '--exclude-standard', ...(hasCommit ? [] : ['--cached'])),
      hasCommit ? await git.raw('diff', '-z', '--name-only', '--no-renames', '--relative', 'HEAD', '--', '.') : '',
    ];
    return [...new Set(outputs.join('').split('\0').filter(Boolean))].sort();
  } catch (cause) {
    throw new ArchiveError(
      `git cannot tell what was modified in ${directory}; --modified needs a collection kept in a git repository`,
      { directory, cause },
    );
  }
}
