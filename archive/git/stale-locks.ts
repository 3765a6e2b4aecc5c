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
  const remains = await findRemains(location.gitDirectory);
  if (remains.length === 0) return;
  const deadline = Date.now() + PATIENCE;
  while ((await gitWorksIn(location)) && Date.now() < deadline) await wait(50);
  const isBusy = await gitWorksIn(location);
  if (isBusy) return;
  for (const path of remains) {
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
    ...(await list('.', false)).filter((path) => /\.lock$|[/\\]fast_import_crash_\d+$|[/\\]gc\.pid$/.test(path)),
    ...(await list('refs', true)).filter((path) => path.endsWith('.lock')),
    ...(await list('objects/info', true)).filter((path) => path.endsWith('.lock')),
    ...(await list('objects', false)).filter((path) => path.endsWith('.lock')),
    ...(await list('objects/pack', false)).filter((path) => /[/\\](\.?tmp_|\.tmp-)|\.lock$/.test(path)),
  ];
  return files;
}

/** Whether a git runs in the repository; undefined where the system does not tell. */
async function gitWorksIn({ directory, gitDirectory }: GitLocation): Promise<boolean | undefined> {
  const processes = await readdir('/proc').catch(() => undefined);
  if (!processes) return undefined;
  const inside = (path: string): boolean =>
    [directory, gitDirectory].some((root) => path === root || path.startsWith(`${root}${sep}`));
  for (const id of processes.filter((name) => /^\d+$/.test(name))) {
    const name = await readFile(`/proc/${id}/comm`, 'utf8').catch(() => '');
    if (!name.startsWith('git')) continue;
    const place = await readlink(`/proc/${id}/cwd`).catch(() => '');
    const state = /^State:\s+(\S)/m.exec(await readFile(`/proc/${id}/status`, 'utf8').catch(() => ''))?.[1];
    if (inside(place) && state !== 'Z') return true;
  }
  return false;
}
