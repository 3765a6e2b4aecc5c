import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const mount = (directory: string, options: string): void => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory], { stdio: 'pipe' });
};

/** Why no file system can be mounted here; undefined where one can. */
export const noMountReason = ((): string | undefined => {
  if (process.getuid?.() !== 0) return 'only root can mount a small disk';
  const directory = mkdtempSync(join(tmpdir(), 'clausewatch-disk-'));
  try {
    mount(directory, 'size=64k');
    execFileSync('umount', [directory]);
    return undefined;
  } catch {
    return 'this machine does not let root mount a small disk';
  } finally {
    rmSync(directory, { recursive: true });
  }
})();

/** A disk of its own with `size` (such as `1m`), gone at the end of the test. */
export function smallDisk(size: string): { readonly directory: string; makeReadOnly(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'clausewatch-disk-'));
  mount(directory, `size=${size}`);
  onTestFinished(() => {
    execFileSync('umount', ['-l', directory]);
    rmSync(directory, { recursive: true });
  });
  return { directory, makeReadOnly: () => execFileSync('mount', ['-o', 'remount,ro', directory]) };
}
