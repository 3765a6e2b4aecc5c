import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type FollowOptions, followIndex, type IndexFollower } from '../../../../archive/index/follow/follow-index.ts';
import { IndexUnavailableError } from '../../../../archive/index/index-error.ts';
import { openIndexReader } from '../../../../archive/index/open-reader.ts';
import { INDEX_SCHEMA } from '../../../../archive/index/schema.ts';
import { updateIndex } from '../../../../archive/index/update-index.ts';
import { type ArchiveOfRecords, archiveOfRecords } from '../../../helpers/archive-of-records.ts';
import { expectFresh } from '../../../helpers/fresh-index.ts';
import { noMountReason, smallDisk } from '../../../helpers/small-disk.ts';
import { temporaryDirectory } from '../../../helpers/temporary-directory.ts';

// Must hold for readers: an index deleted, truncated, of an older schema, or being written while read: the server says
// so and recovers by itself. Real files, real threads.

const TERMS = ['Larkmail', 'Terms of Service'] as const;

interface Following {
  readonly follower: IndexFollower;
  /** What was logged, a line each. */
  readonly said: string[];
}

async function follow(options: FollowOptions): Promise<Following> {
  const said: string[] = [];
  const say = (message: string): void => {
    said.push(message);
  };
  const follower = await followIndex({ pollInterval: 50, ...options, log: { info: say, warn: say, error: say } });
  onTestFinished(() => follower.close());
  return { follower, said };
}

/** An archive whose index takes some hundred pages: made once, since most of the tests begin with it. */
let model: Promise<string> | undefined;

async function makeModel(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'clausewatch-recovery-'));
  const archive = await archiveOfRecords(directory);
  const clause = (number: number): string =>
    `Clause ${number}. ${`The member of group ${number} agrees to rule ${number * 7}. `.repeat(6)}`;
  const text = (version: number): string =>
    Array.from({ length: 40 }, (_, index) => clause(index + version)).join('\n\n');
  for (const serviceId of ['Larkmail', 'Wrenbank', 'Finchat']) {
    await archive.record(serviceId, 'Terms of Service', ...Array.from({ length: 25 }, (_, index) => text(index)));
  }
  await archive.close();
  await updateIndex(archive);
  return directory;
}

afterAll(async () => {
  if (model) await rm(await model, { recursive: true, force: true });
});

/** A copy of it for one test, without the index where that is to be made. */
async function archiveWithHistory({ isIndexed = false } = {}): Promise<ArchiveOfRecords> {
  model ??= makeModel();
  const directory = await temporaryDirectory();
  await cp(await model, directory, { recursive: true });
  const archive = await archiveOfRecords(directory, 75);
  if (!isIndexed) remove(archive.indexFile);
  return archive;
}

/** Everything that a reader can be asked, so that every page is read. */
function askEverything(follower: IndexFollower): number {
  const reader = follower.reader();
  reader.search({ text: 'member OR rule OR clause', limit: 100 });
  return reader.versions({}, { limit: 1_000 }).filter(({ id }) => reader.versionById(id)).length;
}

/** Answers of a reader while things go wrong: right ones, or an error that says what is being done. */
async function expectRecovery(follower: IndexFollower, versions: number): Promise<void> {
  const others: unknown[] = [];
  await expect
    .poll(
      () => {
        try {
          return askEverything(follower);
        } catch (error) {
          const says = /index\.sqlite .*(anew|ask again|by itself)/;
          if (!(error instanceof IndexUnavailableError && says.test(error.message))) others.push(error);
          return 0;
        }
      },
      { timeout: 60_000 },
    )
    .toBe(versions);
  expect(others).toEqual([]);
}

