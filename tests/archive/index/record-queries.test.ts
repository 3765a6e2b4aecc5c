import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RecordQueries } from '../../../archive/index/index-reader.ts';
import type { IndexedVersion, VersionFilter } from '../../../archive/index/indexed-record.ts';
import { createRecordQueries } from '../../../archive/index/record-queries.ts';
import { updateIndex } from '../../../archive/index/update-index.ts';
import { addCommits, type CommitOfTest, makeHistory } from '../../helpers/history.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const SUBJECTS = { first: 'First record of', change: 'Record new changes of', upgrade: 'Refilter' };

/** Service, type, kind, seconds: in commit order. */
const ROWS: readonly (readonly [string, string, keyof typeof SUBJECTS, number])[] = [
  ['A', 'Terms', 'first', 100],
  ['B', 'Terms', 'first', 200],
  ['A', 'Terms', 'change', 300],
  ['A', 'Privacy Policy', 'first', 400],
  // The date of its snapshot, from before the version above it.
  ['A', 'Terms', 'upgrade', 250],
  ['B', 'Terms', 'change', 500],
  ['A', 'Terms', 'change', 600],
  ['A', 'Terms', 'upgrade', 600],
  ['Ünï "c" %', '利用規約', 'first', 700],
];

async function archive(commits: readonly CommitOfTest[], directory?: string) {
  const root = directory ?? (await temporaryDirectory());
  const versionsDirectory = makeHistory(join(root, 'versions'));
  const ids = addCommits(versionsDirectory, ...commits);
  const indexFile = join(root, 'index.sqlite');
  await updateIndex({ versionsDirectory, indexFile, withText: false });
  const database = new DatabaseSync(indexFile, { readOnly: true });
  return { ids, file: indexFile, database, queries: createRecordQueries(database) };
}

const commits = ROWS.map(([service, type, kind, date], index) => ({
  message: `${SUBJECTS[kind]} ${service} ${type}`,
  date,
  set: { [`${service}/${type}.md`]: `Text ${index}` },
}));

const at = (seconds: number): Date => new Date(seconds * 1000);
const seqs = (versions: readonly IndexedVersion[]): number[] => versions.map(({ seq }) => seq);

