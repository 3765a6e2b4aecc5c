import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ConfiguredCollection } from '../../../archive/collections/configured-collection.ts';
import { openServedCollections } from '../../../archive/collections/open-served-collections.ts';
import { openRecordContents } from '../../../archive/collections/record-contents.ts';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import { openLateLedger } from '../../../archive/ledger/late-ledger.ts';
import { openLedger } from '../../../archive/ledger/ledger.ts';
import { descendants } from '../../helpers/descendants.ts';
import { git, makeRepository } from '../../helpers/repository.ts';
import { openServed, servedOfTest } from '../../helpers/served.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('It is not there');
  return value;
}

const latest = (collection: ServedCollection, serviceId = 'Larkmail', termsType = 'Terms of Service') =>
  must(collection.index().latestVersion(serviceId, termsType));

const run = {
  ...{ kind: 'track', startedAt: new Date('2025-01-01T00:00:00Z'), engineVersion: 'test', services: 1, terms: 1 },
};

describe('served collections', () => {
  test('have their names, services, metadata, records and contents', async () => {
    const served = await servedOfTest();
    expect(served.all().map(({ id, name, kind, schedule }) => [id, name, kind, schedule])).toEqual([
      ['harbour', 'Harbour', 'tracked', '30 */12 * * *'],
      ['lighthouse', 'Lighthouse', 'mirrored', '15 * * * *'],
    ]);
    expect(served.default()?.id).toBe('harbour');
    const harbour = must(served.get('harbour'));
    expect(harbour.services().map(({ id }) => id)).toEqual(['Ferry & Sons!', 'Larkmail', 'Unrecorded']);
    expect(harbour.metadata()?.tagline).toBe('Fictional services of Harbour');
    const version = latest(harbour);
    expect(await harbour.content(version)).toContain('ten euros a year');
    const snapshot = must(harbour.index().snapshotById(version.snapshotIds[0] ?? ''));
    expect(Buffer.from(await harbour.snapshotContent(snapshot)).toString()).toContain('<main>Terms');
    expect(served.get('nobody')).toBeUndefined();
  });

  test('a mirror without declarations is served by its records', async () => {
    const served = await servedOfTest({
      collections: [
        {
          id: 'bare',
          kind: 'mirrored',
          records: [
            {
              ...{ serviceId: 'Gull', termsType: 'Imprint', date: '2024-01-01T00:00:00Z', content: '# Gull' },
              snapshots: [],
            },
          ],
        },
      ],
    });
    const bare = must(served.default());
    expect([bare.name, bare.services(), bare.metadata()]).toEqual(['bare', [], undefined]);
    expect(await bare.content(latest(bare, 'Gull', 'Imprint'))).toBe('# Gull');
  });

  test('of several none is the default unless one is called so', async () => {
    const served = await servedOfTest({ collections: [{ id: 'one' }, { id: 'two' }] });
    expect(served.default()).toBeUndefined();
  });

  test('records and declarations that are added are there', async () => {
    const served = await servedOfTest();
    const harbour = must(served.get('harbour'));
    const record = { serviceId: 'Larkmail', termsType: 'Imprint', date: '2025-03-01T00:00:00Z', content: 'Imprint' };
    const [id] = await served.record('harbour', [record]);
    expect(latest(harbour, 'Larkmail', 'Imprint').id).toBe(id);
    await served.declare('harbour', 'Tern', {
      name: 'Tern',
      terms: { Imprint: { fetch: 'https://tern.test/', select: 'p' } },
    });
    expect(harbour.services().map(({ id: serviceId }) => serviceId)).toContain('Tern');
    await served.declare('harbour', 'Tern', undefined);
    expect(harbour.services().map(({ id: serviceId }) => serviceId)).not.toContain('Tern');
  });

  test('with the index that follows: nothing runs any more once they are closed', async () => {
    const before = descendants(process.pid).length;
    const test = await openServed();
    const served = await openServedCollections({ collections: [test.places('harbour')], lookEvery: 20 });
    const harbour = must(served.get('harbour'));
    for (let look = 0; look < 300 && harbour.indexActivity().kind !== 'ready'; look++) await wait(20);
    expect(await harbour.content(latest(harbour))).toContain('ten euros a year');
    expect(descendants(process.pid).length).toBeGreaterThan(before);
    await served.close();
    await test.close();
    expect(descendants(process.pid).length).toBe(before);
  });

  test('that are not there yet are served without records', async () => {
    const directory = await temporaryDirectory();
    const data = join(directory, 'data');
    const served = await openServedCollections({
      collections: [
        {
          ...{ id: 'soon', name: 'Soon', kind: 'mirrored', isDefault: true, schedule: undefined, remotes: {} },
          ...{ collectionDirectory: join(data, 'collection'), dataDirectory: data },
          ...{ versionsDirectory: join(data, 'versions'), snapshotsDirectory: join(data, 'snapshots') },
          ...{ ledgerFile: join(data, 'ledger.sqlite'), indexFile: join(data, 'index.sqlite') },
        },
      ],
    });
    onTestFinished(() => served.close());
    const soon = must(served.default());
    expect([soon.name, soon.services(), soon.ledger()]).toEqual(['Soon', [], undefined]);
    const version = { ...({} as Parameters<ServedCollection['content']>[0]), id: 'a', blob: 'b'.repeat(40) };
    await expect(soon.content(version)).rejects.toThrow(/no repository/);
  });
});

