import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { git } from './repository.ts';

/** A commit to be made, as git's fast importer takes it: nothing is checked out, so any path and any message will do. */
export interface CommitOfTest {
  readonly message: string | Uint8Array;
  /** Seconds since 1970, of author and committer. */
  readonly date?: number;
  readonly set?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
  /** Default: the branch's end, where it has one; none: a new root. */
  readonly parents?: readonly string[];
  /** Default `main`. */
  readonly branch?: string;
  /** Header that names another encoding of the message. */
  readonly encoding?: string;
  /** Mode of the files that are set; default 100644. */
  readonly mode?: string;
}

/** A bare repository without commits, whose HEAD names `main`. */
export function makeHistory(directory: string): string {
  mkdirSync(directory, { recursive: true });
  git(directory, 'init', '--quiet', '--bare', '--initial-branch=main');
  return directory;
}

/** Makes commits one after the other and gives their ids. */
export function addCommits(directory: string, ...commits: readonly CommitOfTest[]): string[] {
  const ends = new Map<string, string>();
  const stream: (string | Uint8Array)[] = [];
  const say = (text: string): number => stream.push(text);
  const data = (content: string | Uint8Array): void => {
    say(`data ${Buffer.byteLength(content)}\n`);
    stream.push(content, '\n');
  };
  commits.forEach((commit, index) => {
    const { message, date = 1_600_000_000, set = {}, remove = [], branch = 'main', encoding, mode = '100644' } = commit;
    const ref = `refs/heads/${branch}`;
    const end = ends.get(ref) ?? (hasRef(directory, ref) ? `${ref}^0` : undefined);
    const [first, ...others] = commit.parents ?? (end === undefined ? [] : [end]);
    // A root begins a branch anew, which the importer does only for one that it does not know.
    if (!first && end !== undefined) say(`reset ${ref}\n`);
    say(`commit ${ref}\nmark :${index + 1}\n`);
    for (const role of ['author', 'committer']) say(`${role} Test <test@example.org> ${date} +0000\n`);
    if (encoding) say(`encoding ${encoding}\n`);
    data(message);
    if (first) say(`from ${first}\n`);
    for (const other of others) say(`merge ${other}\n`);
    for (const path of remove) say(`D ${quoted(path)}\n`);
    for (const [path, content] of Object.entries(set)) {
      say(`M ${mode} inline ${quoted(path)}\n`);
      data(content);
    }
    say(`\nget-mark :${index + 1}\n`);
    ends.set(ref, `:${index + 1}`);
  });
  const gitDirectory = existsSync(join(directory, '.git')) ? join(directory, '.git') : directory;
  const printed = execFileSync('git', ['-C', gitDirectory, 'fast-import', '--quiet', '--force'], {
    input: Buffer.concat(stream.map((part) => Buffer.from(part))),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return printed.toString('utf8').trim().split('\n');
}

const hasRef = (directory: string, ref: string): boolean =>
  git(directory, 'for-each-ref', '--format=%(refname)', ref).trim() === ref;

/** As git's fast importer reads it: any path, also with quotes and line feeds. */
const quoted = (path: string): string =>
  `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