describe('versions', () => {
  const filters: [string, VersionFilter][] = [
    ['none', {}],
    ['a service', { serviceId: 'A' }],
    ['terms', { serviceId: 'A', termsType: 'Terms' }],
    ['a type', { termsType: 'Terms' }],
    ['services', { services: ['B', 'Ünï "c" %'] }],
    ['no services', { services: [] }],
    ['types', { termsTypes: ['利用規約', 'Privacy Policy'] }],
    ['services and a service', { services: ['A'], serviceId: 'B' }],
    ['since', { since: at(300) }],
    ['a fraction of a second later', { since: new Date(300_500) }],
    ['until', { until: at(300) }],
    ['between', { since: at(250), until: at(501) }],
    ['between, of terms', { serviceId: 'A', termsType: 'Terms', since: at(250), until: at(601) }],
    ['changes and first records', { technicalUpgrades: 'excluded' }],
    ['upgrades', { technicalUpgrades: 'only' }],
    ['first records', { firstRecords: 'only' }],
    ['changes', { technicalUpgrades: 'excluded', firstRecords: 'excluded' }],
    ['neither', { technicalUpgrades: 'only', firstRecords: 'only' }],
    ['changes and upgrades of a service since', { serviceId: 'A', firstRecords: 'excluded', since: at(300) }],
    ['upgrades until', { technicalUpgrades: 'only', until: at(600) }],
    ['an unknown service', { serviceId: "'; DROP TABLE version; --" }],
    ['a pattern', { serviceId: '%' }],
  ];

  /** What a filter means, said once more without SQL. */
  function meant(filter: VersionFilter): number[] {
    const { serviceId, termsType, services, termsTypes, since, until } = filter;
    const { technicalUpgrades = 'included', firstRecords = 'included' } = filter;
    return ROWS.flatMap(([service, type, kind, date], index) => {
      const isLeft =
        (serviceId ?? service) === service &&
        (termsType ?? type) === type &&
        (services?.includes(service) ?? true) &&
        (termsTypes?.includes(type) ?? true) &&
        (!since || at(date) >= since) &&
        (!until || at(date) < until) &&
        (technicalUpgrades !== 'excluded' || kind !== 'upgrade') &&
        (technicalUpgrades !== 'only' || kind === 'upgrade') &&
        (firstRecords !== 'excluded' || kind !== 'first') &&
        (firstRecords !== 'only' || kind === 'first');
      return isLeft ? [index + 1] : [];
    }).reverse();
  }

  let root: string;
  let queries: RecordQueries;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'clausewatch-test-'));
    ({ queries } = await archive(commits, root));
  });
  afterAll(() => rm(root, { recursive: true }));

  test('a service and terms named as a choice is: skipping counts theirs alone', async () => {
    const { queries: named } = await archive(
      ['included', 'Other', 'included', 'Other', 'Other'].map((service, index) => ({
        message: `Record new changes of ${service} included`,
        date: 100 + index,
        set: { [`${service}/included.md`]: `Text ${index}` },
      })),
    );
    const page = { limit: 10, offset: 1 };
    expect(seqs(named.versions({ serviceId: 'included' }, page))).toEqual([1]);
    expect(seqs(named.versions({ serviceId: 'included', termsType: 'included' }, page))).toEqual([1]);
    expect(seqs(named.versions({ technicalUpgrades: 'included', services: undefined }, page))).toEqual([4, 3, 2, 1]);
  });

  test.each(filters)('filtered by %s: listed, counted, paged and continued', (_name, filter) => {
    const expected = meant(filter);
    expect(seqs(queries.versions(filter, { limit: 100 }))).toEqual(expected);
    expect(queries.countVersions(filter)).toBe(expected.length);
    for (let offset = 0; offset <= expected.length + 1; offset++) {
      expect(seqs(queries.versions(filter, { limit: 2, offset }))).toEqual(expected.slice(offset, offset + 2));
    }
    for (let before = 0; before <= ROWS.length + 1; before++) {
      const rest = expected.filter((seq) => seq < before);
      expect(seqs(queries.versions(filter, { limit: 2, before }))).toEqual(rest.slice(0, 2));
      expect(seqs(queries.versions(filter, { limit: 2, before, offset: 1 }))).toEqual(rest.slice(1, 3));
    }
  });

  test('places that make no sense are no fault', () => {
    const page = { limit: 500, offset: Number.MAX_SAFE_INTEGER, before: Number.MAX_SAFE_INTEGER };
    expect(queries.versions({}, page)).toEqual([]);
    expect(queries.versions({ serviceId: 'A' }, page)).toEqual([]);
    expect(queries.versions({ since: new Date(8.64e15) }, page)).toEqual([]);
    expect(queries.countVersions({ since: new Date(-8.64e15) })).toBe(ROWS.length);
    expect(queries.versions({}, { limit: -1 })).toEqual([]);
    expect(queries.versions({}, { limit: Number.NaN, offset: -5 })).toEqual([]);
    expect(seqs(queries.versions({}, { limit: 1.5, offset: 0.5, before: Number.POSITIVE_INFINITY }))).toEqual([
      ROWS.length,
    ]);
    expect(queries.versionAt('A', 'Terms', new Date(Number.NaN))).toBeUndefined();
  });
});

