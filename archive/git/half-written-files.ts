import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BatchReader } from './batch-reader.ts';
import type { GitLocation } from './git-location.ts';
import { runGit } from './git-process.ts';

/**
 * Takes back what a killed update of the work tree had begun to write, so that it is not taken for a person's edits.
 * git had made sure before its first write that none of these files was edited; what now holds the beginning of its
 * new content, or nothing, or is gone, was left by git. Any other file is a person's, and stays.
 *
 * @param from what the work tree showed before the update
 * @param to what the update was to bring it to
 * @throws ArchiveError when git fails.
 */
export async function takeBackHalfWritten(
  location: GitLocation,
  reader: BatchReader,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  const { workTree } = location;
  if (workTree === undefined) return;
  const difference = await runGit(location, [
    'diff-tree',
    '-r',
    '-z',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    from,
    to,
  ]);
  const fields = difference.toString('utf8').split('\0');
  // Old where the kill came before git's last step, new where it came after.
  const listed = await runGit(location, ['ls-files', '-z']);
  const inIndex = new Set(listed.toString('utf8').split('\0'));
  const former: string[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [, blob] = /^:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [A-Z]/.exec(fields[index] ?? '') ?? [];
    const path = fields[index + 1];
    if (!blob || !path) continue;
    const file = join(workTree, path);
    const found = await readFile(file).catch(() => undefined);
    const intended = await reader.read(blob);
    const isOurs = !found || (intended && found.equals(Buffer.from(intended).subarray(0, found.length)));
    if (!isOurs) continue;
    if (inIndex.has(path)) former.push(path);
    else await rm(file, { force: true });
  }
  if (former.length > 0) {
    await runGit(location, ['checkout-index', '--force', '-q', '-z', '--stdin'], { input: former.join('\0') });
  }
}
