import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/**
 * Runs the task while no other process of this user does so for the same clone. The lock lies outside node_modules,
 * which `npm ci` removes; one whose owner is gone is taken over.
 */
export async function withLock(root, task, directory = tmpdir()) {
  const name = createHash('sha256').update(`${userInfo().uid} ${root}`).digest('hex').slice(0, 16);
  const lock = join(directory, `clausewatch-set-up-${name}`);
  let told = false;
  while (!take(lock)) {
    if (!told) process.stderr.write('Waiting for another set-up of this clone to end …\n');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await task();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take(lock) {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (ownerIsGone(lock)) rmSync(lock, { recursive: true, force: true });
  return false;
}

function ownerIsGone(lock) {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')) || Number.NaN, 0);
    return false;
  } catch (error) {
    if (error.code === 'ESRCH') return true;
    if (error.code === 'EPERM') return false;
  }
  // No process id in it: made this instant, or by a process that was killed in that instant.
  try {
    return Date.now() - statSync(lock).mtimeMs > 5000;
  } catch {
    return false;
  }
}
