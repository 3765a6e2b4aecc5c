import { existsSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { ExtractError } from '../extract-error.ts';

const extractDirectory = join(import.meta.dirname, '..');
const projectDirectory = join(extractDirectory, '..', '..');

/** The program's own files that the child needs: its code and the packages that it imports. */
export function programPaths(): readonly string[] {
  const packages = createRequire(import.meta.url).resolve.paths('jsdom') ?? [];
  return [
    extractDirectory + sep,
    join(projectDirectory, 'archive', 'declarations') + sep,
    join(projectDirectory, 'package.json'),
    ...packages.filter((path) => path.endsWith('node_modules') && existsSync(path)).map((path) => path + sep),
  ];
}

/**
 * The files of a collection that its filter functions may read: `declarations/`, `node_modules/` and `package.json`.
 * Node's permission model follows symbolic links out of what is granted (its documentation says so), and a collection
 * can bring links along in its git repository: one that leads out is refused.
 *
 * @throws ExtractError `unreadable` that names the link
 */
export async function collectionPaths(collectionDirectory: string): Promise<readonly string[]> {
  const root = await realpath(collectionDirectory);
  const directories: string[] = [];
  for (const name of ['declarations', 'node_modules']) {
    const path = join(root, name);
    if (!existsSync(path)) continue;
    const target = await realpath(path);
    if (target !== path) throw leadsOut(path, target);
    directories.push(path);
  }
  for (const directory of directories) {
    for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
      if (!entry.isSymbolicLink()) continue;
      const path = join(entry.parentPath, entry.name);
      const target = await realpath(path).catch(() => undefined);
      const inside = target !== undefined && directories.some((granted) => target.startsWith(granted + sep));
      if (!inside) throw leadsOut(path, target);
    }
  }
  const packageFile = join(root, 'package.json');
  const ownPackageFile = existsSync(packageFile) && (await realpath(packageFile)) === packageFile;
  const paths = [...directories.map((path) => path + sep), ...(ownPackageFile ? [packageFile] : [])];
  // A star in a granted path would grant everything that begins like it.
  if (root.includes('*')) {
    throw new ExtractError('unreadable', `Filter functions of ${root} are not run: its path has a star. Rename it.`);
  }
  return paths;
}

function leadsOut(path: string, target: string | undefined): ExtractError {
  const where = target === undefined ? 'leads nowhere' : `leads out of the collection, to ${target}`;
  return new ExtractError(
    'unreadable',
    `Filter functions are not run: the symbolic link ${path} ${where}, where they may not read. Put the files themselves there.`,
  );
}
