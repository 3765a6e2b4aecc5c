import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileIdentity } from './file-identity.ts';

/**
 * Damage that a query met, told to whoever writes the index. A file beside it, since queries run in many threads and
 * processes, and the writer may be in any of them.
 */
const markFile = (indexFile: string): string => `${indexFile}-damaged`;

/** @param identity of the file that was read: another one may stand there by now. */
export function markDamaged(indexFile: string, identity: string, message: string): void {
  try {
    writeFileSync(markFile(indexFile), `${identity}\n${message}\n`);
  } catch {
    // Where nothing can be written nothing can be made anew either; the next damage is told again.
  }
}

/** What a query met in the index that stands there now; undefined where none met anything. */
export function readDamage(indexFile: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(markFile(indexFile), 'utf8');
  } catch {
    return undefined;
  }
  const [identity, message = ''] = text.split('\n');
  return identity === fileIdentity(indexFile) ? message : undefined;
}

export function clearDamage(indexFile: string): void {
  rmSync(markFile(indexFile), { force: true });
}
