import { access, constants } from 'node:fs/promises';
import { ArchiveError } from './archive-error.ts';
import { attachHead } from './attach-head.ts';
import { type BatchReader, openBatchReader } from './batch-reader.ts';
import { type Author, type BatchWriter, openBatchWriter } from './batch-writer.ts';
import { createRepository } from './create-repository.ts';
import { gitCommand } from './git-command.ts';
import { type GitLocation, locateRepository } from './git-location.ts';
import { runGit } from './git-process.ts';
import { repack } from './repack.ts';
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
  /** @throws ArchiveError for a location that is none of https, ssh and file. */
  setRemote(name: string, url: string): Promise<void>;
  /** Joins what many checkpoints left. Cheap where there is little to do. Checkpoints and ends the writer's git first. */
  maintain(): Promise<void>;
  /** Every fault that `git fsck` finds, one a line; empty for a sound repository. */
  verify(): Promise<readonly string[]>;
  /** Ends the long-lived gits. What was appended and not checkpointed is checkpointed first. */
  close(): Promise<void>;
}

/**
 * Opens the repository at a directory, after having made it where `create` says so and the directory is absent or
 * empty. For writing (the default), first clears away what a killed process left, and makes sure that a branch is
 * checked out; with `write` false nothing is changed, nor may be.
 *
 * @throws ArchiveError that names the directory and the next step: no repository, no permission, damaged, SHA-256.
 */
export async function openRepository(
  directory: string,
  options: { readonly create?: boolean; readonly write?: boolean; readonly author: Author },
): Promise<GitRepository> {
  const { create = false, write = true, author } = options;
  const fault = (message: string, cause?: unknown): ArchiveError => new ArchiveError(message, { directory, cause });
  const location = (await locateRepository(directory)) ?? (create ? await createRepository(directory) : undefined);
  if (!location) {
    throw fault(`${directory} is not a git repository; name the archive's directory, or start an archive with a run`);
  }
  if (write) {
    await access(location.gitDirectory, constants.W_OK).catch((cause: unknown) => {
      throw fault(`No permission to write to ${directory}; run as its owner, or change its permissions`, cause);
    });
    await removeStaleLocks(location);
  }
  const format = await runGit(location, ['rev-parse', '--show-object-format']).catch((cause: unknown) => {
    throw fault(
      `${directory} is not a sound git repository: ${describe(cause)}. Restore it from a backup or clone it again.`,
      cause,
    );
  });
  if (format.toString().trim() !== 'sha1') {
    throw fault(
      `${directory} names its objects by ${format.toString().trim()}; archives use SHA-1, as Open Terms Archive does: name another directory`,
    );
  }
  const reader = openBatchReader(location);
  const branch = await attachHead(location, reader, { mayChange: write }).catch(async (error: unknown) => {
    await reader.close();
    throw error;
  });
  const writer = openBatchWriter({ location, branch, author, reader });
  const workTree = openWorkTree(location, reader, branch);
  const git = gitCommand(location);

  async function chooseRemote(): Promise<string | undefined> {
    const names = (await git.getRemotes()).map(({ name }) => name);
    return names.includes('origin') ? 'origin' : names.length === 1 ? names[0] : undefined;
  }

  return {
    location,
    branch,
    reader,
    writer,
    workTree,
    async push() {
      try {
        const remote = await chooseRemote();
        if (!remote) {
          return {
            ok: false,
            message: `${directory} has no remote to push to; add one with git -C ${directory} remote add origin LOCATION`,
          };
        }
        await git.raw('push', '--porcelain', '--no-verify', remote, `${branch}:${branch}`);
        return { ok: true, message: `Pushed ${directory} to ${remote}` };
      } catch (error) {
        return {
          ok: false,
          message: `Could not push ${directory}: ${describe(error)}. The records are kept here, and the next push takes them along.`,
        };
      }
    },
    async remotes() {
      const remotes = await git.getRemotes(true);
      return new Map(remotes.map(({ name, refs }) => [name, refs.push || refs.fetch]));
    },
    async setRemote(name, url) {
      if (!/^(https?:|ssh:|file:|\/|[^:/]+@[^:]+:)/.test(url)) {
        throw fault(`${url} cannot be a remote of ${directory}: give an https, ssh or file location`);
      }
      const isKnown = (await git.getRemotes()).some((remote) => remote.name === name);
      if (isKnown) await git.remote(['set-url', name, url]);
      else await git.addRemote(name, url);
    },
    async maintain() {
      await writer.close();
      await repack(location, { compareContents: true });
      await git.raw('pack-refs', '--all');
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
        if (write) await workTree.close();
      } finally {
        await reader.close();
      }
    },
  };
}

const describe = (error: unknown): string => (error instanceof Error ? error.message.trim() : String(error));
