import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type GitLocation, locateRepository } from './git-location.ts';

/** Symbolic references that lead to symbolic references; git follows no more than this either. */
const MOST_HOPS = 5;

/**
 * What the files say about where the checked-out branch of a directory's repository stands: two answers that differ
 * mean that it may have moved, equal ones that it has not. Never throws; a repository that is not there has a
 * signature too, as has the one that is put in its place.
 *
 * Reading these few files takes less than half a millisecond and needs no process, so that it can be asked several times a second
 * for each of many repositories. Asking a waiting `git cat-file --batch` takes as long, and 4 MB for each.
 */
export async function tipSignature(directory: string): Promise<string> {
  const location = await locateRepository(directory).catch(() => undefined);
  if (!location) return 'absent';
  const { gitDirectory } = location;
  const common = await commonDirectory(location);
  const parts = [await identity(join(gitDirectory, 'objects')), await identity(join(common, 'packed-refs'))];
  // Commits that a shallow clone gets later.
  parts.push(await identity(join(common, 'shallow')));
  // One file for all references, where a repository keeps them so.
  parts.push(await identity(join(common, 'reftable', 'tables.list')));
  let name = 'HEAD';
  for (let hop = 0; hop < MOST_HOPS; hop++) {
    const text = (await content(join(gitDirectory, name))) ?? (await content(join(common, name)));
    parts.push(`${name}=${text ?? ''}`);
    const next = /^ref: *(refs\/\S.*)$/.exec(text ?? '')?.[1];
    if (next === undefined || next.split('/').includes('..')) break;
    name = next;
  }
  return parts.join('\n');
}

/** The folder of the references that work trees of one repository share. */
async function commonDirectory({ gitDirectory }: GitLocation): Promise<string> {
  const other = await content(join(gitDirectory, 'commondir'));
  return other ? resolve(gitDirectory, other) : gitDirectory;
}

/** Which file it is and when it was written; git replaces these files, it never writes into them. */
async function identity(file: string): Promise<string> {
  const found = await stat(file, { bigint: true }).catch(() => undefined);
  if (!found) return '-';
  // Objects are added to a folder that stays: only which one it is counts.
  return found.isDirectory() ? `${found.dev}:${found.ino}` : `${found.ino}:${found.size}:${found.mtimeNs}`;
}

const content = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
