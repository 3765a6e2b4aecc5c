import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FORMER_TIPS } from './former-tips.ts';
import type { GitLocation } from './git-location.ts';
import { locateRepository } from './git-location.ts';
import { runGit } from './git-process.ts';
import { MirrorError } from './mirror-error.ts';
import { type RemoteOptions, runRemoteGit } from './remote-git.ts';
import { gitArgument, readRemoteLocation, withoutUserinfo } from './remote-location.ts';
import { repack } from './repack.ts';
import { removeStaleLocks } from './stale-locks.ts';

/** The one branch of a mirror, whatever it is called where it comes from. */
const MIRROR_BRANCH = 'refs/heads/main';

/** A fetch under way; readers never see it. */
const INCOMING = 'refs/clausewatch/incoming';

/** Milliseconds that one fetch may take as a whole: a remote that sends a little now and then never ends by itself. */
export interface FetchLimits {
  /** Of the first fetch, which brings everything. */
  readonly first: number;
  /** Of each further one. */
  readonly again: number;
}

export const DEFAULT_FETCH_LIMITS: FetchLimits = { first: 60 * 60_000, again: 10 * 60_000 };

/** Each fetch makes a pack; look-ups slow down with their number. */
const PACKS_TO_JOIN = 50;

export interface MirrorResult {
  /** The branch's tip now. */
  readonly tip: string;
  /** The tip before; undefined for the first fetch. */
  readonly before: string | undefined;
  /** The former tip is not among the new one's ancestors: the history was rewritten. It stays reachable. */
  readonly isRewritten: boolean;
}

export interface MirrorOptions extends RemoteOptions {
  readonly directory: string;
  readonly url: string;
  readonly branch?: string | undefined;
  /** By default {@link DEFAULT_FETCH_LIMITS}. */
  readonly limits?: FetchLimits | undefined;
  /** Packs of the repository from which on they are joined. */
  readonly packsToJoin?: number | undefined;
}

/**
 * Fetches one branch of a remote repository into a bare repository of our own, which is made where there is none. Readers
 * see the former state until the new one is whole. Nothing that comes with a repository is run: no hooks, no submodules,
 * no filters, no files beside git. The directory must have no other writer: the caller holds its lock.
 *
 * @param url https, ssh or `file:///`; a bundle's file too.
 * @param branch by default the one that the remote calls its own.
 * @throws MirrorError, DiskSpaceError, ArchiveError; what was fetched before is as it was.
 */
export async function fetchMirror(options: MirrorOptions): Promise<MirrorResult> {
  const { directory, url, branch, packsToJoin = PACKS_TO_JOIN } = options;
  const checked = readRemoteLocation(url);
  if (checked.refused !== undefined) throw new MirrorError('refused-location', checked.refused);
  if (branch !== undefined && !/^(?!.*\.\.)\w[\w./-]*$/.test(branch)) {
    throw new MirrorError('no-branch', `“${branch}” cannot be the name of a branch`);
  }
  const location = await openMirror(directory);
  await fetchWithin(location, checked.url, branch, options);
  const result = await takeIn(location);
  const packs = (await readdir(join(location.gitDirectory, 'objects', 'pack'))).filter((file) =>
    file.endsWith('.pack'),
  );
  if (packs.length >= packsToJoin) await repack(location, { compareContents: false });
  return result;
}

/** @throws MirrorError `too-slow` where the remote takes longer than the limit. */
async function fetchWithin(
  location: GitLocation,
  url: string,
  branch: string | undefined,
  options: MirrorOptions,
): Promise<void> {
  const { limits = DEFAULT_FETCH_LIMITS, signal } = options;
  const isFirst = !(await readRefs(location)).has(MIRROR_BRANCH);
  const limit = isFirst ? limits.first : limits.again;
  const overrun = new AbortController();
  const timer = setTimeout(() => {
    const setting = isFirst ? 'CLAUSEWATCH_FIRST_FETCH_TIMEOUT' : 'CLAUSEWATCH_FETCH_TIMEOUT';
    const message = `${url} did not send everything within ${Math.round(limit / 1000)} s, and the fetch was ended; try again later, or allow more time with ${setting}`;
    overrun.abort(new MirrorError('too-slow', message));
  }, limit);
  const within = { ...options, signal: signal ? AbortSignal.any([signal, overrun.signal]) : overrun.signal };
  try {
    const name = branch === undefined ? await ownBranch(location, url, within) : `refs/heads/${branch}`;
    await runRemoteGit(
      location,
      url,
      [
        ...[
          'fetch',
          '--progress',
          '--no-tags',
          '--no-write-fetch-head',
          '--no-recurse-submodules',
          '--no-auto-maintenance',
        ],
        ...['--force', '--', gitArgument(url), `+${name}:${INCOMING}`],
      ],
      within,
    );
  } finally {
    clearTimeout(timer);
  }
}

