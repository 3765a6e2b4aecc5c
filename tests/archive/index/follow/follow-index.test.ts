import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type FollowOptions, followIndex, type IndexFollower } from '../../../../archive/index/follow/follow-index.ts';
import { IndexUnavailableError } from '../../../../archive/index/index-error.ts';
import { updateIndex } from '../../../../archive/index/update-index.ts';
import { thisProcess } from '../../../../archive/ledger/lock-owner.ts';
import { acquireWriterLock } from '../../../../archive/ledger/writer-lock.ts';
import { archiveOfRecords } from '../../../helpers/archive-of-records.ts';
import { git } from '../../../helpers/repository.ts';
import { temporaryDirectory } from '../../../helpers/temporary-directory.ts';

const follow = async (options: FollowOptions): Promise<IndexFollower> => {
  const follower = await followIndex({ pollInterval: 50, ...options });
  onTestFinished(() => follower.close());
  return follower;
};

const TERMS = ['Larkmail', 'Terms of Service'] as const;

describe('an index that is followed', () => {
  test('is made, and takes in what is recorded by itself', async () => {
    const archive = await archiveOfRecords();
    const [first] = await archive.record(...TERMS, 'You agree.');
    const follower = await follow(archive);
    await follower.caughtUp();
    expect(follower.activity()).toEqual({ kind: 'ready' });
    const reader = follower.reader();
    expect(reader.latestVersion(...TERMS)?.id).toBe(first);

    const changed = vi.fn();
    follower.onChange(changed);
    const [second] = await archive.record(...TERMS, 'You agree to arbitration.');
    await expect.poll(() => reader.latestVersion(...TERMS)?.id, { timeout: 5_000 }).toBe(second);
    await expect.poll(() => changed.mock.calls.length, { timeout: 5_000 }).toBeGreaterThan(0);
    await follower.caughtUp();
    expect(reader.search({ text: 'arbitration', limit: 10 }).hits).toHaveLength(1);
  });

  test('can be read at once when it is there, before anything was looked at', async () => {
    const archive = await archiveOfRecords();
    const [id] = await archive.record(...TERMS, 'You agree.');
    const former = await follow(archive);
    await former.caughtUp();
    await former.close();

    const follower = await follow(archive);
    expect(follower.reader().latestVersion(...TERMS)?.id).toBe(id);
    expect(follower.activity()).toEqual({ kind: 'ready' });
  });

  test('says what is being done while there is nothing to read', async () => {
    const archive = await archiveOfRecords();
    await archive.record(...TERMS, 'You agree.');
    const follower = await follow(archive);
    expect(() => follower.reader()).toThrow(IndexUnavailableError);
    expect(() => follower.reader()).toThrow(/is being made from the records; ask again/);
    expect(follower.activity()).toMatchObject({ kind: 'building', part: 'records' });
  });

  test('waits for repositories that do not exist yet', async () => {
    const data = await temporaryDirectory();
    const follower = await follow({
      versionsDirectory: join(data, 'versions'),
      snapshotsDirectory: join(data, 'snapshots'),
      indexFile: join(data, 'index.sqlite'),
    });
    await follower.caughtUp();
    expect(follower.reader().terms()).toEqual([]);
    const archive = await archiveOfRecords(data);
    const [id] = await archive.record(...TERMS, 'You agree.');
    await expect.poll(() => follower.reader().latestVersion(...TERMS)?.id, { timeout: 5_000 }).toBe(id);
  });

  test('tells that it is being built, and of a rewritten history', async () => {
    const archive = await archiveOfRecords();
    await archive.record(...TERMS, 'You agree.');
    await archive.record(...TERMS, 'You agree to arbitration.');
    const told: string[] = [];
    const tell = (message: string): void => void told.push(message);
    const follower = await follow({ ...archive, log: { info: tell, warn: tell, error: tell } });
    await follower.caughtUp();
    expect(told).toEqual([
      expect.stringMatching(/is being built from the records/),
      expect.stringMatching(/is up to date, after [\d.]+ s/),
    ]);
    git(archive.versionsDirectory, 'reset', '--quiet', '--hard', 'HEAD~1');
    await follower.caughtUp();
    expect(told.slice(2)).toEqual([expect.stringMatching(/history of the versions was rewritten: 1 record of/)]);
  });

  test('takes in records after the references were packed', async () => {
    const archive = await archiveOfRecords();
    await archive.record(...TERMS, 'One');
    const follower = await follow(archive);
    await follower.caughtUp();
    git(archive.versionsDirectory, 'pack-refs', '--all');
    const [second] = await archive.record(...TERMS, 'Two');
    await expect.poll(() => follower.reader().latestVersion(...TERMS)?.id, { timeout: 5_000 }).toBe(second);
  });

  test('goes on with a repository that was put in the place of another', async () => {
    const archive = await archiveOfRecords();
    const other = await archiveOfRecords();
    await archive.record(...TERMS, 'One', 'Two', 'Three');
    const [id] = await other.record('Wrenbank', 'Privacy Policy', 'We keep little.');
    await archive.close();
    await other.close();
    const follower = await follow(archive);
    await follower.caughtUp();
    const { epoch } = follower.reader().state();

    await rm(archive.versionsDirectory, { recursive: true });
    await rename(other.versionsDirectory, archive.versionsDirectory);
    await expect.poll(() => follower.reader().versionById(id ?? '')?.serviceId, { timeout: 5_000 }).toBe('Wrenbank');
    expect(follower.reader().latestVersion(...TERMS)).toBeUndefined();
    expect(follower.reader().state().epoch).not.toBe(epoch);
  });

  test('is closed quickly, also while it is being built, and then answers nothing', async () => {
    const archive = await archiveOfRecords();
    await archive.record(...TERMS, ...Array.from({ length: 300 }, (_, index) => `Version ${index}`));
    const follower = await follow(archive);
    const waiting = follower.caughtUp();
    const started = performance.now();
    await Promise.all([follower.close(), expect(waiting).rejects.toThrow(IndexUnavailableError)]);
    // The worker is given a second to end by itself; the rest is for a busy machine.
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(() => follower.reader()).toThrow(/closed/);
    await expect(follower.caughtUp()).rejects.toThrow(/closed/);
    // The lock is free: another may write.
    acquireWriterLock(join(archive.indexFile, '..', 'index.lock'), { owner: thisProcess('test') }).release();
  });
});

