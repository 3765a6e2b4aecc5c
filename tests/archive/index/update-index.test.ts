import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openIndexReader } from '../../../archive/index/open-reader.ts';
import { type IndexProgress, updateIndex } from '../../../archive/index/update-index.ts';
import { addCommits, makeHistory } from '../../helpers/history.ts';
import { git } from '../../helpers/repository.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const PAGE = { limit: 100 };

describe('updateIndex', () => {
  test('without commits, or not there: an index without records, until they come', async () => {
    const root = await temporaryDirectory();
    const versionsDirectory = join(root, 'versions');
    const places = {
      versionsDirectory,
      snapshotsDirectory: join(root, 'snapshots'),
      indexFile: join(root, 'index.sqlite'),
    };
    await updateIndex(places);
    const reader = openIndexReader(places.indexFile);
    expect(reader.state()).toMatchObject({ versions: 0, services: 0, versionsTip: undefined, versionsWithoutText: 0 });
    expect(reader.versions({}, PAGE)).toEqual([]);
    makeHistory(versionsDirectory);
    await updateIndex(places);
    expect(reader.state().versions).toBe(0);
    const [id] = addCommits(versionsDirectory, { message: 'First record of A Terms', set: { 'A/Terms.md': '1' } });
    const report = await updateIndex(places);
    expect(report.versions).toMatchObject({ tip: id, added: 1, removed: 0 });
    expect(reader.state()).toMatchObject({ versions: 1, services: 1, terms: 1, versionsTip: id });
    reader.close();
  });

  test('one that is gone is a fault, and what is indexed stays', async () => {
    const root = await temporaryDirectory();
    const places = { versionsDirectory: join(root, 'versions'), indexFile: join(root, 'index.sqlite') };
    addCommits(makeHistory(places.versionsDirectory), {
      message: 'First record of A Terms',
      set: { 'A/Terms.md': '1' },
    });
    await updateIndex(places);
    const elsewhere = { ...places, versionsDirectory: join(root, 'elsewhere') };
    await expect(updateIndex(elsewhere)).rejects.toThrow('elsewhere');
    const reader = openIndexReader(places.indexFile);
    expect(reader.state().versions).toBe(1);
    reader.close();
  });

  test('a shallow clone has of its first commit only what that recorded, and becomes whole', async () => {
    const root = await temporaryDirectory();
    const source = makeHistory(join(root, 'source'));
    const ids = addCommits(
      source,
      { message: 'First record of A Terms', set: { 'A/Terms.md': '1' } },
      { message: 'First record of B Terms', set: { 'B/Terms.md': '1\n' } },
      { message: 'Record new changes of A Terms', set: { 'A/Terms.md': '2' } },
    );
    const versionsDirectory = join(root, 'versions');
    git(root, 'clone', '--quiet', '--bare', '--depth=2', `file://${source}`, versionsDirectory);
    const indexFile = join(root, 'index.sqlite');
    await updateIndex({ versionsDirectory, indexFile });
    const reader = openIndexReader(indexFile);
    expect(reader.versions({}, PAGE).map(({ id, serviceId, additions }) => [id, serviceId, additions])).toEqual([
      [ids[2], 'A', 1],
      [ids[1], 'B', undefined],
    ]);
    git(versionsDirectory, 'fetch', '--quiet', '--unshallow');
    await updateIndex({ versionsDirectory, indexFile });
    expect(reader.versions({}, PAGE).map(({ id, additions }) => [id, additions])).toEqual([
      [ids[2], 1],
      [ids[1], 1],
      [ids[0], 1],
    ]);
    reader.close();
  });

  test('progress is told by parts, and its total is reached', async () => {
    const root = await temporaryDirectory();
    const versionsDirectory = makeHistory(join(root, 'versions'));
    const commits = Array.from({ length: 50 }, (_, index) => ({
      message: 'Update A Terms',
      set: { 'A/Terms.md': `Paragraph ${index}\n` },
    }));
    addCommits(versionsDirectory, ...commits);
    const seen: IndexProgress[] = [];
    await updateIndex({ versionsDirectory, indexFile: join(root, 'index.sqlite'), onProgress: (it) => seen.push(it) });
    expect(new Set(seen.map(({ part }) => part))).toEqual(new Set(['records', 'analysis', 'text', 'lines']));
    for (const part of ['analysis', 'text', 'lines']) {
      expect(seen.findLast((it) => it.part === part)).toEqual({ part, done: 50, total: 50 });
    }
    expect(seen.findLast(({ part }) => part === 'records')?.done).toBe(50);
  });

  test('a version can be read when its snapshots can, also one that comes meanwhile', async () => {
    const root = await temporaryDirectory();
    const versionsDirectory = makeHistory(join(root, 'versions'));
    const snapshotsDirectory = makeHistory(join(root, 'snapshots'));
    const places = { versionsDirectory, snapshotsDirectory, indexFile: join(root, 'index.sqlite') };
    const record = (text: string): void => {
      const message = 'Record new changes of A Terms';
      const [snapshot = ''] = addCommits(snapshotsDirectory, { message, set: { 'A/Terms.html': text } });
      const link = `This version was recorded after extracting from snapshot ${snapshot}`;
      addCommits(versionsDirectory, { message: `${message}\n\n${link}\n`, set: { 'A/Terms.md': text } });
    };
    record('One');
    await updateIndex(places);
    const reader = openIndexReader(places.indexFile);
    const versionsWithSnapshot = (): number => {
      const ids = reader.versions({}, PAGE).map(({ snapshotIds: [id] }) => id ?? 'none');
      for (const id of ids) expect(reader.snapshotById(id)?.id).toBe(id);
      return ids.length;
    };
    record('Two');
    let looks = 0;
    const onProgress = ({ part }: IndexProgress): void => {
      versionsWithSnapshot();
      // After one repository was looked at, before the other one is.
      if (part === 'records' && looks++ === 0) record('Three');
    };
    await updateIndex({ ...places, onProgress });
    expect(looks).toBeGreaterThan(1);
    expect(versionsWithSnapshot()).toBe(2);
    await updateIndex(places);
    expect(versionsWithSnapshot()).toBe(3);
    reader.close();
  });

  test('texts that are too long, missing or damaged are passed over, told once, and hinder nothing else', async () => {
    const root = await temporaryDirectory();
    const versionsDirectory = makeHistory(join(root, 'versions'));
    const indexFile = join(root, 'index.sqlite');
    const texts = [
      'Zebra one.\n',
      `${'Long. '.repeat(1_000)}\n`,
      'Zebra missing.\n',
      'Zebra damaged.\n',
      'Zebra last.\n',
    ];
    addCommits(
      versionsDirectory,
      ...texts.map((text, index) => ({
        message: `First record of Service ${index} Terms`,
        set: { [`Service ${index}/Terms.md`]: text },
      })),
    );
    for (const [service, content] of [
      [2, undefined],
      [3, 'no object'],
    ] as const) {
      const blob = git(versionsDirectory, 'rev-parse', `HEAD:Service ${service}/Terms.md`).trim();
      const file = join(versionsDirectory, 'objects', blob.slice(0, 2), blob.slice(2));
      rmSync(file, { force: true });
      if (content !== undefined) writeFileSync(file, content);
    }
    const told: string[] = [];
    const options = { versionsDirectory, indexFile, mostTextBytes: 5_000, onProblem: (it: string) => told.push(it) };
    await updateIndex(options);
    await updateIndex(options);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(
      /Service 1, Terms\), and of 2 more versions, cannot be searched: .*6001 bytes; at most 5000/s,
    );
    const reader = openIndexReader(indexFile);
    expect(reader.state()).toMatchObject({ versions: 5, versionsWithoutText: 0 });
    expect(reader.search({ text: 'zebra', limit: 10 }).hits.map(({ serviceId }) => serviceId)).toEqual(
      expect.arrayContaining(['Service 0', 'Service 4']),
    );
    expect(reader.search({ text: 'long', limit: 10 }).total).toBe(0);
    reader.close();
  });

  test('an update that is aborted leaves what it finished, and the next one goes on', async () => {
    const root = await temporaryDirectory();
    const versionsDirectory = makeHistory(join(root, 'versions'));
    const indexFile = join(root, 'index.sqlite');
    addCommits(versionsDirectory, { message: 'First record of A Terms', set: { 'A/Terms.md': '1' } });
    const reason = new Error('enough');
    await expect(updateIndex({ versionsDirectory, indexFile, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(() => openIndexReader(indexFile)).toThrow('no records yet');
    await updateIndex({ versionsDirectory, indexFile });
    const reader = openIndexReader(indexFile);
    expect(reader.state()).toMatchObject({ versions: 1, versionsWithoutText: 0 });
    reader.close();
  });
});
