import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openServedCollections } from '../../../archive/collections/open-served-collections.ts';
import { readDay } from '../../../extension/files/day.ts';
import { serviceKey } from '../../../server/extension/service-key.ts';
import { lookUpSite } from '../../helpers/extension/look-up-site.ts';
import { followOnDemand } from '../../helpers/index-on-demand.ts';
import { noteNotReproduced, noteUnchanged } from '../../helpers/noted-checks.ts';
import { coverageOf, filesOver, first, hashes, indexOf, KEY, made, recentOf, SOLD, TERMS } from './made-files.ts';

test('an alert with its redline, what it is about, and what a site and its documents say of it', async () => {
  const { files, served } = await made(first(4));
  expect(files.current()).toBeUndefined();
  await files.update();
  const versions = served.get('forge')?.index().versions({}, { limit: 10 }) ?? [];
  const { alerts } = recentOf(files);
  expect(alerts).toHaveLength(1);
  const [alert] = alerts;
  expect(alert).toMatchObject({
    key: KEY,
    termsType: 'Terms of Service',
    id: versions[0]?.id,
    previousId: versions[1]?.id,
    class: 'text',
    language: 'en',
    blocksLeftOut: 0,
  });
  expect(alert?.topics).toContain('disputes/arbitration');
  expect(alert?.toldAt).toBeUndefined();
  expect(alert?.blocks.flatMap(({ spans }) => spans.map((span) => span.text)).join(' ')).toContain(
    'binding arbitration',
  );
  expect(alert?.blocks.every(({ kind }) => kind !== 'equal')).toBe(true);
  const site = lookUpSite(files.current()?.index.content ?? new Uint8Array(), 'shop.brass.example');
  expect(site).toEqual({ domain: 'brass.example', keys: [KEY], lastAlert: alert?.date.slice(0, 10), alerts: 1 });
  expect(coverageOf(files)).toEqual({
    collection: 'forge',
    serviceId: 'Brass',
    name: 'Brass & Co',
    terms: [['Terms of Service', versions.at(-1)?.fetchDate.toISOString().slice(0, 10), alert?.date.slice(0, 10), 1]],
  });
  expect(coverageOf(files, serviceKey('forge', 'Kobber'))?.terms).toEqual([['Terms of Service', null, null, 0]]);
  expect(files.current()).toMatchObject({
    sequence: 4,
    recentSince: '2024-01-26',
    newestRecord: versions[0]?.fetchDate.toISOString(),
  });
});

test('files are named by the hash of their bytes, sorted, and each line names services that there are', async () => {
  const { files } = await made({}, '2025-06-01T12:00:00Z');
  await files.update();
  const { index, services, recent } = files.current() ?? {};
  for (const file of [index, services, ...(recent ?? [])]) {
    expect(file && createHash('sha256').update(file.content).digest('hex')).toBe(file?.sha256);
    expect(file?.bytes).toBe(file?.content.length);
    expect(files.file(file?.sha256 ?? '')).toBe(file);
  }
  expect(indexOf(files)).toMatch(/^(?:\S+\t[\w,-]*\t[\da-z]*\t[\da-z]+\n)+$/);
  const domains = indexOf(files)
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t')[0]);
  expect(domains).toEqual([...domains].sort());
  expect(domains).toEqual(['ferry.test', 'gullnet.example', 'larkmail.example', 'unrecorded.test']);
  // The same service in two collections: one line.
  const site = lookUpSite(index?.content ?? new Uint8Array(), 'www.larkmail.example');
  expect(site?.keys).toEqual([serviceKey('harbour', 'Larkmail'), serviceKey('lighthouse', 'larkmail')]);
  for (const key of site?.keys ?? []) expect(coverageOf(files, key)?.name).toBe('Larkmail');
  expect(recentOf(files)).toEqual({ format: 1, alerts: [] });
});

test('what was withdrawn says when, what withdraws says what, and neither is the last alert', async () => {
  const { files, served } = await made(first(5));
  await files.update();
  const [withdrawing, withdrawn] = recentOf(files).alerts;
  expect(withdrawn?.undoneOn).toBe(withdrawing?.date.slice(0, 10));
  expect(withdrawing?.undoes).toEqual([withdrawn?.id]);
  expect(withdrawn?.undoes).toBeUndefined();
  expect(coverageOf(files)?.terms[0]?.slice(2)).toEqual([null, 2]);
  expect(lookUpSite(files.current()?.index.content ?? new Uint8Array(), 'brass.example')).toMatchObject({
    lastAlert: undefined,
    alerts: 2,
  });
  await served.record('forge', [{ ...TERMS, date: '2024-03-01T08:00:00Z', content: SOLD, snapshots: [] }]);
  await files.update();
  expect(readDay(indexOf(files).split('\t')[2] ?? '')).toBe('2024-03-01');
});

test('what is told after it stood carries the day on which it is told, also from before the window', async () => {
  const { files, served, at } = await made(first(6), '2024-03-25T12:00:00Z');
  served.enter('forge', (ledger) => noteUnchanged(ledger, TERMS, new Date('2024-02-21T08:00:00Z'), 6));
  await files.update();
  const [alert] = recentOf(files).alerts;
  expect(files.current()?.recentSince).toBe('2024-02-24');
  expect(alert?.date).toMatch(/^2024-02-2[0-3]/);
  expect(alert?.toldAt).toBe('2024-02-27T08:00:00.000Z');
  expect(coverageOf(files)?.terms[0]?.[2]).toBe('2024-02-27');
  at('2024-03-29T12:00:00Z');
  await files.update();
  expect(recentOf(files).alerts).toEqual([]);
  expect(coverageOf(files)?.terms[0]?.[2]).toBe('2024-02-27');
});

test('noise is not told, nor what a second fetch did not give again', async () => {
  const noise = await made(first(3));
  await noise.files.update();
  expect(recentOf(noise.files).alerts).toEqual([]);
  const { files, served } = await made(first(4));
  served.enter('forge', () => {});
  await files.update();
  expect(recentOf(files).alerts).toHaveLength(1);
  const id = served.get('forge')?.index().versions({}, { limit: 1 })[0]?.id ?? '';
  served.enter('forge', (ledger) => noteNotReproduced(ledger, TERMS, id, new Date('2024-02-05T08:00:00Z')));
  await files.update();
  expect(recentOf(files).alerts).toEqual([]);
  expect(coverageOf(files)?.terms[0]?.slice(2)).toEqual([null, 0]);
});

test('the same records give the same bytes: again, after a restart, by an index made anew', async () => {
  const { files, served } = await made(first(6));
  await files.update();
  const again = filesOver(served, '2024-02-25T23:00:00Z');
  await again.files.update();
  expect(hashes(again.files)).toEqual(hashes(files));
  const anew = await openServedCollections({
    collections: [{ ...served.places('forge'), indexFile: join(served.directory, 'anew.sqlite') }],
    follow: (places) => followOnDemand(places),
  });
  onTestFinished(() => anew.close());
  const rebuilt = filesOver(anew, '2024-02-25T12:00:00Z');
  await rebuilt.files.update();
  expect(hashes(rebuilt.files)).toEqual(hashes(files));
  expect(rebuilt.files.current()?.sequence).toBe(files.current()?.sequence);
  expect(rebuilt.files.current()?.epoch).not.toBe(files.current()?.epoch);
});
