import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of the files at each path, 0 where there is nothing; a SQLite file with its log. */
export async function diskUse(paths: Readonly<Record<string, string>>): Promise<Record<string, number>> {
  const sizes = Object.entries(paths).map(async ([part, path]) => {
    const bytes = await Promise.all([path, `${path}-wal`].map(sizeOf));
    return [part, bytes.reduce((sum, size) => sum + size, 0)] as const;
  });
  return Object.fromEntries(await Promise.all(sizes));
}

/** Files come and go below while git works: what has gone counts as nothing. */
async function sizeOf(path: string): Promise<number> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isDirectory()) return found?.size ?? 0;
  let total = 0;
  for (const name of await readdir(path).catch(() => [])) total += await sizeOf(join(path, name));
  return total;
}
