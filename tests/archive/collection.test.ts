import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CollectionPlaces, openForReading, openForWriting } from '../../archive/collection.ts';
import { DiskSpaceError } from '../../archive/disk/disk-space.ts';
import { lockOwner } from '../../archive/ledger/lock-owner.ts';
import { noMountReason, smallDisk } from '../helpers/small-disk.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

async function somePlaces(changes: Partial<CollectionPlaces> = {}): Promise<CollectionPlaces> {
  const dataDirectory = join(await temporaryDirectory(), 'data');
  return {
    dataDirectory,
    versionsDirectory: join(dataDirectory, 'versions'),
    snapshotsDirectory: join(dataDirectory, 'snapshots'),
    ledgerFile: join(dataDirectory, 'ledger.sqlite'),
    lockFile: join(dataDirectory, 'tracker.lock'),
    author: { name: 'Test', email: 'test@clausewatch.example' },
    snapshotIdentifierTemplate: './data/snapshots/%SNAPSHOT_ID',
    engineVersion: 'clausewatch/test',
    diskFloor: 0,
    groupDelay: 20,
    ...changes,
  };
}

const draft = {
  serviceId: 'Example',
  termsType: 'Terms of Service',
  fetchDate: new Date('2026-03-01T10:00:00Z'),
  content: 'Terms\n=====',
  snapshotIds: [],
  isTechnicalUpgrade: false,
};

describe('a collection opened for writing', () => {
  test('is made where there is none, holds its lock until closed, and is there for readers', async () => {
    const places = await somePlaces();
    const collection = await openForWriting(places, 'track');
    expect(lockOwner(places.lockFile)).toMatchObject({ command: 'track', pid: process.pid });
    await collection.records.recordVersion(draft);
    await collection.close();
    expect(lockOwner(places.lockFile)).toBeUndefined();
    const reading = await openForReading(places);
    expect((await reading.records?.latestVersion('Example', 'Terms of Service'))?.fetchDate).toEqual(draft.fetchDate);
    expect(reading.ledger?.counts().runs).toBe(0);
    await reading.close();
  });

  test('that cannot be opened in part lets go of the rest', async () => {
    const places = await somePlaces();
    await mkdir(places.versionsDirectory, { recursive: true });
    await writeFile(join(places.versionsDirectory, 'notes.txt'), 'not a repository');
    await expect(openForWriting(places, 'track')).rejects.toThrow(/neither empty nor a git repository/);
    expect(lockOwner(places.lockFile)).toBeUndefined();
  });

  test('is not made on a disk that is nearly full', async () => {
    const places = await somePlaces({ diskFloor: 1e18 });
    await expect(openForWriting(places, 'track')).rejects.toThrow(DiskSpaceError);
    await expect(mkdir(places.dataDirectory)).resolves.toBeUndefined();
  });

  test.skipIf(noMountReason !== undefined)(
    `minds the disks of its repositories too${noMountReason ? ` (skipped: ${noMountReason})` : ''}`,
    async () => {
      const { directory } = smallDisk('4m');
      const places = await somePlaces({ versionsDirectory: join(directory, 'versions'), diskFloor: 3_000_000 });
      const collection = await openForWriting(places, 'track');
      await collection.records.recordVersion(draft);
      await writeFile(join(directory, 'filler'), Buffer.alloc(1_500_000));
      await expect(collection.records.recordVersion({ ...draft, content: 'Changed.' })).rejects.toThrow(DiskSpaceError);
      await collection.close();
      await expect(openForWriting(places, 'track')).rejects.toThrow(directory);
    },
  );
});

test('a collection opened for reading is not made, and parts that are not there are undefined', async () => {
  const places = await somePlaces();
  const { records, ledger, close } = await openForReading(places);
  expect({ records, ledger }).toEqual({ records: undefined, ledger: undefined });
  await close();
  await expect(mkdir(places.dataDirectory)).resolves.toBeUndefined();
});
