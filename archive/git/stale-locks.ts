import { readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { GitLocation } from './git-location.ts';

/** How long a git whose tracker was killed gets to end; it sees the end of its input at once. */
const PATIENCE = 3000;

/** A lock that nobody can be asked about is given up after this long. */
const ABANDONED_AFTER = 10 * 60_000;

/**
 * Clears away what killed processes left in a repository: lock files, half-written packs, crash reports. To be called
 * by the archive's one writer. A lock is kept while a git works in the repository, a person's `git commit` with an open
 * editor for instance.
 */
export async function removeStaleLocks(location: GitLocation): Promise<void> {
  // A repack outlives its tracker: wait for it even where it has left nothing yet.
  const deadline = Date.now() + PATIENCE;
  let isBusy = await gitWorksIn(location);
  while (isBusy && Date.now() < deadline) {
    await wait(50);
    isBusy = await gitWorksIn(location);
  }
  if (isBusy) return;
  for (const path of await findRemains(location.gitDirectory)) {
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? 0);
    if (isBusy === false || age > ABANDONED_AFTER) await rm(path, { force: true });
  }
}

async function findRemains(gitDirectory: string): Promise<string[]> {
  const list = async (folder: string, recursive: boolean): Promise<string[]> =>
    (await readdir(join(gitDirectory, folder), { recursive }).catch(() => [])).map((name) =>
      join(gitDirectory, folder, name),
    );
  const files = [
    ...(await list('.', false)).filter((path) =>
      /\.lock$|[/\\](fast_import_crash_\d+|gc\.pid|clausewatch-.*\.new)$/.test(path),
    ),
    ...(await list('refs', true)).filter((path) => path.endsWith('.lock')),
    ...(await list('objects/info', true)).filter((path) => path.endsWith('.lock')),
    ...(await list('objects', false)).filter((path) => path.endsWith('.lock')),
    ...(await list('objects/pack', false)).filter((path) => /[/\\](\.?tmp_|\.tmp-)|\.lock$/.test(path)),
  ];
  return files;
}

/** Commands that take no locks: the gits of whoever reads the archive meanwhile. */
const READERS = new Set([
  'cat-file',
  'diff',
  'diff-tree',
  'for-each-ref',
  'log',
  'ls-tree',
  'rev-list',
  'rev-parse',
  'show',
]);

/** Whether a git that may write runs in the repository; undefined where the system does not tell. */
async function gitWorksIn({ directory, gitDirectory }: GitLocation): Promise<boolean | undefined> {
  const processes = await readdir('/proc').catch(() => undefined);
  if (!processes) return undefined;
  const inside = (path: string): boolean =>
    [directory, gitDirectory].some((root) => path === root || path.startsWith(`${root}${sep}`));
  for (const id of processes.filter((name) => /^\d+$/.test(name))) {
    const name = await readFile(`/proc/${id}/comm`, 'utf8').catch(() => '');
    if (!name.startsWith('git')) continue;
    const place = await readlink(`/proc/${id}/cwd`).catch(() => '');
    // Empty for one that has ended and was not yet waited for.
    const words = (await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')).split('\0').filter(Boolean);
    if (inside(place) && words.length > 0 && !words.some((word) => READERS.has(word))) return true;
  }
  return false;
}
