import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const stampFile = (root) => join(root, 'node_modules', '.clausewatch-dependencies');
const lockHash = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** Whether node_modules was installed from the lockfile as it is now. */
export function dependenciesAreCurrent(root) {
  return read(stampFile(root)) === lockHash(root);
}

/** Notes that node_modules is what the lockfile says. */
export function stampDependencies(root) {
  writeFileSync(stampFile(root), lockHash(root));
}

/**
 * Whether node_modules, installed by hand (`npm ci`), already holds what the lockfile asks for: npm's own list in
 * node_modules names the same versions. Optional packages may be absent, since most are for other platforms.
 */
export function installedByHand(root) {
  const list = read(join(root, 'node_modules', '.package-lock.json'));
  if (list === '') return false;
  const installed = JSON.parse(list).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages);
  return wanted.every(
    ([path, { version, optional }]) =>
      path === '' || (installed[path] ? installed[path].version === version : optional === true),
  );
}
