import type { GitLocation } from './git-location.ts';
import { startGit } from './git-process.ts';

/**
 * Runs git once and gives what it prints, cut at NUL, in batches as it comes. git waits while its output is not taken.
 *
 * @param what for the message where git fails, such as "Could not read the history".
 * @throws ArchiveError when git fails; the signal's reason when it is aborted. git is ended then, and when the caller
 *   stops taking.
 */
export async function* readGitFields(
  location: GitLocation,
  args: readonly string[],
  options: { readonly what: string; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<string[], void, undefined> {
  const { what, signal } = options;
  signal?.throwIfAborted();
  const git = startGit(location, args);
  git.child.stdin.end();
  const stop = (): void => {
    git.child.kill();
  };
  signal?.addEventListener('abort', stop, { once: true });
  let hasEnded = false;
  try {
    // Of a field that is not complete. Joined once: a message may be as long as whoever wrote it liked.
    let parts: string[] = [];
    for await (const chunk of git.child.stdout.setEncoding('utf8')) {
      signal?.throwIfAborted();
      parts.push(String(chunk));
      if (!String(chunk).includes('\0')) continue;
      const fields = parts.join('').split('\0');
      parts = [fields.pop() ?? ''];
      yield fields;
    }
    const rest = parts.join('');
    hasEnded = true;
    const code = await git.ended;
    signal?.throwIfAborted();
    if (code !== 0) throw git.failure(what);
    if (rest !== '') yield [rest];
  } finally {
    signal?.removeEventListener('abort', stop);
    if (!hasEnded) {
      stop();
      await git.ended;
    }
  }
}

/** `git log` for a program: oldest first, whatever a repository's own configuration says of how it is shown. */
export const LOG_FOR_PROGRAMS: readonly string[] = [
  ...['-c', 'log.showRoot=true', '-c', 'i18n.logOutputEncoding=UTF-8', '-c', 'diff.orderFile=/dev/null'],
  ...['log', '--reverse', '--topo-order', '-z', '--no-renames', '--diff-merges=off', '--no-color', '--no-notes'],
  ...['--no-show-signature', '--no-ext-diff', '--no-textconv', '--ignore-submodules=none'],
];
