import { describe, expect, test } from 'vitest';
import type { RecordQueries } from '../../../../archive/index/index-reader.ts';
import type { VersionFilter } from '../../../../archive/index/indexed-record.ts';
import { indexed } from '../../../helpers/indexed-archive.ts';

const commit = (subject: string, date: string, path: string, text: string) => ({
  message: `${subject} ${path}`,
  date: Date.parse(date) / 1000,
  set: { [`${path}.md`]: text },
});

const ENGLISH = 'We keep what you play for as long as you have an account, and we show it to those that you choose.';
const GERMAN = 'Wir behalten, was du spielst, solange du ein Konto hast, und wir zeigen es denen, die du auswählst.';

const VERSIONS = [
  commit('First record of', '2024-01-31T23:59:59Z', 'Brass/Terms of Service', ENGLISH),
  commit('First record of', '2024-02-01T00:00:00Z', 'Geige/Terms of Service', GERMAN),
  commit('Record new changes of', '2024-02-02T00:00:00Z', 'Brass/Terms of Service', `${ENGLISH}\n\nWe sell your data.`),
  commit('Record new changes of', '2024-02-02T23:59:59Z', 'Geige/Terms of Service', `${GERMAN}\n\nWir verkaufen sie.`),
  commit('Refilter', '2024-02-03T00:00:00Z', 'Brass/Terms of Service', `# Terms\n\n${ENGLISH}\n\nWe sell your data.`),
];

const ask = <Answer>(question: (reader: RecordQueries) => Answer): Promise<Answer> =>
  indexed({ versions: VERSIONS, snapshots: [] }, question);

const dayOf = (date: string): number => Date.parse(date) / 86_400_000;

describe('versions by day', () => {
  test('days are in UTC, oldest first, without those of nothing', async () => {
    expect(await ask((reader) => reader.dayCounts({}))).toEqual([
      { day: dayOf('2024-01-31'), versions: 1 },
      { day: dayOf('2024-02-01'), versions: 1 },
      { day: dayOf('2024-02-02'), versions: 2 },
      { day: dayOf('2024-02-03'), versions: 1 },
    ]);
  });

  test.each<[string, VersionFilter]>([
    ['people are told of', { alerts: true }],
    ['lowered', { alerts: true, lowered: [3] }],
    ['raised', { alerts: true, raised: [5] }],
    ['of a service', { services: ['Brass'], technicalUpgrades: 'excluded' }],
    ['of a class', { classes: ['text'] }],
    ['of a time', { since: new Date('2024-02-01'), until: new Date('2024-02-03') }],
    ['of a time, people are told of', { alerts: true, since: new Date('2024-02-02'), until: new Date('2024-02-03') }],
    ['of a language', { languages: ['de'] }],
    ['of nobody', { services: [] }],
  ])('all that a list has: %s', async (_name, filter) => {
    const { counts, listed } = await ask((reader) => ({
      counts: reader.dayCounts(filter),
      listed: reader.versions(filter, { limit: 100 }),
    }));
    const days = Map.groupBy(listed, ({ fetchDate }) => Math.floor(fetchDate.getTime() / 86_400_000));
    expect(counts).toEqual(
      [...days].map(([day, { length }]) => ({ day, versions: length })).toSorted((a, b) => a.day - b.day),
    );
  });
});

describe('changes in a language', () => {
  test.each<[readonly string[], readonly string[]]>([
    [['de'], ['Geige']],
    [['en'], ['Brass']],
    [
      ['de', 'en'],
      ['Geige', 'Brass'],
    ],
    [['pl'], []],
  ])('%j', async (languages, services) => {
    const filter: VersionFilter = { languages, technicalUpgrades: 'excluded' };
    const { found, count } = await ask((reader) => ({
      found: reader.versions(filter, { limit: 10 }),
      count: reader.countVersions(filter),
    }));
    expect(found.map(({ serviceId }) => serviceId)).toEqual(services);
    expect(count).toBe(services.length);
  });
});