async function openMirror(directory: string): Promise<GitLocation> {
  const known = await locateRepository(directory);
  if (known) {
    if (known.workTree !== undefined) {
      throw new MirrorError(
        'other',
        `${directory} is a repository with files beside it, which a mirror never has; name another folder with data`,
      );
    }
    await removeStaleLocks(known);
    return known;
  }
  await mkdir(directory, { recursive: true });
  const location = { directory, gitDirectory: directory, workTree: undefined };
  // Without a template: those of the system may bring hooks.
  await runGit(location, ['init', '--quiet', '--bare', '--template=', '--initial-branch=main', directory]);
  return location;
}

/**
 * What the remote calls its own: the branch that its HEAD names; HEAD itself where that is a commit, as in bundles and
 * in clones of them, and where a server does not tell; without one, the only branch, `main` or `master`.
 */
async function ownBranch(location: GitLocation, url: string, options: RemoteOptions): Promise<string> {
  const listed = await runRemoteGit(
    location,
    url,
    ['ls-remote', '--symref', '--', gitArgument(url), 'HEAD', 'refs/heads/*'],
    { ...options, onProgress: undefined },
  );
  const lines = listed.split('\n').map((line) => line.split('\t'));
  const branches = lines.flatMap(([, name]) => (name?.startsWith('refs/heads/') ? name : []));
  const heads = lines.flatMap(([value, name]) => (name === 'HEAD' ? (value ?? '') : []));
  const named = heads.find((value) => value.startsWith('ref: '))?.slice('ref: '.length);
  if (named !== undefined && branches.includes(named)) return named;
  if (heads.some((value) => /^[0-9a-f]{40}/.test(value))) return 'HEAD';
  const found =
    branches.length === 1 ? branches[0] : branches.find((name) => /^refs\/heads\/(main|master)$/.test(name));
  if (found !== undefined) return found;
  const shown = withoutUserinfo(url);
  throw branches.length === 0
    ? new MirrorError('empty', `${shown} has no commits yet, or is not a git repository; check the address`)
    : new MirrorError('no-branch', `${shown} does not say which of its ${branches.length} branches is its own`);
}

/** Moves the branch to what was fetched, in one step; the former tip is kept where it would be lost. */
async function takeIn(location: GitLocation): Promise<MirrorResult> {
  const refs = await readRefs(location);
  const tip = refs.get(INCOMING);
  if (tip === undefined) throw new MirrorError('other', `What was fetched into ${location.directory} is not there`);
  const before = refs.get(MIRROR_BRANCH);
  const isRewritten = before !== undefined && before !== tip && !(await isAncestor(location, before, tip));
  const steps = [`update ${MIRROR_BRANCH} ${tip} ${before ?? '0'.repeat(40)}`, `delete ${INCOMING}`];
  if (isRewritten) {
    const former = [...refs.keys()].filter((name) => name.startsWith(`${FORMER_TIPS}/`));
    const isKept =
      (await runGit(location, ['for-each-ref', '--count=1', `--contains=${before}`, `${FORMER_TIPS}/`])).length > 0;
    const last = Math.max(0, ...former.map((name) => Number(name.slice(FORMER_TIPS.length + 1))));
    if (!isKept) steps.unshift(`create ${FORMER_TIPS}/${last + 1} ${before}`);
  }
  await runGit(location, ['update-ref', '--stdin'], { input: `start\n${steps.join('\n')}\ncommit\n` });
  return { tip, before, isRewritten };
}

async function readRefs(location: GitLocation): Promise<ReadonlyMap<string, string>> {
  const listed = await runGit(location, ['for-each-ref', '--format=%(refname) %(objectname)']);
  return new Map(
    listed
      .toString('utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(' ') as [string, string]),
  );
}

/** Not by exit code: that of a failure and that of "no" would be told apart by their numbers alone. */
async function isAncestor(location: GitLocation, commit: string, of: string): Promise<boolean> {
  const missing = await runGit(location, ['rev-list', '--count', '--max-count=1', commit, `^${of}`, '--']);
  return missing.toString('utf8').trim() === '0';
}
