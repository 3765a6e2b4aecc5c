import { statfs } from 'node:fs/promises';
import { formatBytes } from './format-bytes.ts';

/** Too little room is left to begin or go on writing. */
export class DiskSpaceError extends Error {
  override readonly name = 'DiskSpaceError';
  readonly freeBytes: number;

  constructor(directory: string, freeBytes: number, floorBytes: number) {
    super(
      `The disk that holds ${directory} has ${formatBytes(freeBytes)} free; Clausewatch stops writing below ` +
        `${formatBytes(floorBytes)}, so that records are never cut off. Free some space, or name another folder with --data.`,
    );
    this.freeBytes = freeBytes;
  }
}

/**
 * Makes sure that the disk of an existing directory has at least `floorBytes` for this user.
 *
 * @throws DiskSpaceError
 */
export async function assertDiskSpace(directory: string, floorBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  if (free < floorBytes) throw new DiskSpaceError(directory, free, floorBytes);
}
