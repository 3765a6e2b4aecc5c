import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveError } from './archive-error.ts';
import type { BatchReader } from './batch-reader.ts';
import type { GitLocation } from './git-location.ts';
import { runGit } from './git-process.ts';
import { takeBackHalfWritten } from './half-written-files.ts';

/** The tree of no files, known to every git. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/**
 * Kept in git's directory while the work tree is behind the branch: the commit that it still shows, and during an
 * update, in a second line, the commit that it is brought to.
 */
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
  /** Call when the branch will not move any more: forgets the note where the work tree is up to date. */
  close(): Promise<void>;
}

/** The work tree of a repository, which may have none. */
export function openWorkTree(location: GitLocation, reader: BatchReader, branch: string): WorkTree {
  const { directory, gitDirectory } = location;
  const mark = join(gitDirectory, MARK);
  let marking: Promise<void> | undefined;

  const tip = async (): Promise<string | undefined> => (await reader.object(branch))?.id;

  const notes = async (): Promise<string[]> =>
    (await readFile(mark, 'utf8').catch(() => '')).split('\n').filter((line) => /^[0-9a-f]{40}$/.test(line));

  async function note(...commits: string[]): Promise<void> {
    await writeFile(
      `${mark}.new`,
      commits.map((commit) => `${commit}\n`),
      { flush: true },
    );
    await rename(`${mark}.new`, mark);
  }

  async function noteWhatIsShown(): Promise<void> {
    const current = await tip();
    // A note of a killed run counts as long as nobody else, such as Open Terms Archive's engine, has tidied up since.
    const [noted, interrupted] = await notes();
    if (noted && current && (interrupted || !(await isIndexAt(current)))) return;
    await note(current ?? EMPTY_TREE);
  }

  const isIndexAt = (commit: string): Promise<boolean> =>
    runGit(location, ['diff-index', '--cached', '--quiet', commit, '--']).then(
      () => true,
      () => false,
    );

  return {
    async willFallBehind() {
      if (location.workTree === undefined) return;
      marking ??= noteWhatIsShown();
      await marking;
    },
    async catchUp() {
      if (location.workTree === undefined) return;
      const [from, interrupted] = await notes();
      const to = await tip();
      if (!from || !to || (from === to && !interrupted)) return;
      let isHalfDone = interrupted !== undefined;
      let shown = from;
      try {
        // git writes its index last: one that is at the commit of a killed update means that only our note was missing.
        const isFinished = interrupted !== undefined && (await isIndexAt(interrupted));
        if (isFinished) shown = interrupted;
        else if (interrupted) await takeBackHalfWritten(location, reader, { from, to: interrupted });
        isHalfDone = false;
        await note(shown, to);
        // Ends with 1 where files were edited; read-tree decides whether they are in the way.
        await runGit(location, ['update-index', '-q', '--refresh']).catch(() => {});
        await runGit(location, ['read-tree', '-m', '-u', shown, to]);
      } catch (cause) {
        // git looks before it writes anything, so a refusal leaves nothing half done.
        if (!isHalfDone) await note(shown);
        throw new ArchiveError(
          `The records in ${directory} are safe, but its files could not be brought up to date: ${(cause as Error).message}. Commit, move or undo the changes there; the next run tries again.`,
          { directory, cause },
        );
      }
      await note(to);
    },
    async close() {
      const [from, interrupted] = await notes();
      if (from && !interrupted && from === ((await tip()) ?? EMPTY_TREE)) await rm(mark, { force: true });
    },
  };
}
