import { existsSync } from 'node:fs';
import { mkdtemp, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { create } from 'tar';
import { createBundle } from '../../git/bundle.ts';
import { MANIFEST_FILE, type Manifest, type ManifestPart, newManifest, sha256 } from './manifest.ts';
import { BackupError, type BackupListener, type BackupPart } from './part.ts';
import { assertSound, copySqlite } from './sqlite-copy.ts';
import { syncDirectory } from './sync-directory.ts';

export interface BackupOptions {
  /** The `.tar.gz` to make. */
  readonly file: string;
  /**
   * In this order, which keeps them in step while a tracker works: the ledger, versions, snapshots. What is entered in
   * the first was in the others before. Stores that do not exist yet are left out.
   */
  readonly parts: readonly BackupPart[];
  readonly engineVersion: string;
  /** Replace an existing file, once the new one is complete. */
  readonly force?: boolean;
  readonly clock?: () => Date;
  readonly onStep?: BackupListener;
}

/**
 * Makes a backup, also while a tracker works. The file appears under its name when it is complete and on the disk.
 *
 * @throws BackupError, ArchiveError
 */
export async function backup(options: BackupOptions): Promise<Manifest & { readonly bytes: number }> {
  const { file, parts, engineVersion, force = false, clock = () => new Date(), onStep } = options;
  if (existsSync(file) && !force)
    throw new BackupError(`${file} exists. Name another file, or replace it with --force.`);
  const present = parts.filter(({ path }) => existsSync(path));
  if (present.length === 0) {
    throw new BackupError(
      `There is nothing to back up yet: none of ${parts.map(({ path }) => path).join(', ')} exists. ` +
        'Run "clausewatch track" first, or name the folder of the records with --data.',
    );
  }
  const date = clock().toISOString();
  const directory = dirname(file);
  // Beside the target, so that the last step is a rename within one disk.
  const staging = await mkdtemp(join(directory, `.${basename(file)}-`)).catch((cause: unknown) => {
    throw new BackupError(`No backup can be written in ${directory}: ${describe(cause)}`, { cause });
  });
  try {
    const entries: ManifestPart[] = [];
    for (const part of present) {
      onStep?.({ part: part.name, action: 'copying' });
      entries.push(await copyPart(part, staging));
    }
    const manifest = newManifest({ date, engineVersion, parts: entries });
    await writeFile(join(staging, MANIFEST_FILE), `${JSON.stringify(manifest, undefined, 2)}\n`);
    onStep?.({ part: 'all parts', action: 'packing' });
    const packed = join(staging, 'packed.tar.gz');
    const names = [MANIFEST_FILE, ...entries.flatMap((entry) => entry.file?.name ?? [])];
    await create({ file: packed, cwd: staging, gzip: true, portable: true, mtime: new Date(date) }, names);
    const handle = await open(packed, 'r+');
    await handle.sync();
    await handle.close();
    const { size } = await stat(packed);
    await rename(packed, file);
    await syncDirectory(directory);
    return { ...manifest, bytes: size };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function copyPart({ name, kind, path }: BackupPart, staging: string): Promise<ManifestPart> {
  const fileName = `${name}.${kind === 'git' ? 'bundle' : 'sqlite'}`;
  const target = join(staging, fileName);
  if (kind === 'git') {
    if (!(await createBundle(path, target))) return { name, kind };
  } else {
    try {
      await copySqlite(path, target);
    } catch (cause) {
      throw new BackupError(`${path} could not be copied: ${describe(cause)}. No backup was made.`, { cause });
    }
    assertSound(target, path);
  }
  const { size } = await stat(target);
  return { name, kind, file: { name: fileName, bytes: size, sha256: await sha256(target) } };
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));
