import type { GitLocation } from './git-location.ts';
import { runGit } from './git-process.ts';

/**
 * Joins small packs and single files into packs of growing size and leaves the large ones alone, so the work follows
 * what was added, not what is there. With `compareContents` documents are stored as differences to similar ones, which
 * takes most of the time and of the space saved. What kills left unreachable stays until somebody runs `git gc`.
 *
 * No git that writes may run in the repository meanwhile; readers find their way.
 *
 * @throws ArchiveError when git fails.
 */
export async function repack(
  location: GitLocation,
  { compareContents }: { readonly compareContents: boolean },
): Promise<void> {
  await runGit(location, [
    ...['-c', 'repack.writeBitmaps=false', 'repack', '-d', '-q', '--geometric=2'],
    ...(compareContents ? [] : ['--window=0']),
  ]);
}
