import { createInterface } from 'node:readline';
import { ArchiveError } from './archive-error.ts';
import type { BatchReader } from './batch-reader.ts';
import type { GitLocation } from './git-location.ts';
import { type GitProcess, startGit, write } from './git-process.ts';
import { repack } from './repack.ts';

/** Who records; author and committer of every commit. */
export interface Author {
  readonly name: string;
  readonly email: string;
}

/** One commit that sets one file. */
export interface Entry {
  /** Slash-separated, any UTF-8 but line feeds and NUL. */
  readonly path: string;
  readonly content: Uint8Array;
  /** The whole message, with its final line feed. */
  readonly message: string;
  /** Author and committer date; git keeps whole seconds. */
  readonly date: Date;
  readonly removePaths?: readonly string[];
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

const SETTINGS: readonly string[] = [
  'fastimport.unpackLimit=0',
  // Fastest: 1.4 times the records a second for 6 % more bytes.
  'pack.compression=1',
];

/** Opens a writer on a branch (full name, `refs/heads/…`). Only one may be open on a repository. */
export function openBatchWriter(options: {
  readonly location: GitLocation;
  readonly branch: string;
  readonly author: Author;
  readonly reader: BatchReader;
}): BatchWriter {
  const { location, branch, reader } = options;
  const person = `${clean(options.author.name)} <${clean(options.author.email)}>`;
  let stream: Stream | undefined;
  let broken: ArchiveError | undefined;
  let packs = 0;
  let queue: Promise<unknown> = Promise.resolve();

  /** One after the other: the input is one stream, and its parts must not mix. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = queue.then(work);
    queue = result.catch(() => {});
    return result;
  }

  async function start(): Promise<Stream> {
    const parent = (await reader.object(branch))?.id;
    return openStream(location, parent, (error) => {
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
      broken = new ArchiveError(
        `Records were not added to ${branch} in ${location.directory}: it stands at ${found ?? 'nothing'} and should be at ${tip}. Another program wrote to this archive at the same time; make sure that only one does, then run again: nothing acknowledged is lost.`,
        { directory: location.directory },
      );
      stream.git.child.kill();
      throw broken;
    }
    stream.checkpointed = tip;
    if (++packs >= PACKS_TO_JOIN) await joinPacks();
  }

  async function joinPacks(): Promise<void> {
    packs = 0;
    await end();
    await repack(location, { compareContents: false });
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
        await writeEntry(current, entry, branch, person);
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

interface Stream {
  readonly git: GitProcess;
  hasEnded: boolean;
  /** Told to end: that it does is no fault. */
  isEnding: boolean;
  /** Commit at which the branch stood when git started; undefined in an empty repository. */
  readonly parent: string | undefined;
  /** Whether a commit was sent: git knows the branch from then on. */
  hasCommits: boolean;
  /** Last commit that git told. */
  tip: string | undefined;
  checkpointed: string | undefined;
  /** The next line of git's answers. */
  answer(): Promise<string>;
  /** Resolves when nothing that was sent is unanswered. */
  idle(): Promise<unknown>;
}

/**
 * `--done`: input that ends without the word "done", because we were killed, is an error to git, and it then leaves
 * the branch alone. Otherwise it would move the branch to versions whose snapshots may not be there.
 */
function openStream(
  location: GitLocation,
  parent: string | undefined,
  onBroken: (error: ArchiveError) => void,
): Stream {
  const git = startGit(location, [
    ...SETTINGS.flatMap((setting) => ['-c', setting]),
    'fast-import',
    '--quiet',
    '--done',
  ]);
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  let last: Promise<unknown> = Promise.resolve();
  createInterface({ input: git.child.stdout }).on('line', (line) => waiting.shift()?.resolve(line));
  const stream: Stream = {
    git,
    parent,
    hasEnded: false,
    isEnding: false,
    hasCommits: false,
    tip: undefined,
    checkpointed: undefined,
    answer() {
      const line = new Promise<string>((resolve, reject) => {
        if (stream.hasEnded) reject(recordingFailure(git));
        else waiting.push({ resolve, reject });
      });
      last = line;
      line.catch(() => {});
      return line;
    },
    idle: () => last,
  };
  void git.ended.then(() => {
    stream.hasEnded = true;
    const error = recordingFailure(git);
    if (!stream.isEnding) onBroken(error);
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  return stream;
}

const recordingFailure = (git: GitProcess): ArchiveError =>
  git.failure('Could not record (everything acknowledged before is kept; remove the cause and run again)');

async function writeEntry(stream: Stream, entry: Entry, branch: string, person: string): Promise<void> {
  const { content, path, message, removePaths = [] } = entry;
  const when = `${person} ${Math.floor(entry.date.getTime() / 1000)} +0000`;
  const text = Buffer.from(message, 'utf8');
  await write(stream.git, `blob\nmark :1\ndata ${content.length}\n`);
  await write(stream.git, content);
  const from = !stream.hasCommits && stream.parent ? `from ${stream.parent}\n` : '';
  stream.hasCommits = true;
  await write(
    stream.git,
    Buffer.concat([
      Buffer.from(
        `\nget-mark :1\ncommit ${branch}\nmark :2\nauthor ${when}\ncommitter ${when}\ndata ${text.length}\n`,
        'utf8',
      ),
      text,
      Buffer.from(
        `${from}${removePaths.map((removed) => `D ${quote(removed)}\n`).join('')}M 100644 :1 ${quote(path)}\n\nget-mark :2\n`,
        'utf8',
      ),
    ]),
  );
}

/** fast-import's quoting: always quoted, so that a path may begin with a quote or hold anything. */
function quote(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** git drops these from names as well; in a stream they would break the line. */
const clean = (text: string): string => text.replace(/[<>\n\0]/g, '').trim();
