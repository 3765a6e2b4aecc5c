import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

/** Real archives, beside the project where they are kept. */
const DATA = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');

/**
 * A bare clone of a bundle of real records such as `demo-snapshots`, to be read or cloned from: unpacking takes up to nine
 * seconds, so it is done once in a run of tests. Cloning it again takes some milliseconds, since git links the files.
 *
 * @returns its path; not to be written to.
 */
export function bundledArchive(name: string): string {
  const made = join(inject('sharedFolder'), `${name}.git`);
  if (existsSync(made)) return made;
  // Several processes may be the first.
  const own = mkdtempSync(`${made}-`);
  execFileSync('git', ['clone', '--quiet', '--bare', join(DATA, `${name}.bundle`), own], { stdio: 'pipe' });
  try {
    renameSync(own, made);
  } catch (error) {
    if (!existsSync(made)) throw error;
  }
  return made;
}
