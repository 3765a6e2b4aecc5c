import { lchown, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Whose files are. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The owner of a folder, or of the nearest folder above it that is there. */
export async function ownerOf(folder: string): Promise<Owner> {
  const found = await stat(folder).catch(() => undefined);
  if (found) return { uid: found.uid, gid: found.gid };
  return ownerOf(dirname(folder));
}

/**
 * Hands a file, or a folder with all that is in it, to its owner. Only root can, and only root needs to: what others
 * write is their own. Symbolic links are not followed.
 */
export async function handOver(path: string, { uid, gid }: Owner): Promise<void> {
  if (process.getuid?.() !== 0) return;
  await lchown(path, uid, gid);
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) await handOver(join(path, entry.name), { uid, gid });
}
