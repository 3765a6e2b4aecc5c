import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { ArchiveError } from './archive-error.ts';
import type { GitLocation } from './git-location.ts';

/** Configuration of every git that we run: no hooks, no background work of its own, no transports that run commands. */
export const GIT_CONFIGURATION: readonly string[] = [
  'core.hooksPath=/dev/null',
  'core.quotePath=false',
  'core.fsmonitor=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'protocol.ext.allow=never',
  'advice.detachedHead=false',
];

/** As much of git's last words as is kept for an error message. */
const STDERR_KEPT = 4000;

/**
 * Not handed on to git: what would point it elsewhere, as is set where a program is started from a git hook, and
 * programs that it might start to ask a person (simple-git refuses to run with those; npm scripts have EDITOR set).
 */
const WITHHELD = /^(GIT_.*|EDITOR|VISUAL|PAGER|PREFIX|SSH_ASKPASS)$/i;

/** Variables for git: the caller's own (PATH, HOME, proxies, the agent of ssh). Messages in English, never a question. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !WITHHELD.test(name));
  return { ...Object.fromEntries(inherited), LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };
}

/** A git that runs until it is told to end, with what it said on stderr. */
export interface GitProcess {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves when git has ended, with its exit code (undefined where a signal ended it). Never rejects. */
  readonly ended: Promise<number | undefined>;
  /** Why git ended, as an ArchiveError that names the repository. */
  failure(what: string): ArchiveError;
}

/**
 * Starts git in a process group of its own: Ctrl-C on a terminal reaches the tracker alone, which then ends its run
 * cleanly. A git whose tracker dies sees the end of its input and ends as well.
 */
export function startGit(location: GitLocation, args: readonly string[]): GitProcess {
  const child = spawn('git', [...locate(location), ...args], {
    cwd: location.directory,
    env: gitEnvironment(),
    stdio: 'pipe',
    detached: process.platform !== 'win32',
  });
  let stderr = '';
  let spawnError: Error | undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT);
  });
  // A write to a git that has just died; `ended` tells the story.
  child.stdin.on('error', () => {});
  const ended = new Promise<number | undefined>((resolve) => {
    child.on('error', (error) => {
      spawnError = error;
      resolve(undefined);
    });
    child.on('close', (code) => resolve(code ?? undefined));
  });
  return {
    child,
    ended,
    failure(what) {
      const said = stderr.trim();
      const reason = spawnError
        ? `git could not be started (${spawnError.message}); install git 2.34 or later`
        : `git ended${child.signalCode ? ` by ${child.signalCode}` : child.exitCode === null ? '' : ` with code ${child.exitCode}`}${said ? `: ${said}` : ''}`;
      return new ArchiveError(`${what} in ${location.directory}: ${reason}`, {
        directory: location.directory,
        cause: spawnError,
      });
    },
  };
}

/**
 * Runs git once and gives what it printed.
 *
 * @throws ArchiveError with what git said when it ends with another code than 0.
 */
export async function runGit(
  location: GitLocation,
  args: readonly string[],
  options: { readonly input?: string | Uint8Array } = {},
): Promise<Buffer> {
  const git = startGit(location, args);
  const chunks: Buffer[] = [];
  git.child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  git.child.stdin.end(options.input ?? '');
  if ((await git.ended) !== 0) throw git.failure(`git ${args[0]} failed`);
  return Buffer.concat(chunks);
}

/** Writes, and waits while git has more input than it can take. */
export async function write(git: GitProcess, data: string | Uint8Array): Promise<void> {
  if (git.child.stdin.write(data) || git.child.stdin.destroyed) return;
  // A pipe that broke is told by how git ended.
  const drained = once(git.child.stdin, 'drain').catch(() => git.ended);
  await Promise.race([drained, git.ended]);
}

function locate({ gitDirectory, workTree }: GitLocation): string[] {
  return [
    `--git-dir=${gitDirectory}`,
    ...(workTree === undefined ? [] : [`--work-tree=${workTree}`]),
    ...GIT_CONFIGURATION.flatMap((setting) => ['-c', setting]),
  ];
}
