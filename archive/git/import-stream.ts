import { createInterface } from 'node:readline';
import type { ArchiveError } from './archive-error.ts';
import type { GitLocation } from './git-location.ts';
import { type GitProcess, startGit, write } from './git-process.ts';

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

const SETTINGS: readonly string[] = [
  'fastimport.unpackLimit=0',
  // Fastest: 1.4 times the records a second for 6 % more bytes.
  'pack.compression=1',
];

/** A `git fast-import` and how far it has come. */
export interface ImportStream {
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
export function openImportStream(
  location: GitLocation,
  parent: string | undefined,
  onBroken: (error: ArchiveError) => void,
): ImportStream {
  const git = startGit(location, [
    ...SETTINGS.flatMap((setting) => ['-c', setting]),
    'fast-import',
    '--quiet',
    '--done',
    // No differences between one document and the next, which is another: 1.4 times the records a second, and
    // maintenance, which compares what is alike, leaves a third less.
    '--depth=0',
  ]);
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  let last: Promise<unknown> = Promise.resolve();
  createInterface({ input: git.child.stdout }).on('line', (line) => waiting.shift()?.resolve(line));
  const stream: ImportStream = {
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

/** Sends one record's commit; git answers with two lines, the ids of blob and commit. */
export async function writeEntry(
  stream: ImportStream,
  entry: Entry,
  { branch, person }: { readonly branch: string; readonly person: string },
): Promise<void> {
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
