import type { ArchiveError } from './archive-error.ts';
import type { BatchReader } from './batch-reader.ts';
import type { GitLocation } from './git-location.ts';
import { write } from './git-process.ts';
import { type Entry, type ImportStream, openImportStream, writeEntry } from './import-stream.ts';
import { repack } from './repack.ts';

/** Who records; author and committer of every commit. */
export interface Author {
  readonly name: string;
  readonly email: string;
}

/**
 * Appends commits to one branch, one git for all of them. After an ArchiveError every call throws it again: what was
 * appended and not acknowledged is gone, and going on would leave holes. Open another writer to go on.
 */
export interface BatchWriter {
  /**
   * Adds a commit and answers with its ids once git has made it. It is on its way only: a kill loses it until
   * `checkpoint` has resolved. Calls may overlap; commits stand in the order of the calls.
   *
   * @throws ArchiveError when git ends.
   */
  append(entry: Entry): Promise<{ readonly id: string; readonly blob: string }>;
  /**
   * Resolves when every commit appended before is on disk and the branch stands at the last one.
   *
   * @throws ArchiveError when git ends, or when somebody else moved the branch: git then leaves the branch alone and
   * only warns.
   */
  checkpoint(): Promise<void>;
  /** Checkpoints and ends git. The writer can be used again, also by `append`; git then starts at the branch's tip. */
  close(): Promise<void>;
}

/**
 * Each checkpoint makes a pack (git's other way, single files, took twice as long: they are packed, unpacked and
 * compressed again). After this many packs they are joined, so that look-ups do not slow down with their number.
 */
const PACKS_TO_JOIN = 50;

/** Opens a writer on a branch (full name, `refs/heads/…`). Only one may be open on a repository. */
export function openBatchWriter(options: {
  readonly location: GitLocation;
  readonly branch: string;
  readonly author: Author;
  readonly reader: BatchReader;
}): BatchWriter {
  const { location, branch, reader } = options;
  const person = `${clean(options.author.name)} <${clean(options.author.email)}>`;
  let stream: ImportStream | undefined;
  let broken: ArchiveError | undefined;
  let packs = 0;
  let queue: Promise<unknown> = Promise.resolve();

  /** One after the other: the input is one stream, and its parts must not mix. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = queue.then(work);
    queue = result.catch(() => {});
    return result;
  }

  async function start(): Promise<ImportStream> {
    const parent = (await reader.object(branch))?.id;
    return openImportStream(location, parent, (error) => {
      broken ??= error;
    });
  }

  async function checkpoint(): Promise<void> {
    if (broken) throw broken;
    if (!stream?.tip || stream.tip === stream.checkpointed) return;
    const { tip } = stream;
    const answer = stream.answer();
    await write(stream.git, 'checkpoint\n\nprogress checkpoint\n');
    await answer;
    const found = (await reader.object(branch))?.id;
    if (found !== tip) {
      stream.git.child.kill();
      await stream.git.ended;
      // git tells the cause (another tip, a full disk, no permission) on stderr alone.
      broken = stream.git.failure(
        `Records were not added to ${branch} (it stands at ${found ?? 'nothing'} and should be at ${tip}; nothing acknowledged is lost; remove the cause, such as no space left, no permission, or that another program writes here, and run again)`,
      );
      throw broken;
    }
    stream.checkpointed = tip;
    if (++packs >= PACKS_TO_JOIN) await joinPacks();
  }

  async function joinPacks(): Promise<void> {
    packs = 0;
    await end();
    // The records are there either way; the next fifty checkpoints, or the end of the run, try again.
    await repack(location, { compareContents: false }).catch(() => {});
  }

  /** git forgets nothing that it acknowledged, and starts again at the branch's tip with the next record. */
  async function end(): Promise<void> {
    if (!stream) return;
    const { git } = stream;
    stream.isEnding = true;
    stream = undefined;
    git.child.stdin.end('done\n');
    await git.ended;
  }

  return {
    async append(entry) {
      const { answers } = await inTurn(async () => {
        if (broken) throw broken;
        stream ??= await start();
        const current = stream;
        const blobAnswer = current.answer();
        const commitAnswer = current.answer().then((id) => {
          current.tip = id;
          return id;
        });
        const both = Promise.all([blobAnswer, commitAnswer]);
        both.catch(() => {});
        await writeEntry(current, entry, { branch, person });
        return { answers: both };
      });
      const [blob, id] = await answers;
      return { id, blob };
    },
    checkpoint: () =>
      inTurn(async () => {
        await stream?.idle().catch(() => {});
        await checkpoint();
      }),
    close: () =>
      inTurn(async () => {
        if (!stream) return;
        await stream.idle().catch(() => {});
        await checkpoint().finally(end);
      }),
  };
}

/** git drops these from names as well; in a stream they would break the line. */
const clean = (text: string): string => text.replace(/[<>\n\0]/g, '').trim();
