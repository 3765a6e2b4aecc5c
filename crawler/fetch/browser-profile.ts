import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const namePattern = /^clausewatch-browser-(\d+)-/;

/** An empty folder for one browser of ours; its name says which process removes it. */
export const createProfile = (): Promise<string> => mkdtemp(join(tmpdir(), `clausewatch-browser-${process.pid}-`));

/** Removes a browser's folder; its killed processes may still be letting go of their files. */
export const removeProfile = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });

/** Removes the folders of processes that ended without doing so, as after `kill -9`. What cannot be removed stays. */
export async function removeOrphanedProfiles(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  const orphans = names.filter((name) => {
    const owner = namePattern.exec(name)?.[1];
    return owner !== undefined && !isAlive(Number(owner));
  });
  await Promise.all(orphans.map((name) => removeProfile(join(tmpdir(), name)).catch(() => {})));
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // Another user's process may not be asked, so it lives.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
