import { ArchiveError } from './archive-error.ts';
import type { GitLocation } from './git-location.ts';
import { type GitProcess, startGit } from './git-process.ts';

/** An object as git keeps it. */
export interface GitObject {
  readonly id: string;
  readonly type: 'blob' | 'tree' | 'commit' | 'tag';
  readonly content: Buffer;
}

/** Reads objects, one git for all of them. */
export interface BatchReader {
  /**
   * The object of that name (an id, a ref, `HEAD:path`), or undefined where there is none. Sees what others wrote
   * since. Safe to call many times at once.
   *
   * @throws ArchiveError when git ends, or the object is corrupt or larger than wanted.
   */
  object(name: string): Promise<GitObject | undefined>;
  /** The object's content alone. */
  read(name: string): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

interface Request {
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Opens a reader on a repository; its git starts with the first read and again after one that died.
 *
 * @param options.mostBytes of one object; a larger one is not held in memory. For repositories that others wrote to: some
 *   kilobytes in git can be gigabytes of content.
 */
export function openBatchReader(
  location: GitLocation,
  { mostBytes = Number.POSITIVE_INFINITY }: { readonly mostBytes?: number } = {},
): BatchReader {
  let git: GitProcess | undefined;
  let waiting: Request[] = [];

  function start(): GitProcess {
    const started = startGit(location, ['cat-file', '--batch']);
    const requests = waiting;
    readAnswers(
      started,
      () => requests.shift(),
      (id, size) =>
        size <= mostBytes
          ? undefined
          : new ArchiveError(
              `Object ${id} of ${location.directory} has ${size} bytes; at most ${mostBytes} are read`,
              location,
            ),
    );
    void started.ended.then(() => {
      if (git === started) {
        git = undefined;
        waiting = [];
      }
      const error = started.failure('Could not read from the repository');
      for (const request of requests.splice(0)) request.reject(error);
    });
    return started;
  }

  /** What is asked for at once goes to git in one write: each one costs as much as reading a small object. */
  function ask({ child: { stdin } }: GitProcess, name: string): void {
    if (!stdin.writableCorked) {
      stdin.cork();
      process.nextTick(() => stdin.uncork());
    }
    stdin.write(`${name}\n`);
  }

  const reader: BatchReader = {
    object(name) {
      if (name.includes('\n')) return Promise.resolve(undefined);
      return new Promise((resolve, reject) => {
        git ??= start();
        waiting.push({ resolve, reject });
        ask(git, name);
      });
    },
    read: async (name) => (await reader.object(name))?.content,
    async close() {
      git?.child.stdin.end();
      await git?.ended;
    },
  };
  return reader;
}

/** Takes git's answers apart: a line `<id> <type> <size>`, the content, a line feed; or `<name> missing`. */
function readAnswers(
  git: GitProcess,
  next: () => Request | undefined,
  refuse: (id: string, size: number) => Error | undefined,
): void {
  let header: { id: string; type: GitObject['type']; size: number } | undefined;
  let chunks: Buffer[] = [];
  let length = 0;
  /** Bytes of an object that is too large, still to come. */
  let unwanted = 0;

  git.child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    for (;;) {
      if (unwanted > 0) {
        const passed = Math.min(unwanted, length);
        take(passed);
        unwanted -= passed;
        if (unwanted > 0) return;
      }
      if (!header) {
        const data = joined();
        const end = data.indexOf(10);
        if (end < 0) return;
        const line = data.toString('utf8', 0, end);
        take(end + 1);
        const match = /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/.exec(line);
        if (!match) {
          // "<name> missing", or "ambiguous" for a shortened id: neither is an object of that name.
          next()?.resolve(undefined);
          continue;
        }
        const size = Number(match[3]);
        const refusal = refuse(match[1] ?? '', size);
        if (refusal) {
          unwanted = size + 1;
          next()?.reject(refusal);
          continue;
        }
        header = { id: match[1] ?? '', type: match[2] as GitObject['type'], size };
      }
      if (length < header.size + 1) return;
      // A copy: the joined buffer may hold many other answers and would be kept alive with this one.
      const content = Buffer.from(joined().subarray(0, header.size));
      take(header.size + 1);
      next()?.resolve({ id: header.id, type: header.type, content });
      header = undefined;
    }
  });

  function joined(): Buffer {
    const [first] = chunks;
    if (chunks.length === 1 && first) return first;
    const all = Buffer.concat(chunks);
    chunks = [all];
    return all;
  }

  function take(count: number): void {
    const rest = joined().subarray(count);
    chunks = rest.length > 0 ? [rest] : [];
    length = rest.length;
  }
}
