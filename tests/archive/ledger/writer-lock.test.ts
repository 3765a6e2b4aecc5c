import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockOwner, thisProcess } from '../../../archive/ledger/lock-owner.ts';
import { acquireWriterLock, LockedError } from '../../../archive/ledger/writer-lock.ts';
import { startProcess } from '../../helpers/child-process.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const HOLD_LOCK = join(import.meta.dirname, 'processes', 'hold-lock.ts');
const lockFile = async (): Promise<string> => join(await temporaryDirectory(), 'data', 'tracker.lock');
const take = (file: string) =>
  acquireWriterLock(file, { owner: thisProcess('start', new Date('2026-03-01T10:00:00Z')) });

test('a second owner is refused and told who holds the lock and what to do', async () => {
  const file = await lockFile();
  const lock = take(file);
  expect(() => take(file)).toThrow(LockedError);
  expect(() => take(file)).toThrow(
    `in use by "clausewatch start" (process ${process.pid} on ${hostname()}, since 2026-03-01T10:00:00.000Z). Wait until`,
  );
  lock.release();
  take(file).release();
});

test('whether a lock is held can be seen without taking it', async () => {
  const file = await lockFile();
  expect(lockOwner(file)).toBeUndefined();
  const lock = take(file);
  expect(lockOwner(file)).toEqual(thisProcess('start', new Date('2026-03-01T10:00:00Z')));
  lock.release();
  expect(lockOwner(file)).toBeUndefined();
});

test('the lock of a killed process is free at once', async () => {
  const file = await lockFile();
  const owner = startProcess(HOLD_LOCK, [file]);
  expect(await owner.lines.next()).toMatchObject({ value: 'held' });
  expect(() => take(file)).toThrow(
    expect.objectContaining({ owner: expect.objectContaining({ pid: owner.child.pid }) }),
  );
  expect(lockOwner(file)?.pid).toBe(owner.child.pid);
  await owner.kill();
  expect(lockOwner(file)).toBeUndefined();
  take(file).release();
});

test('of two that start at the same moment exactly one wins, and the other names it (20 rounds)', async () => {
  const file = await lockFile();
  for (let round = 0; round < 20; round++) {
    const moment = String(Date.now() + 400);
    const both = [startProcess(HOLD_LOCK, [file, moment]), startProcess(HOLD_LOCK, [file, moment])];
    const said = await Promise.all(both.map(async ({ lines }) => String((await lines.next()).value)));
    const winner = both[said.indexOf('held')];
    expect(said.filter((line) => line === 'held')).toHaveLength(1);
    expect(said).toContain(`locked ${winner?.child.pid}`);
    await Promise.all(both.map(({ kill }) => kill()));
  }
});
