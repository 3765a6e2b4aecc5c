import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { assertDiskSpace } from './disk/disk-space.ts';
import type { Author } from './git/batch-writer.ts';
import { openRecords, type RecordsArchive } from './git/records-archive.ts';
import { type Ledger, openLedger, type ReadOnlyLedger } from './ledger/ledger.ts';
import { thisProcess } from './ledger/lock-owner.ts';
import { acquireWriterLock, type WriterLock } from './ledger/writer-lock.ts';

/** Where the parts of a collection's data are, and how its records are written. All paths are absolute. */
export interface CollectionPlaces {
  readonly dataDirectory: string;
  readonly versionsDirectory: string;
  readonly snapshotsDirectory: string;
  readonly ledgerFile: string;
  readonly lockFile: string;
  readonly author: Author;
  readonly snapshotIdentifierTemplate: string;
  /** Value of the trailer `X-engine-version`. */
  readonly engineVersion: string;
  /** Free bytes on the disk below which nothing more is written. */
  readonly diskFloor: number;
  /** Most milliseconds that a record waits for others before it is acknowledged with them. */
  readonly groupDelay?: number;
}

/** A collection's data as its one writer has them. */
export interface WritableCollection {
  readonly records: RecordsArchive;
  readonly ledger: Ledger;
  /** Acknowledges what was recorded, brings work trees up to date, and lets the lock go. */
  close(): Promise<void>;
}

/**
 * Takes a collection's lock, which makes this process its one writer until the lock is released or the process ends.
 *
 * @param command named to whoever meets the lock.
 * @throws LockedError, DiskSpaceError.
 */
export async function lockCollection(places: CollectionPlaces, command: string): Promise<WriterLock> {
  await assertRoom(places, places.snapshotsDirectory);
  await assertRoom(places, places.versionsDirectory);
  await mkdir(places.dataDirectory, { recursive: true });
  return acquireWriterLock(places.lockFile, { owner: thisProcess(command) });
}

/**
 * Opens a collection's data for its one writer, made where there are none yet.
 *
 * @param lock held by this process, and kept when the data are closed; or the name of the command, which then takes the
 *   lock for as long as the data are open.
 * @throws LockedError, DiskSpaceError, LedgerError, ArchiveError; each says what to do.
 */
export async function openForWriting(places: CollectionPlaces, lock: WriterLock | string): Promise<WritableCollection> {
  const { ledgerFile } = places;
  const undo: (() => unknown)[] = [];
  if (typeof lock === 'string') {
    const own = await lockCollection(places, lock);
    undo.unshift(() => own.release());
  } else {
    await assertRoom(places, places.snapshotsDirectory);
    await assertRoom(places, places.versionsDirectory);
  }
  try {
    const ledger = openLedger(ledgerFile);
    undo.unshift(() => ledger.close());
    const records = await openRecords({ ...places, create: true });
    undo.unshift(() => records.close());
    return { records: withFloor(records, places), ledger, close: () => closeAll(undo) };
  } catch (error) {
    await closeAll(undo).catch(() => {});
    throw error;
  }
}

/** The folder itself, or the nearest one above it that is there: a full disk is told before anything is made on it. */
function existingAncestor(directory: string): string {
  const above = dirname(directory);
  return existsSync(directory) || above === directory ? directory : existingAncestor(above);
}

/** A collection's data for looking only: nothing is written and no lock is taken. Parts that are not there are undefined. */
export interface ReadableCollection {
  readonly records: RecordsArchive | undefined;
  readonly ledger: ReadOnlyLedger | undefined;
  close(): Promise<void>;
}

/** @throws LedgerError, ArchiveError where a part is there and cannot be read. */
export async function openForReading(places: CollectionPlaces): Promise<ReadableCollection> {
  const { versionsDirectory, snapshotsDirectory, ledgerFile } = places;
  const undo: (() => unknown)[] = [];
  try {
    const ledger = existsSync(ledgerFile) ? openLedger(ledgerFile, { readOnly: true }) : undefined;
    if (ledger) undo.unshift(() => ledger.close());
    const isRecorded = existsSync(versionsDirectory) && existsSync(snapshotsDirectory);
    const records = isRecorded ? await openRecords({ ...places, write: false }) : undefined;
    if (records) undo.unshift(() => records.close());
    return { records, ledger, close: () => closeAll(undo) };
  } catch (error) {
    await closeAll(undo).catch(() => {});
    throw error;
  }
}

/** Every part is closed, also when one of them fails to; the first failure is thrown then. */
async function closeAll(undo: readonly (() => unknown)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of undo) {
    try {
      await close();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Refuses records while the disk is nearly full: git cannot be trusted to end well on a full one. */
function withFloor(records: RecordsArchive, places: CollectionPlaces): RecordsArchive {
  return {
    ...records,
    async recordSnapshot(draft) {
      await assertRoom(places, places.snapshotsDirectory);
      return records.recordSnapshot(draft);
    },
    async recordVersion(draft) {
      await assertRoom(places, places.versionsDirectory);
      return records.recordVersion(draft);
    },
  };
}

/** A collection's configuration may place its repositories on other disks than the ledger. */
async function assertRoom({ dataDirectory, diskFloor }: CollectionPlaces, repository: string): Promise<void> {
  for (const directory of [dataDirectory, repository]) await assertDiskSpace(existingAncestor(directory), diskFloor);
}
