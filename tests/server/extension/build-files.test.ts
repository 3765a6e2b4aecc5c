import { describe, expect, test } from 'vitest';
import type { SiteService } from '../../../archive/collections/site-domains.ts';
import type { Service } from '../../../archive/declarations/service.ts';
import { findLine } from '../../../extension/files/sorted-lines.ts';
import type { RecentFile, ServiceCoverage } from '../../../server/api/contract.ts';
import { buildFiles, SHARDED_FROM } from '../../../server/extension/build-files.ts';
import { dayNumber } from '../../../server/extension/days.ts';
import type { BuiltFile } from '../../../server/extension/extension-file.ts';
import { keySites } from '../../../server/extension/keyed-sites.ts';
import { createRecentFiles } from '../../../server/extension/recent-files.ts';
import { serviceKey } from '../../../server/extension/service-key.ts';

const noPause = () => undefined;
const textOf = ({ content }: BuiltFile): string => new TextDecoder().decode(content);
const coverage = (name: string, terms: ServiceCoverage['terms'] = []): ServiceCoverage => ({
  ...{ collection: 'one', serviceId: name, name },
  terms,
});
const service = (id: string): Service => ({
  ...{ id, name: id, terms: [], history: new Map() },
  ...{ filtersFile: undefined, filtersHistoryFile: undefined },
});

test('a domain of several services has the last of their days and the sum of their numbers', async () => {
  const { index } = await buildFiles(
    {
      domains: new Map([
        ['b.example', ['AAAAAAAA', 'BBBBBBBB']],
        ['a.example', []],
      ]),
      coverages: new Map([
        [
          'AAAAAAAA',
          coverage('A', [
            ['Terms of Service', '2020-01-01', '2024-02-01', 30],
            ['Privacy Policy', null, null, 0],
          ]),
        ],
        ['BBBBBBBB', coverage('B', [['Terms of Service', '2020-01-01', '2023-01-01', 10]])],
      ]),
      alerts: [],
    },
    noPause,
  );
  expect(textOf(index)).toBe(`a.example\t\t\t0\nb.example\tAAAAAAAA,BBBBBBBB\t${dayNumber('2024-02-01')}\t14\n`);
});

test.each([
  ['2010-01-01', '0'],
  ['2010-02-06', '10'],
  ['2009-12-31', ''],
  [null, ''],
])('the day %s is “%s”', (day, number) => expect(dayNumber(day)).toBe(number));

test.each(['a\tb\nc', '<script>alert(1)</script>', '\u2028\u0000"\\', '\uD800', '🦊', ''])(
  'a service may be called %j',
  async (name) => {
    const { services } = await buildFiles(
      {
        domains: new Map([['a.example', ['AAAAAAAA']]]),
        coverages: new Map([['AAAAAAAA', coverage(name)]]),
        alerts: [],
      },
      noPause,
    );
    const fields = findLine(services.content, 'AAAAAAAA');
    expect(fields).toHaveLength(1);
    expect(JSON.parse(fields?.[0] ?? '').name).toBe(name);
  },
);

describe('recent', () => {
  const sources = (count: number) => {
    const keys = Array.from({ length: count }, (_, place) => serviceKey('one', `Service ${place}`));
    const [first = '', second = ''] = keys;
    return {
      domains: new Map<string, string[]>(),
      coverages: new Map(keys.map((key) => [key, coverage(key)])),
      alerts: [first, second, first].map((key, place) => ({ key, json: JSON.stringify({ key, place }) })),
    };
  };
  const alertsOf = (file: BuiltFile) => (JSON.parse(textOf(file)) as RecentFile).alerts;

  test('is one file of alerts in their order', async () => {
    const { recent } = await buildFiles(sources(SHARDED_FROM - 1), noPause);
    expect(recent.map((file) => alertsOf(file).length)).toEqual([3]);
  });

  test('is several from 10,000 services on: each alert with its service, none lost', async () => {
    const { recent } = await buildFiles(sources(SHARDED_FROM), noPause);
    expect(recent).toHaveLength(32);
    const shards = recent.map(alertsOf);
    expect(shards.flat()).toHaveLength(3);
    for (const shard of shards) {
      for (const { key } of shard)
        expect(shards.filter((other) => other.some((alert) => alert.key === key))).toEqual([shard]);
    }
  });

  test('keys that are alike never leave a file with fewer than 64 services', async () => {
    const keys = Array.from({ length: SHARDED_FROM }, (_, place) => `A${place.toString(36).padStart(7, '0')}`);
    const coverages = new Map(keys.map((key) => [key, coverage(key)]));
    const { recent } = await buildFiles({ domains: new Map(), coverages, alerts: [] }, noPause);
    expect(recent).toHaveLength(1);
  });
});

describe('keys', () => {
  const [lark, gull, owl] = ['Lark', 'Gull', 'Owl'].map(service);
  const site = (collection: string, of: Service | undefined): SiteService => ({
    collection,
    service: of ?? service(''),
  });

  test('follow from the names of collection and service alone', () => {
    expect(serviceKey('one', 'Lark')).toMatch(/^[\w-]{8}$/);
    expect(serviceKey('one', 'Lark')).toBe('VgSGtBEN');
    expect(serviceKey('on', 'eLark')).not.toBe(serviceKey('one', 'Lark'));
  });

  test('of which two are the same leave one service out, always the same one, and say so', async () => {
    const keyOf = (_: string, id: string): string => (id === 'Owl' ? 'OOOOOOOO' : 'SSSSSSSS');
    const sites: [string, SiteService[]][] = [
      ['lark.example', [site('one', lark)]],
      ['shared.example', [site('one', lark), site('one', gull), site('one', owl)]],
    ];
    for (const order of [sites, sites.toReversed()]) {
      const { keys, services, collisions } = await keySites(new Map(order), noPause, keyOf);
      expect([...services].map(([key, { service: kept }]) => [key, kept.id])).toEqual([
        ['SSSSSSSS', 'Gull'],
        ['OOOOOOOO', 'Owl'],
      ]);
      expect(collisions.map(({ left, kept }) => [left.service.id, kept.service.id])).toEqual([['Lark', 'Gull']]);
      // A domain of nobody but the one left out is no line: nobody's would be wrong.
      expect(Object.fromEntries(keys)).toEqual({ 'shared.example': ['SSSSSSSS', 'OOOOOOOO'] });
    }
  });

  test('a domain that is nobody’s stays', async () => {
    const { keys } = await keySites(new Map([['nobody.example', []]]), noPause);
    expect([...keys]).toEqual([['nobody.example', []]]);
  });
});

describe('former files', () => {
  const file = (sha256: string, bytes = 10): BuiltFile => ({
    ...{ sha256, bytes, content: new Uint8Array(), type: 'text/plain; charset=utf-8' },
  });

  test('stay for a quarter of an hour, less where there is no room, the current ones always', () => {
    let now = 0;
    const files = createRecentFiles(() => now, 25);
    files.add([file('a'), file('b')]);
    files.add([file('b'), file('c')]);
    expect(['a', 'b', 'c'].map((name) => files.find(name)?.sha256)).toEqual([undefined, 'b', 'c']);
    files.add([file('d', 5)]);
    expect(['b', 'c', 'd'].map((name) => files.find(name)?.sha256)).toEqual(['b', 'c', 'd']);
    now = 16 * 60_000;
    files.add([file('d', 5), file('e', 100)]);
    expect(['b', 'c', 'd', 'e'].map((name) => files.find(name)?.sha256)).toEqual([undefined, undefined, 'd', 'e']);
  });
});