describe('contents', () => {
  test('are read once, also when they are asked for at once, and again when the cache let them go', async () => {
    const directory = await temporaryDirectory();
    const repository = makeRepository(join(directory, 'r'), { 'Lark/Terms.md': 'One'.repeat(1000) });
    const blob = git(repository, 'rev-parse', 'HEAD:Lark/Terms.md').trim();
    const cache = new LRUCache<string, Buffer>({ maxSize: 10_000, sizeCalculation: ({ length }) => length });
    const contents = openRecordContents(repository, 'a', cache);
    onTestFinished(() => contents.close());
    const all = await Promise.all(Array.from({ length: 5 }, () => contents.read({ id: 'x', blob })));
    expect(new Set(all).size).toBe(1);
    expect(await contents.read({ id: 'x', blob })).toBe(all[0]);
    cache.clear();
    expect(await contents.read({ id: 'x', blob })).not.toBe(all[0]);
    expect((await contents.read({ id: 'x', blob })).toString()).toBe('One'.repeat(1000));
  });

  test('stay within the bytes of the cache', async () => {
    const directory = await temporaryDirectory();
    const files = Object.fromEntries(
      Array.from({ length: 6 }, (_, place) => [`Lark/${place}.md`, `${place}`.repeat(400)]),
    );
    const repository = makeRepository(join(directory, 'r'), files);
    const cache = new LRUCache<string, Buffer>({ maxSize: 1_000, sizeCalculation: ({ length }) => length });
    const contents = openRecordContents(repository, 'a', cache);
    onTestFinished(() => contents.close());
    for (const path of Object.keys(files)) {
      await contents.read({ id: path, blob: git(repository, 'rev-parse', `HEAD:${path}`).trim() });
    }
    expect(cache.calculatedSize).toBe(800);
  });

  test.each([
    ['a blob that is not there', () => 'f'.repeat(40)],
    ['a commit', (repository: string) => git(repository, 'rev-parse', 'HEAD').trim()],
  ])('%s is an error that names the record', async (_name, blobOf) => {
    const directory = await temporaryDirectory();
    const repository = makeRepository(join(directory, 'r'), { 'Lark/Terms.md': 'One' });
    const cache = new LRUCache<string, Buffer>({ max: 10 });
    const contents = openRecordContents(repository, 'a', cache);
    onTestFinished(() => contents.close());
    await expect(contents.read({ id: 'the-record', blob: blobOf(repository) })).rejects.toThrow(/the-record/);
  });

  test('one that is too large is refused, and those that are asked for around it are read', async () => {
    const directory = await temporaryDirectory();
    const files = { 'Lark/a.md': 'small', 'Lark/b.md': 'x'.repeat(3_000_000), 'Lark/c.md': 'small too' };
    const repository = makeRepository(join(directory, 'r'), files);
    const cache = new LRUCache<string, Buffer>({ max: 10 });
    const contents = openRecordContents(repository, 'a', cache, { mostBytes: 1_000 });
    onTestFinished(() => contents.close());
    const read = (path: string): Promise<string> =>
      contents.read({ id: path, blob: git(repository, 'rev-parse', `HEAD:${path}`).trim() }).then(String, String);
    const answers = await Promise.all(['Lark/b.md', 'Lark/a.md', 'Lark/b.md', 'Lark/c.md'].map(read));
    expect(answers.map((text) => text.replace(/Object \w+ of \S+/, 'It'))).toEqual([
      'ArchiveError: It has 3000000 bytes; at most 1000 are read',
      'small',
      'ArchiveError: It has 3000000 bytes; at most 1000 are read',
      'small too',
    ]);
  });

  test('that are closed while they are being opened leave no git, and are read no more', async () => {
    const directory = await temporaryDirectory();
    const repository = makeRepository(join(directory, 'r'), { 'Lark/Terms.md': 'One' });
    const blob = git(repository, 'rev-parse', 'HEAD:Lark/Terms.md').trim();
    const contents = openRecordContents(repository, 'a', new LRUCache<string, Buffer>({ max: 10 }));
    const answer = contents.read({ id: 'x', blob }).then(String, String);
    await contents.close();
    expect(await answer).toMatch(/^ArchiveError: .* was closed/);
    await expect(contents.read({ id: 'x', blob })).rejects.toThrow(/was closed/);
    expect(descendants(process.pid).filter(({ command }) => command.includes(repository))).toEqual([]);
  });

  test('one collection never answers with the content of another', async () => {
    const directory = await temporaryDirectory();
    const repository = makeRepository(join(directory, 'r'), { 'Lark/Terms.md': 'One' });
    const blob = git(repository, 'rev-parse', 'HEAD:Lark/Terms.md').trim();
    const cache = new LRUCache<string, Buffer>({ max: 10 });
    cache.set(`hostile ${blob}`, Buffer.from('Forged'));
    const contents = openRecordContents(repository, 'honest', cache);
    onTestFinished(() => contents.close());
    expect((await contents.read({ id: 'x', blob })).toString()).toBe('One');
  });
});

