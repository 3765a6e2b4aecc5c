import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { assertDiskSpace, DiskSpaceError } from '../../../archive/disk/disk-space.ts';
import { openLedger } from '../../../archive/ledger/ledger.ts';
import { noMountReason, smallDisk } from '../../helpers/small-disk.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const skipped = noMountReason ? ` (skipped: ${noMountReason})` : '';
const onSmallDisk = test.skipIf(noMountReason !== undefined);

const run = { kind: 'track', startedAt: new Date(0), engineVersion: 'clausewatch/0', services: 1, terms: 1 };
const check = (runId: number, message: string) =>
  ({
    runId,
    serviceId: 'Brass & Co',
    termsType: 'Terms of Service',
    location: 'https://brass.example/terms',
    date: new Date(5),
    attempt: 1,
    durationMs: 1,
    outcome: 'failed',
    stage: 'fetch',
    reason: 'server',
    message,
  }) as const;

test('a disk with room enough passes; below the floor the error names both', async () => {
  const directory = await temporaryDirectory();
  await assertDiskSpace(directory, 1);
  await expect(assertDiskSpace(directory, 1e18)).rejects.toThrow(DiskSpaceError);
  await expect(assertDiskSpace(directory, 1e18)).rejects.toThrow(/ free; .* below 1000000\.0 TB/);
});

onSmallDisk(`the room of a small disk is measured as it fills${skipped}`, async () => {
  const { directory } = smallDisk('1m');
  await assertDiskSpace(directory, 900_000);
  writeFileSync(join(directory, 'filler'), Buffer.alloc(500_000));
  await expect(assertDiskSpace(directory, 900_000)).rejects.toThrow(/has 54\d\.\d KB free; .* below 900\.0 KB/);
});

onSmallDisk(`on a full disk an entry is refused whole, and what was there stays readable${skipped}`, async () => {
  const { directory } = smallDisk('1m');
  const file = join(directory, 'ledger.sqlite');
  const ledger = openLedger(file);
  const runId = ledger.startRun(run);
  let acknowledged = 0;
  expect(() => {
    for (; ; acknowledged++) ledger.recordCheck(check(runId, `${acknowledged} `.padEnd(5_000)));
  }).toThrow(expect.objectContaining({ name: 'LedgerError', reason: 'unusable' }));
  expect(acknowledged).toBeGreaterThan(5);
  expect(ledger.counts().checks).toBe(acknowledged);
  const reader = openLedger(file, { readOnly: true });
  expect(reader.counts().checks).toBe(acknowledged);
  reader.close();
  ledger.close();
  const database = new DatabaseSync(file, { readOnly: true });
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  database.close();
});

describe.skipIf(noMountReason !== undefined)(`a ledger on a disk that cannot be written can be read${skipped}`, () => {
  // A reader leaves the log's files behind, so both states are met.
  test.each([
    ['closed by its writer', false],
    ['read before', true],
  ])('%s', async (_, isReadBefore) => {
    const disk = smallDisk('1m');
    const file = join(disk.directory, 'ledger.sqlite');
    const ledger = openLedger(file);
    ledger.recordCheck(check(ledger.startRun(run), 'no answer'));
    ledger.close();
    if (isReadBefore) openLedger(file, { readOnly: true }).close();
    expect(existsSync(`${file}-wal`)).toBe(isReadBefore);
    disk.makeReadOnly();
    const reader = openLedger(file, { readOnly: true });
    expect(reader.counts().checks).toBe(1);
    reader.close();
    expect(() => openLedger(file)).toThrow(expect.objectContaining({ reason: 'unusable' }));
  });
});
