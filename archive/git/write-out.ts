import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openBatchReader } from './batch-reader.ts';
import type { GitLocation } from './git-location.ts';
import { runGit } from './git-process.ts';
import { MirrorError } from './mirror-error.ts';

/** Which files of a commit are written out: those of its top, and of some of its folders, by their names. */
export interface WantedFiles {
  /** Folder → whether a file in it is wanted; `''` for the top. Folders inside these are left out. */
  readonly folders: ReadonlyMap<string, (name: string) => boolean>;
  /** The folder that has to hold a wanted file; else nothing is written. */
  readonly needed: string;
  readonly mostFiles: number;
  /** Of one file. Larger ones are left out. */
  readonly mostBytes: number;
  /** Of all files together. */
  readonly mostTotalBytes: number;
}

/** Some 200,000 names. */
const MOST_TREE_BYTES = 16 * 1024 * 1024;

/** Names the commit that a folder holds, so that the same one is not written out again. */
const MARK = '.clausewatch-commit';

/**
 * Writes files of a commit into a folder, which then holds nothing else. This is no checkout: only ordinary files with
 * plain names are written, by us, as they are in git. So links that lead outside, submodules, attributes that start
 * programs, hooks, and names with `..` or `/` in them come to nothing.
 *
 * The folder is replaced as a whole; for an instant in between it is not there.
 *
 * @returns whether anything was written.
 * @throws MirrorError where there are more files than wanted, ArchiveError when git fails.
 */
export async function writeOut(
  location: GitLocation,
  commit: string,
  target: string,
  { folders, needed, mostFiles, mostBytes, mostTotalBytes }: WantedFiles,
): Promise<boolean> {
  await putBack(target);
  const written = await readFile(join(target, MARK), 'utf8').catch(() => undefined);
  if (written === commit) return false;
  const found: { folder: string; path: string; blob: string; size: number }[] = [];
  for (const [folder, isWanted] of folders) {
    for (const entry of await listFiles(location, folder === '' ? commit : `${commit}:${folder}`)) {
      if (!isWanted(entry.name) || entry.size > mostBytes) continue;
      found.push({ folder, path: join(folder, entry.name), blob: entry.blob, size: entry.size });
    }
  }
  const total = found.reduce((sum, { size }) => sum + size, 0);
  if (found.length > mostFiles || total > mostTotalBytes) {
    throw new MirrorError(
      'damaged',
      `${location.directory} has ${found.length} files of declarations with ${total} bytes; at most ${mostFiles} with ${mostTotalBytes} are taken`,
    );
  }
  if (!found.some(({ folder }) => folder === needed)) {
    throw new MirrorError(
      'other',
      `Commit ${commit} in ${location.directory} has no folder “${needed}” with JSON files in it; give the address of a collection's declarations`,
    );
  }
  const fresh = `${target}.new`;
  const former = formerOf(target);
  await rm(fresh, { recursive: true, force: true });
  for (const folder of folders.keys()) await mkdir(join(fresh, folder), { recursive: true });
  const reader = openBatchReader(location, { mostBytes });
  try {
    for (const { path, blob } of found) {
      const content = await reader.read(blob);
      if (content) await writeFile(join(fresh, path), content, { mode: 0o644 });
    }
  } finally {
    await reader.close();
  }
  await writeFile(join(fresh, MARK), commit);
  await mkdir(dirname(target), { recursive: true });
  await rm(former, { recursive: true, force: true });
  await rename(target, former).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(fresh, target);
  await rm(former, { recursive: true, force: true });
  return true;
}

/** Undoes a replacement that was cut off between its two steps. */
export async function putBack(target: string): Promise<void> {
  if (existsSync(target)) return;
  await rename(formerOf(target), target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

const formerOf = (target: string): string => `${target}.former`;

/** A name that is one part of a path everywhere, and no hidden file. */
const isPlain = (name: string): boolean =>
  !/^\.|[/\\:\0]|[ .]$/.test(name) &&
  [...name].every((character) => character >= ' ') &&
  Buffer.byteLength(name) <= 255;

async function listFiles(location: GitLocation, tree: string): Promise<{ name: string; blob: string; size: number }[]> {
  const reader = openBatchReader(location, { mostBytes: MOST_TREE_BYTES });
  // A commit's object is looked up by the name `id:`; a folder may be missing, or be a file.
  const object = await reader.object(tree.includes(':') ? tree : `${tree}:`).finally(() => reader.close());
  if (object?.type !== 'tree') return [];
  const listed = await runGit(location, ['ls-tree', '-z', '-l', object.id]);
  return listed
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const [, blob, size, name] = /^100(?:644|755|664) blob ([0-9a-f]{40}) +(\d+)\t(.+)$/s.exec(line) ?? [];
      return blob && name && isPlain(name) ? [{ name, blob, size: Number(size) }] : [];
    });
}
