import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createExtensionFiles } from '../../../server/extension/extension-files.ts';
import { serviceKey } from '../../../server/extension/service-key.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { BRASS } from '../../helpers/judged-collection.ts';
import { servedOfTest } from '../../helpers/served.ts';
import { logOfTest } from '../http/app-of-test.ts';
import { first, indexOf, made, TERMS } from './made-files.ts';

test('nothing is made anew while nothing changed; records, declarations, domains and the day are changes', async () => {
  const { files, served, at } = await made(first(4));
  await files.update();
  const before = files.current();
  at('2024-02-25T23:59:59Z');
  await files.update();
  expect(files.current()).toBe(before);

  at('2024-02-26T00:00:00Z');
  await files.update();
  expect(files.current()).not.toBe(before);
  expect(files.current()?.index.sha256).toBe(before?.index.sha256);
  expect(files.current()?.recentSince).toBe('2024-01-27');

  await served.declare('forge', 'Tin', {
    name: 'Tin',
    terms: { 'Privacy Policy': { fetch: 'https://tin.example/p', select: 'main' } },
  });
  await files.update();
  expect(indexOf(files)).toContain('tin.example\t');

  await served.writeBeside('forge', 'domains.yml', 'tin.test: Tin\nbrass.example: []\n');
  await files.update();
  expect(
    indexOf(files)
      .split('\n')
      .map((line) => line.split('\t')[0]),
  ).toEqual(['kobber.example', 'tin.example', 'tin.test', '']);

  await served.record('forge', [{ ...TERMS, date: '2024-03-04T08:00:00Z', content: BRASS.plain, snapshots: [] }]);
  const sequence = files.current()?.sequence ?? 0;
  await files.update();
  expect(files.current()?.sequence).toBe(sequence + 1);
});

test('former files are there for a while, and deltas lead from them', async () => {
  const { files, served, at } = await made({});
  await files.update();
  const { index: former } = files.current() ?? {};
  await served.declare('harbour', 'Tin', {
    name: 'Tin',
    terms: { 'Privacy Policy': { fetch: 'https://tin.example/p', select: 'main' } },
  });
  await files.update();
  const current = files.current()?.index;
  expect(current?.sha256).not.toBe(former?.sha256);
  expect(files.file(former?.sha256 ?? '')).toBe(former);
  expect(await files.delta(former?.sha256 ?? '', current?.sha256 ?? '')).toBe(
    `+tin.example\t${serviceKey('harbour', 'Tin')}\t\t0\n`,
  );
  at('2024-02-25T12:16:00Z');
  await served.declare('harbour', 'Zinc', {
    name: 'Zinc',
    terms: { 'Privacy Policy': { fetch: 'https://zinc.example/p', select: 'main' } },
  });
  await files.update();
  expect(files.file(former?.sha256 ?? '')).toBeUndefined();
});

test('files are not made while changes are still to be judged, unless that takes long', async () => {
  const { files, served, at } = await made(first(4));
  const collection = served.get('forge');
  const reader = collection?.index();
  if (!reader) throw new Error('The test has no index');
  const state = { ...reader.state(), versionsWithoutAnalysis: 2 };
  reader.state = () => state;
  await files.update();
  expect(files.current()).toBeUndefined();
  at('2024-02-25T12:11:00Z');
  await files.update();
  expect(files.current()).toBeDefined();
});

test('a fault is logged once, and the former files stay', async () => {
  const { files, served, lines, at } = await made(first(4));
  await files.update();
  const before = files.current();
  const reader = served.get('forge')?.index();
  if (!reader) throw new Error('The test has no index');
  reader.termsCounts = () => {
    throw new Error('The disk is gone');
  };
  at('2024-02-27T12:00:00Z');
  await files.update();
  await files.update();
  expect(files.current()).toBe(before);
  expect(lines.filter(({ level }) => level === 50)).toHaveLength(1);
});

test('closed while it works, it ends', async () => {
  const { files } = await made(first(6));
  const working = files.update();
  await files.close();
  await working;
  await files.update();
  expect(files.current()).toBeUndefined();
});

test('by itself it looks every so often, and no more once closed', async () => {
  const served = await servedOfTest({});
  const queries = createQueryPool({ threads: 1 });
  onTestFinished(() => queries.close());
  const files = createExtensionFiles({ collections: served, queries, log: logOfTest().log, every: 10 });
  for (let look = 0; look < 500 && !files.current(); look++) await wait(10);
  const before = files.current();
  expect(before).toBeDefined();
  await served.declare('harbour', 'Tin', {
    name: 'Tin',
    terms: { 'Privacy Policy': { fetch: 'https://tin.example/p', select: 'main' } },
  });
  for (let look = 0; look < 500 && files.current() === before; look++) await wait(10);
  const after = files.current();
  expect(indexOf(files)).toContain('tin.example');
  await files.close();
  await served.declare('harbour', 'Tin', undefined);
  await wait(100);
  expect(files.current()).toBe(after);
});