describe('one version', () => {
  // The latest in commit order of those fetched by then: what `git log -1 --until` finds, which Open Terms Archive asks.
  const dates: [number, number | undefined][] = [
    [99, undefined],
    [100, 1],
    [249, 1],
    [250, 5],
    [300, 5],
    [599, 5],
    [600, 8],
    [9999, 8],
  ];
  test.each(dates)('at %d', async (seconds, expected) => {
    const { queries } = await archive(commits);
    expect(queries.versionAt('A', 'Terms', at(seconds))?.seq).toBe(expected);
    expect(queries.versionAt('A', 'Terms', new Date(seconds * 1000 + 999))?.seq).toBe(expected);
  });

  test('first, latest and before are in commit order', async () => {
    const { queries } = await archive(commits);
    expect(queries.firstVersion('A', 'Terms')?.seq).toBe(1);
    const found: (number | undefined)[] = [];
    for (let version = queries.latestVersion('A', 'Terms'); version; version = queries.versionBefore(version)) {
      found.push(version.seq);
    }
    expect(found).toEqual([8, 7, 5, 3, 1]);
    expect(queries.latestVersion('A', 'Cookies')).toBeUndefined();
    expect(queries.firstVersion('terms', 'a')).toBeUndefined();
  });

  test('neighbours are in the order of fetch dates, of the same date the higher id first', async () => {
    const { queries, ids } = await archive(commits);
    const [same, upgrade] = [ids[6] ?? '', ids[7] ?? ''];
    const [lower, higher] = same < upgrade ? [same, upgrade] : [upgrade, same];
    const order = [ids[0], ids[4], ids[2], higher, lower];
    for (const [place, id] of order.entries()) {
      const version = queries.versionById(id ?? '');
      expect(version && queries.neighbours(version)).toEqual({
        first: order[0],
        previous: order[place - 1],
        next: order[place + 1],
        last: order.at(-1),
      });
    }
  });

  test('by id: of a commit with several files the first by path; shortened; in upper case', async () => {
    const { queries, ids, file } = await archive([
      ...commits,
      { message: 'Update C', set: { 'C/Terms.md': 'x', 'C/Cookies.md': 'y' } },
    ]);
    const id = ids.at(-1) ?? '';
    expect(queries.versionById(id)?.termsType).toBe('Cookies');
    expect(queries.versionsOfCommit(id).map(({ termsType }) => termsType)).toEqual(['Cookies', 'Terms']);
    expect(queries.versionsOfCommit(id, 1).map(({ termsType }) => termsType)).toEqual(['Cookies']);
    expect(queries.versionsOfCommit(id, 0)).toEqual([]);
    expect(queries.versionById(id.slice(0, 7).toUpperCase())?.id).toBe(id);
    expect(queries.versionById(id.slice(0, 39))?.id).toBe(id);
    const writer = new DatabaseSync(file);
    writer.exec(`UPDATE version SET commit_id = x'${id.slice(0, 38)}00' WHERE seq = 1`);
    writer.exec(`UPDATE version SET commit_id = x'${id.slice(0, 38)}ff' WHERE seq = 2`);
    writer.close();
    expect(queries.versionById(id)?.id).toBe(id);
    // Stands for three commits.
    expect(queries.versionById(id.slice(0, 38))).toBeUndefined();
    expect(queries.versionsOfCommit(id.slice(0, 38), 1)).toEqual([]);
    for (const wrong of ['', id.slice(0, 6), `${id}0`, '--output=x', '\0', `${id.slice(0, 39)}g`, 'f'.repeat(40)]) {
      expect(queries.versionById(wrong)).toBeUndefined();
      expect(queries.versionsOfCommit(wrong)).toEqual([]);
      expect(queries.snapshotById(wrong)).toBeUndefined();
    }
  });
});

test('every statement looks into an index, or walks from the newest on without sorting', async () => {
  const { database } = await archive(commits);
  const statements = new Set<string>();
  const noting = new Proxy(database, {
    get(target, name) {
      if (name !== 'prepare') return Reflect.get(target, name);
      return (sql: string) => {
        statements.add(sql);
        return target.prepare(sql);
      };
    },
  });
  const queries = createRecordQueries(noting);
  queries.state();
  queries.terms();
  const version = queries.latestVersion('A', 'Terms');
  if (version) queries.neighbours(version);
  const choices = ['included', 'excluded', 'only'] as const;
  const names: VersionFilter[] = [
    {},
    { serviceId: 'A' },
    { serviceId: 'A', termsType: 'Terms' },
    { services: ['A', 'B'] },
  ];
  const times: VersionFilter[] = [{}, { since: at(1) }, { until: at(400) }, { since: at(1), until: at(400) }];
  for (const name of names) {
    for (const time of times) {
      for (const technicalUpgrades of choices) {
        const filter = { ...name, ...time, technicalUpgrades };
        queries.countVersions(filter);
        queries.versions(filter, { limit: 10, offset: 1 });
        queries.versions(filter, { limit: 10, before: 5 });
      }
    }
  }
  expect(statements.size).toBeGreaterThan(40);
  for (const sql of statements) {
    const plan = database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => String(detail));
    const walks = plan.filter((detail) => /^SCAN (v|s|f|l|version|snapshot|former_version)\b/.test(detail));
    const isSorted = plan.some((detail) => detail.includes('TEMP B-TREE FOR ORDER BY'));
    const isWalkFromNewest = sql.includes('version NOT INDEXED') && !isSorted;
    expect(isWalkFromNewest ? [] : walks, `${sql}\n${plan.join('\n')}`).toEqual([]);
    expect(
      plan.filter((detail) => detail.includes('AUTOMATIC')),
      sql,
    ).toEqual([]);
  }
});
