import { access, constants, mkdir, readdir } from 'node:fs/promises';
import { type SimpleGit, simpleGit } from 'simple-git';
import { ArchiveError } from './archive-error.ts';
import { attachHead } from './attach-head.ts';
import { type BatchReader, openBatchReader } from './batch-reader.ts';
import { type Author, type BatchWriter, openBatchWriter } from './batch-writer.ts';
import { type GitLocation, locateRepository } from './git-location.ts';
import { GIT_CONFIGURATION, gitEnvironment } from './git-process.ts';
import { removeStaleLocks } from './stale-locks.ts';
import { openWorkTree, type WorkTree } from './work-tree.ts';

/** What a push came to; a failed one is reported and tried again after the next run. */
export interface PushResult {
  readonly ok: boolean;
  readonly message: string;
}

/** One of an archive's two git repositories. */
export interface GitRepository {
  readonly location: GitLocation;
  /** Full name of the branch that records are written to, such as `refs/heads/main`. */
  readonly branch: string;
  readonly reader: BatchReader;
  readonly writer: BatchWriter;
  readonly workTree: WorkTree;
  /** Pushes the branch to its remote (`origin`, or the only one). Never throws. */
  push(): Promise<PushResult>;
  /** Name → location of each remote. */
  remotes(): Promise<ReadonlyMap<string, string>>;
  setRemote(name: string, url: string): Promise<void>;
  /** Joins what many small checkpoints left. Cheap when there is little to do. Closes the writer's git first. */
  maintain(): Promise<void>;
  /** Every fault that `git fsck` finds, one a line; empty for a sound repository. */
  verify(): Promise<readonly string[]>;
  /** Ends the long-lived gits. What was appended and not checkpointed is checkpointed first. */
  close(): Promise<void>;
}

/**
 * Opens the repository at a directory, after having made it where `create` says so and the directory is absent or
 * empty. With `write`, first clears away what a killed process left, and makes sure that a branch is checked out.
 *
 * @throws ArchiveError that names the directory and the next step: no repository, no permission, corrupt, SHA-256.
 */
export async function openRepository(
  directory: string,
  options: { readonly create?: boolean; readonly write?: boolean; readonly author: Author },
): Promise<GitRepository> {
  const { create = false, write = true, author } = options;
  const fault = (message: string, cause?: unknown): ArchiveError => new ArchiveError(message, { directory, cause });
  const location = (await locateRepository(directory)) ?? (await createRepository());
  const git = command(location);
  if (write) {
    await access(location.gitDirectory, constants.W_OK).catch((error: unknown) => {
      throw fault(`No permission to write to ${directory}; run as its owner or change its permissions`, error);
    });
    await removeStaleLocks(location);
  }
  const format = await git.raw('rev-parse', '--show-object-format').catch((error: unknown) => {
    throw fault(
      `${directory} is not a sound git repository (${describe(error)}); restore it from a backup or clone it again`,
      error,
    );
  });
  if (format.trim() !== 'sha1') {
    throw fault(
      `${directory} uses ${format.trim()} object names; archives use SHA-1: clone it into a SHA-1 repository`,
    );
  }
  const reader = openBatchReader(location);
  const branch = await attachHead({ location, git, reader, mayChange: write });
  const writer = openBatchWriter({ location, branch, author, reader });
  const workTree = openWorkTree(location, reader, branch);

  return {
    location,
    branch,
    reader,
    writer,
    workTree,
    async push() {
      const remote = await chooseRemote(git);
      if (!remote) {
        return {
          ok: false,
          message: `${directory} has no remote; add one with git -C ${directory} remote add origin LOCATION`,
        };
      }
      try {
        await git.raw('push', '--porcelain', remote, `${branch}:${branch}`);
        return { ok: true, message: `Pushed ${directory} to ${remote}` };
      } catch (error) {
        return {
          ok: false,
          message: `Could not push ${directory} to ${remote}: ${describe(error)}. The records are kept here, and the next push takes them along.`,
        };
      }
    },
    async remotes() {
      const remotes = await git.getRemotes(true);
      return new Map(remotes.map(({ name, refs }) => [name, refs.push || refs.fetch]));
    },
    async setRemote(name, url) {
      if (!/^(https?:|ssh:|file:|\/|[^:/]+@[^:]+:)/.test(url)) {
        throw fault(`${url} cannot be a remote of ${directory}: use an https, ssh or file location`);
      }
      const known = await git.getRemotes();
      if (known.some((remote) => remote.name === name)) await git.remote(['set-url', name, url]);
      else await git.addRemote(name, url);
    },
    async maintain() {
      await writer.close();
      await maintainRepository(git);
    },
    async verify() {
      try {
        const said = await git.raw('fsck', '--no-dangling', '--no-progress');
        return said.split('\n').filter((line) => line !== '' && !line.startsWith('notice:'));
      } catch (error) {
        return describe(error).split('\n');
      }
    },
    async close() {
      try {
        await writer.close();
      } finally {
        await reader.close();
      }
    },
  };

  async function createRepository(): Promise<GitLocation> {
    if (!create) {
      throw fault(`${directory} is not a git repository; name the archive's directory, or start one with a first run`);
    }
    try {
      await mkdir(directory, { recursive: true });
      if ((await readdir(directory)).length > 0) {
        throw fault(`${directory} is neither empty nor a git repository; name another directory for the archive`);
      }
      const made: GitLocation = { directory, gitDirectory: `${directory}/.git`, workTree: directory };
      const unborn = simpleGit({ ...SIMPLE_GIT, baseDir: directory }).env(gitEnvironment());
      await unborn.init(['--quiet', '--initial-branch=main']);
      const created = command(made);
      // As Open Terms Archive sets them, so that its engine finds what it expects.
      await created.addConfig('core.autocrlf', 'false');
      await created.addConfig('core.quotePath', 'false');
      await created.addConfig('push.default', 'current');
      return made;
    } catch (error) {
      if (error instanceof ArchiveError) throw error;
      throw fault(`Could not make an archive in ${directory}: ${describe(error)}`, error);
    }
  }
}

const SIMPLE_GIT = {
  config: [...GIT_CONFIGURATION],
  maxConcurrentProcesses: 1,
  trimmed: false,
  allowEnvironment: ['GIT_TERMINAL_PROMPT', 'GIT_OPTIONAL_LOCKS', 'GIT_DIR', 'GIT_WORK_TREE'],
  // Set by us, to make git safer.
  unsafe: { allowUnsafeHooksPath: true, allowUnsafeProtocolOverride: true, allowUnsafeFsMonitor: true },
};

function command({ directory, gitDirectory, workTree }: GitLocation): SimpleGit {
  return simpleGit({ ...SIMPLE_GIT, baseDir: directory }).env({
    ...gitEnvironment(),
    GIT_DIR: gitDirectory,
    ...(workTree === undefined ? {} : { GIT_WORK_TREE: workTree }),
  });
}

async function chooseRemote(git: SimpleGit): Promise<string | undefined> {
  const names = (await git.getRemotes()).map(({ name }) => name);
  return names.includes('origin') ? 'origin' : names.length === 1 ? names[0] : undefined;
}

/**
 * `--geometric` joins small packs and single files into packs of growing size and leaves the large ones alone, so the
 * work follows what was added, not what is there. Unreachable leftovers of kills stay until a person runs `git gc`.
 */
async function maintainRepository(git: SimpleGit): Promise<void> {
  await git.raw('repack', '-d', '-q', '--geometric=2', '--write-midx');
  await git.raw('pack-refs', '--all');
}

const describe = (error: unknown): string => (error instanceof Error ? error.message.trim() : String(error));
