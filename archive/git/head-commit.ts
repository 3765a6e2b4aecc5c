import { simpleGit } from 'simple-git';
import { gitEnvironment } from './git-process.ts';

/**
 * The commit that is checked out in the repository around a directory.
 *
 * @returns undefined where there is no repository, no commit yet, or no git that may look at it.
 */
export async function headCommit(directory: string): Promise<string | undefined> {
  try {
    const git = simpleGit({ baseDir: directory, allowEnvironment: ['GIT_TERMINAL_PROMPT', 'GIT_OPTIONAL_LOCKS'] });
    const answer = await git.env(gitEnvironment()).raw('rev-parse', '--verify', '--quiet', 'HEAD^{commit}');
    return /^[0-9a-f]{40,64}$/.exec(answer.trim())?.[0];
  } catch {
    return undefined;
  }
}