/** A log that holds all pages would make up for a file that is broken. */
function applyLog(file: string): void {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

function damage(file: string, work: (descriptor: number, size: number) => void): void {
  const descriptor = openSync(file, 'r+');
  work(descriptor, statSync(file).size);
  closeSync(descriptor);
}

const truncateAt = (share: number) => (file: string) =>
  damage(file, (descriptor, size) => ftruncateSync(descriptor, Math.floor(size * share)));

/** Overwrites a tenth of the file, whole pages and parts of them. */
const garbageAt = (share: number) => (file: string) =>
  damage(file, (descriptor, size) => {
    const garbage = Buffer.from(Array.from({ length: Math.ceil(size / 10) }, (_, index) => (index * 7919 + 13) % 251));
    writeSync(descriptor, garbage, 0, garbage.length, Math.floor(size * share));
  });

function setVersion(file: string, version: number): void {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec(`PRAGMA user_version = ${version}`);
  database.close();
}

const remove = (file: string): void => {
  for (const name of readdirSync(dirname(file))) {
    if (/^index\.sqlite(-wal|-shm)?$/.test(name)) rmSync(join(dirname(file), name), { force: true });
  }
};

const CASES: readonly (readonly [string, (file: string) => void])[] = [
  ['deleted', remove],
  ['deleted without what SQLite keeps beside it', (file) => rmSync(file)],
  ['of zero bytes', (file) => writeFileSync(file, '')],
  ['cut off in the header', (file) => damage(file, (descriptor) => ftruncateSync(descriptor, 57))],
  ...[0.03, 0.31, 0.5, 0.87, 0.999].map((share) => [`cut off at ${share} of its length`, truncateAt(share)] as const),
  ...[0, 0.02, 0.2, 0.45, 0.7, 0.9].map(
    (share) => [`overwritten from ${share} of its length on`, garbageAt(share)] as const,
  ),
  ['a text', (file) => writeFileSync(file, 'This is no database.\n'.repeat(500))],
  ['of an older release', (file) => setVersion(file, INDEX_SCHEMA - 1)],
  ['of a newer release', (file) => setVersion(file, INDEX_SCHEMA + 1)],
  [
    'without one of its tables',
    (file) => {
      const database = new DatabaseSync(file, { timeout: 5_000 });
      database.exec('DROP TABLE standing');
      database.close();
    },
  ],
];

describe.each(CASES)('an index that is %s', { timeout: 240_000 }, (_name, break_) => {
  test('while it is served', async () => {
    const archive = await archiveWithHistory();
    const { follower, said } = await follow(archive);
    await follower.caughtUp();
    expect(askEverything(follower)).toBe(75);

    applyLog(archive.indexFile);
    // The writer takes that in as its own; what is broken in the middle of it would be met by queries alone.
    await follower.caughtUp();
    break_(archive.indexFile);
    await expect.poll(() => said.join('\n'), { timeout: 60_000 }).toMatch(/made anew/);
    await expectRecovery(follower, 75);
    // And goes on.
    await archive.record(...TERMS, 'One more.');
    await follower.caughtUp();
    await expectRecovery(follower, 76);
    await expect.poll(() => follower.activity()).toEqual({ kind: 'ready' });
    await expectFresh(archive);
  });

  test('when the server starts', async () => {
    const archive = await archiveWithHistory({ isIndexed: true });
    break_(archive.indexFile);

    const { follower } = await follow(archive);
    await expectRecovery(follower, 75);
    await follower.caughtUp();
    await archive.record(...TERMS, 'One more.');
    await follower.caughtUp();
    await expectRecovery(follower, 76);
    // Damage that no query met is found when the tables are looked through, one after another, while nothing else is due.
    await vi.waitFor(() => expectFresh(archive), { timeout: 60_000, interval: 200 });
  });
});

describe('a folder in the place of the index', () => {
  test('that is empty is replaced', async () => {
    const archive = await archiveWithHistory();
    await mkdir(archive.indexFile);
    const { follower } = await follow(archive);
    await expectRecovery(follower, 75);
  });

  test('that is not empty is left alone, said, and replaced by the index when it is gone', async () => {
    const archive = await archiveWithHistory();
    await mkdir(archive.indexFile);
    await writeFile(join(archive.indexFile, 'letter.txt'), 'Dear all');
    const { follower, said } = await follow(archive);
    await expect(follower.caughtUp()).rejects.toThrow(/is a folder that is not empty; move it away/);
    expect(follower.activity()).toMatchObject({ kind: 'failed', message: expect.stringMatching(/move it away/) });
    expect(() => follower.reader()).toThrow(/move it away/);
    expect(existsSync(join(archive.indexFile, 'letter.txt'))).toBe(true);
    expect(said.filter((line) => /move it away/.test(line))).toHaveLength(1);
    await rm(archive.indexFile, { recursive: true });
    await expectRecovery(follower, 75);
  });
});

describe.skipIf(noMountReason)(`a disk of its own${noMountReason ? ` (skipped: ${noMountReason})` : ''}`, () => {
  test('that is read-only: readers are answered, the state says why nothing new comes', async () => {
    const archive = await archiveWithHistory();
    const disk = smallDisk('20m');
    const onDisk = { ...archive, indexFile: join(disk.directory, 'index.sqlite') };
    const { follower: former } = await follow(onDisk);
    await former.caughtUp();
    await former.close();
    disk.makeReadOnly();

    const { follower } = await follow(onDisk);
    expect(askEverything(follower)).toBe(75);
    await archive.record(...TERMS, 'One more.');
    await expect
      .poll(() => follower.activity(), { timeout: 30_000 })
      .toMatchObject({
        kind: 'failed',
        message: expect.stringMatching(
          /cannot be written: .*Readers are answered .* give this program the right to write/,
        ),
      });
    await expect(follower.caughtUp()).rejects.toThrow(IndexUnavailableError);
    expect(askEverything(follower)).toBe(75);
  });

  test('that is full: readers are answered, and it goes on when there is room again', async () => {
    const archive = await archiveWithHistory();
    const disk = smallDisk('4m');
    const onDisk = { ...archive, indexFile: join(disk.directory, 'index.sqlite') };
    const { follower } = await follow(onDisk);
    await follower.caughtUp();
    const fill = join(disk.directory, 'fill');
    for (let size = 64 * 1024; size >= 1024; size /= 2) fillUp(fill, size);

    await archive.record(...TERMS, ...Array.from({ length: 10 }, (_, index) => `More ${index} `.repeat(500)));
    await expect
      .poll(() => follower.activity(), { timeout: 20_000 })
      .toMatchObject({
        kind: 'failed',
        message: expect.stringMatching(/cannot be written: .*full.* make room on its disk/),
      });
    expect(askEverything(follower)).toBeGreaterThanOrEqual(75);
    rmSync(fill);
    await expect.poll(() => follower.activity(), { timeout: 30_000 }).toEqual({ kind: 'ready' });
    await expectRecovery(follower, 85);
    await expectFresh(onDisk);
  });
});

/** Adds to a file until no more fits. */
function fillUp(file: string, step: number): void {
  const descriptor = openSync(file, 'a');
  try {
    for (;;) writeSync(descriptor, Buffer.alloc(step));
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
  } finally {
    closeSync(descriptor);
  }
}

test('an index that is written to is read from many connections, each answer whole', async () => {
  const archive = await archiveWithHistory();
  const { follower } = await follow(archive);
  await follower.caughtUp();
  const readers = Array.from({ length: 20 }, () => openIndexReader(archive.indexFile));
  onTestFinished(() => {
    for (const reader of readers) reader.close();
  });
  let isWriting = true;
  let answers = 0;
  const writing = archive
    .record(...TERMS, ...Array.from({ length: 40 }, (_, index) => `Version ${index}`))
    .then(() => follower.caughtUp())
    .finally(() => {
      isWriting = false;
    });
  const highest = readers.map(() => 0);
  while (isWriting) {
    for (const [index, reader] of readers.entries()) {
      const [latest] = reader.versions({}, { limit: 1 });
      // Records never go back, and the latest of all is the latest of its terms, or was a moment ago.
      expect(latest?.seq).toBeGreaterThanOrEqual(highest[index] ?? 0);
      highest[index] = latest?.seq ?? 0;
      answers++;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await writing;
  expect(answers).toBeGreaterThan(20);
  for (const reader of readers) expect(reader.countVersions({})).toBe(115);
  await expectFresh(archive);
});