describe('an index that another process keeps', () => {
  test('is read, and kept from when that one ends', async () => {
    const archive = await archiveOfRecords();
    const [first] = await archive.record(...TERMS, 'One');
    const writer = await follow(archive);
    await writer.caughtUp();
    const said: string[] = [];
    const log = { info: (message: string) => said.push(message), warn: fail, error: fail };
    const follower = await follow({ ...archive, log });
    expect(follower.reader().latestVersion(...TERMS)?.id).toBe(first);
    await expect.poll(() => said.join('\n'), { timeout: 5_000 }).toMatch(/is kept by "clausewatch serve" \(process/);

    const changed = vi.fn();
    follower.onChange(changed);
    const [second] = await archive.record(...TERMS, 'Two');
    await follower.caughtUp();
    expect(follower.reader().latestVersion(...TERMS)?.id).toBe(second);
    await expect.poll(() => changed.mock.calls.length).toBeGreaterThan(0);

    await writer.close();
    const [third] = await archive.record(...TERMS, 'Three');
    await expect.poll(() => follower.reader().latestVersion(...TERMS)?.id, { timeout: 10_000 }).toBe(third);
    expect(said.join('\n')).toMatch(/kept by this process from now on/);
    expect(existsSync(archive.indexFile)).toBe(true);
  });

  test('is caught up when its text is in as well', async () => {
    const archive = await archiveOfRecords();
    await archive.record(...TERMS, 'You agree to arbitration.');
    const lock = acquireWriterLock(join(archive.indexFile, '..', 'index.lock'), { owner: thisProcess('test') });
    await updateIndex({ ...archive, withText: false });
    const follower = await follow(archive);
    const caughtUp = vi.fn();
    const waiting = follower.caughtUp().then(caughtUp);
    await pause(1_000);
    expect(follower.reader().latestVersion(...TERMS)).toBeDefined();
    expect(caughtUp).not.toHaveBeenCalled();
    await updateIndex(archive);
    await waiting;
    expect(follower.reader().search({ text: 'arbitration', limit: 10 }).hits).toHaveLength(1);
    lock.release();
  });
});

function fail(message: string): never {
  throw new Error(`Not expected to be said: ${message}`);
}
