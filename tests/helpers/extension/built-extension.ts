import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export type ExtensionBuild = 'chrome-mv3' | 'firefox-mv3';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const BUILDS = join(ROOT, 'extension/.output/tests');
/** All that a build is made of. */
const SOURCES = ['extension', 'server/api/contract', 'server/api/contract.ts', 'package-lock.json'];
const HOUR = 3_600_000;

/**
 * A folder with the extension as `wxt build` makes it from the sources as they are now: built once for all files and
 * processes of tests, and again only after something changed. Nobody may write into it.
 *
 * @throws Error with what WXT wrote, where it cannot be built
 */
export async function builtExtension(kind: ExtensionBuild): Promise<string> {
  const name = await hashOfSources();
  const made = join(BUILDS, name, kind);
  if (existsSync(made)) return made;
  await mkdir(join(BUILDS, name), { recursive: true });
  // Several processes may be the first: each builds in a folder of its own, the first one's stays.
  const own = await mkdtemp(join(BUILDS, name, 'making-'));
  try {
    const script = fileURLToPath(new URL('build-for-tests.ts', import.meta.url));
    const { NODE_ENV: _, VITEST: __, ...env } = process.env;
    await promisify(execFile)(process.execPath, [script, kind.replace('-mv3', ''), own], { cwd: ROOT, env });
    await rename(join(own, kind), made).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(own, { recursive: true, force: true });
  }
  await dropOld(name);
  return made;
}

async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of await filesOf(join(ROOT, source))) hash.update(`${file}\0`).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Sorted; without what builds have written. */
async function filesOf(path: string): Promise<readonly string[]> {
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/]\.(output|wxt)[\\/]/.test(file))
    .sort();
}

/** Builds of former sources; other processes may still be using one that is young. */
async function dropOld(current: string): Promise<void> {
  for (const name of await readdir(BUILDS)) {
    const folder = join(BUILDS, name);
    const age = Date.now() - (await stat(folder)).mtimeMs;
    if (name !== current && age > HOUR) await rm(folder, { recursive: true, force: true });
  }
}
