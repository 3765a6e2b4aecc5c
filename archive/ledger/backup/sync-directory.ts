import { open } from 'node:fs/promises';

/** Makes renames in a directory survive a loss of power. Systems that cannot (Windows) keep them in order themselves. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
