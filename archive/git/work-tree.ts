import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveError } from './archive-error.ts';
import type { BatchReader } from './batch-reader.ts';
import type { GitLocation } from './git-location.ts';
import { runGit } from './git-process.ts';

/** The tree of no files, known to every git. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Kept in git's directory while the work tree is behind the branch: the commit that it still shows. */
const MARK = 'clausewatch-checked-out';

/** The files beside `.git`, where a repository has them. Records are written without them. */
export interface WorkTree {
  /** Call before the branch moves: notes what the work tree shows. Does nothing in a bare repository. */
  willFallBehind(): Promise<void>;
  /**
   * Brings files and git's index to the branch's tip, also after a run that was killed. Only files that records
   * changed are written. Where a person has edited one of those, nothing is touched.
   *
   * @throws ArchiveError that says what is in the way; the records are safe, and the next run tries again.
   */
  catchUp(): Promise<void>;
}

/** The work tree of a repository, which may have none. */
export function openWorkTree(location: GitLocation, reader: BatchReader, branch: string): WorkTree {
  const mark = join(location.gitDirectory, MARK);
  let isMarked = false;
  return {
    async willFallBehind() {
      if (location.workTree === undefined || isMarked) return;
      if (!(await shownCommit(mark))) {
        const tip = (await reader.object(branch))?.id ?? EMPTY_TREE;
        await writeFile(`${mark}.new`, `${tip}\n`, { flush: true });
        await rename(`${mark}.new`, mark);
      }
      isMarked = true;
    },
    async catchUp() {
      if (location.workTree === undefined) return;
      const shown = await shownCommit(mark);
      const tip = (await reader.object(branch))?.id;
      if (shown && tip) {
        try {
          // Ends with 1 where files were edited; read-tree decides whether they are in the way.
          await runGit(location, ['update-index', '-q', '--refresh']).catch(() => {});
          await runGit(location, ['read-tree', '-m', '-u', shown, tip]);
        } catch (error) {
          const { directory } = location;
          throw new ArchiveError(
            `The records in ${directory} are safe, but its files could not be brought up to date: ${(error as Error).message}. Commit, move or undo the changes there; the next run tries again.`,
            { directory, cause: error },
          );
        }
      }
      await rm(mark, { force: true });
      isMarked = false;
    },
  };
}

async function shownCommit(mark: string): Promise<string | undefined> {
  const text = await readFile(mark, 'utf8').catch(() => '');
  return /^[0-9a-f]{40}$/.exec(text.trim())?.[0];
}
