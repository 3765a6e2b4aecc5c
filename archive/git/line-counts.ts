import { LOG_FOR_PROGRAMS, readGitFields } from './git-fields.ts';
import type { GitLocation } from './git-location.ts';

/** Lines that a commit added to a file and deleted from it. */
export interface LineCount {
  readonly path: string;
  readonly additions: number;
  readonly deletions: number;
}

/** By path; files that git takes for binary are left out. */
export interface LineCountsOfCommit {
  readonly id: string;
  readonly counts: readonly LineCount[];
}

/**
 * The lines that the commits of a history added and deleted, as `git log --numstat` counts them, oldest commit first.
 * git compares all contents for it: 8.6 s for 42,632 commits, against 1.3 s for their list.
 *
 * @param revisions as for `readHistory`.
 * @throws ArchiveError when git fails; the signal's reason when it is aborted.
 */
export async function* readLineCounts(
  location: GitLocation,
  revisions: readonly string[],
  options: { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<LineCountsOfCommit[], void, undefined> {
  const args = [...LOG_FOR_PROGRAMS, '--numstat', '--format=%x00%H', ...revisions, '--'];
  let commit: { readonly id: string; readonly counts: LineCount[] } | undefined;
  for await (const fields of readGitFields(location, args, { what: 'Could not count lines', ...options })) {
    const finished: LineCountsOfCommit[] = [];
    for (const field of fields) {
      const [, id] = /^\n?([0-9a-f]{40})$/.exec(field) ?? [];
      const [, additions, deletions, path] = id ? [] : (/^\n?(\d+)\t(\d+)\t(.+)$/s.exec(field) ?? []);
      if (id) {
        if (commit) finished.push(commit);
        commit = { id, counts: [] };
      } else if (path !== undefined) {
        commit?.counts.push({ path, additions: Number(additions), deletions: Number(deletions) });
      }
    }
    if (finished.length > 0) yield finished;
  }
  if (commit) yield [commit];
}