describe('a ledger', () => {
  test('that comes later is there then; that of a mirror never is', async () => {
    const served = await servedOfTest();
    const harbour = must(served.get('harbour'));
    expect(harbour.ledger()).toBeUndefined();
    for (const id of ['harbour', 'lighthouse']) served.enter(id, (ledger) => void ledger.startRun(run));
    for (let look = 0; look < 300 && !harbour.ledger(); look++) await wait(10);
    expect(harbour.ledger()?.counts().runs).toBe(1);
    served.enter('harbour', (ledger) => void ledger.startRun(run));
    expect(harbour.ledger()?.counts().runs).toBe(2);
    expect(served.get('lighthouse')?.ledger()).toBeUndefined();
  });

  test('that is replaced is opened anew, and one that cannot be read is told once', async () => {
    const directory = await temporaryDirectory();
    const [file, other] = [join(directory, 'ledger.sqlite'), join(directory, 'other.sqlite')];
    const make = (at: string, runs: number): void => {
      const ledger = openLedger(at);
      for (let count = 0; count < runs; count++) ledger.startRun(run);
      ledger.close();
    };
    make(file, 1);
    make(other, 3);
    let now = 0;
    const problems: unknown[] = [];
    const late = openLateLedger(file, { onProblem: (error) => problems.push(error), now: () => now });
    onTestFinished(() => late.close());
    expect(late.current()?.counts().runs).toBe(1);
    renameSync(other, file);
    now += 1_000;
    expect(late.current()?.counts().runs).toBe(3);
    rmSync(file);
    now += 1_000;
    expect(late.current()).toBeUndefined();
    writeFileSync(file, 'no database'.repeat(1_000));
    for (let look = 0; look < 3; look++) {
      now += 1_000;
      expect(late.current()).toBeUndefined();
    }
    expect(problems).toHaveLength(1);
    expect(existsSync(file)).toBe(true);
  });
});

test('a mirror that has no repository is not well, what is to be tracked is', async () => {
  const directory = await temporaryDirectory();
  const place = (id: string, more: Partial<ConfiguredCollection>): ConfiguredCollection => ({
    ...{ id, name: id, kind: 'mirrored', isDefault: false, schedule: undefined, remotes: {} },
    ...{ collectionDirectory: undefined, dataDirectory: join(directory, id) },
    ...{ versionsDirectory: join(directory, id, 'versions'), snapshotsDirectory: join(directory, id, 'snapshots') },
    ...{ ledgerFile: join(directory, id, 'ledger.sqlite'), indexFile: join(directory, id, 'index.sqlite') },
    ...more,
  });
  const served = await openServedCollections({
    collections: [
      place('elsewhere', { remotes: { versions: 'https://git.example/versions.git' } }),
      place('gone', {}),
      place('tracked', { kind: 'tracked' }),
    ],
  });
  onTestFinished(() => served.close());
  const activity = async (id: string) => {
    const collection = must(served.get(id));
    for (let look = 0; look < 300 && collection.indexActivity().kind === 'building'; look++) await wait(20);
    return collection.indexActivity();
  };
  expect(await activity('elsewhere')).toEqual({ kind: 'failed', message: expect.stringMatching(/not fetched yet/) });
  expect(await activity('gone')).toEqual({ kind: 'failed', message: expect.stringMatching(/gone\/versions: correct/) });
  expect(await activity('tracked')).toEqual({ kind: 'ready' });
  makeRepository(join(directory, 'gone', 'versions'), { 'Lark/Imprint.md': 'One' });
  expect(await activity('gone')).toEqual({ kind: 'ready' });
});
