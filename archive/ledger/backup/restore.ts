import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { restoreBundle } from '../../git/bundle.ts';
import { thisProcess } from '../lock-owner.ts';
import { acquireWriterLock } from '../writer-lock.ts';
import { handOver, ownerOf } from './keep-owner.ts';
import type { Manifest, ManifestPart } from './manifest.ts';
import { BackupError, type BackupListener, type BackupPart } from './part.ts';
import { assertKnownSchema, assertSound } from './sqlite-copy.ts';
import { syncDirectory } from './sync-directory.ts';
import { unpack } from './unpack.ts';

export interface RestoreOptions {
  readonly file: string;
  /** Where each part belongs; parts that the backup does not hold stay untouched. */
  readonly parts: readonly BackupPart[];
  /** The tracker's lock: it is held meanwhile. */
  readonly lockFile: string;
  /** Move what is there aside, to `<name>.before-restore-<date>`. */
  readonly force?: boolean;
  readonly clock?: () => Date;
  readonly onStep?: BackupListener;
}

export interface Restored {
  readonly manifest: Manifest;
  /** Paths that were put in place. */
  readonly restored: readonly string[];
  /** Where former data was moved. */
  readonly movedAside: readonly string[];
}

/** What SQLite keeps beside a file. */
const COMPANIONS = ['', '-wal', '-shm', '-journal'];

/**
 * Puts a backup in place. Everything is unpacked beside its place and verified first (checksums, SQLite's integrity
 * check, git's own); only then are the parts renamed into place. Nothing is ever deleted.
 *
 * @throws LockedError while a tracker runs; BackupError, LedgerError, ArchiveError.
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { file, parts, lockFile, force = false, clock = () => new Date(), onStep } = options;
  if (!existsSync(file)) throw new BackupError(`There is no file ${file}.`);
  // Asked before anything is made. What root restores must be writable for the user whose tracker goes on with it.
  const folder = dirname(lockFile);
  const owner = await ownerOf(folder);
  const isNew = !existsSync(folder);
  const lock = acquireWriterLock(lockFile, { owner: thisProcess('restore', clock()) });
  const date = clock().toISOString().replaceAll(/[:.]/g, '-');
  const temporary = (part: BackupPart): string => `${part.path}.restoring`;
  const inTheWay: string[] = [];
  try {
    // What a killed restore left.
    await clear();
    const manifest = await unpack(file, async (announced) => {
      const wanted = announced.parts.map((entry) => partOf(entry));
      inTheWay.push(...(await Promise.all(wanted.map(existing))).flat());
      if (inTheWay.length > 0 && !force) {
        throw new BackupError(
          `There is data already:\n${inTheWay.map((path) => `  ${path}`).join('\n')}\nNothing was changed. ` +
            'With --force it is moved aside (to NAME.before-restore-DATE) and the backup put in its place.',
        );
      }
      for (const { path } of wanted) {
        const made = await mkdir(dirname(path), { recursive: true });
        if (made !== undefined) await handOver(made, await ownerOf(dirname(made)));
      }
      return (entry) => {
        onStep?.({ part: entry.name, action: 'unpacking' });
        return `${temporary(partOf(entry))}${entry.kind === 'git' ? '.bundle' : ''}`;
      };
    });
    for (const entry of manifest.parts) {
      const part = partOf(entry);
      onStep?.({ part: part.name, action: 'verifying' });
      if (part.kind === 'git') await restoreBundle(entry.file && `${temporary(part)}.bundle`, temporary(part));
      else {
        assertSound(temporary(part), `The ${part.name} in ${file}`);
        if (part.name === 'ledger') assertKnownSchema(temporary(part), `${part.name} in ${file}`);
      }
    }
    const movedAside: string[] = [];
    const restored: string[] = [];
    try {
      for (const path of inTheWay) {
        const aside = asideOf(path, date);
        await rename(path, aside);
        movedAside.push(aside);
      }
      for (const entry of manifest.parts) {
        const part = partOf(entry);
        onStep?.({ part: part.name, action: 'putting in place' });
        // An empty folder, or it would have been moved aside.
        if (existsSync(part.path)) await rmdir(part.path);
        await handOver(temporary(part), await ownerOf(dirname(part.path)));
        await rename(temporary(part), part.path);
        await syncDirectory(dirname(part.path));
        restored.push(part.path);
      }
    } catch (cause) {
      throw new BackupError(
        `${file} was restored in part only. In place: ${restored.join(', ') || 'nothing'}. ` +
          `Moved aside: ${movedAside.join(', ') || 'nothing'}. Nothing was deleted; see to the cause and restore again with --force.`,
        { cause },
      );
    }
    return { manifest, restored, movedAside };
  } finally {
    await clear();
    lock.release();
    const made = isNew ? folder : lockFile;
    if (existsSync(made)) await handOver(made, owner);
  }

  async function clear(): Promise<void> {
    for (const part of parts) {
      for (const suffix of [...COMPANIONS, '.bundle']) {
        await rm(`${temporary(part)}${suffix}`, { recursive: true, force: true });
      }
    }
  }

  function partOf({ name, kind }: ManifestPart): BackupPart {
    const part = parts.find((candidate) => candidate.name === name && candidate.kind === kind);
    if (part) return part;
    throw new BackupError(
      `${file} holds “${name}” (${kind}), which this Clausewatch does not know. Update Clausewatch.`,
    );
  }
}

/** Data at a part's place; an empty folder is none. */
async function existing({ kind, path }: BackupPart): Promise<string[]> {
  if (kind === 'sqlite') return COMPANIONS.map((suffix) => `${path}${suffix}`).filter((name) => existsSync(name));
  if (!existsSync(path)) return [];
  return (await readdir(path)).length > 0 ? [path] : [];
}

/** SQLite's companions keep their ending, so that the file moved aside can still be opened with them. */
function asideOf(path: string, date: string): string {
  const [, name = path, companion = ''] = /^(.*?)(-wal|-shm|-journal)?$/s.exec(path) ?? [];
  return `${name}.before-restore-${date}${companion}`;
}
