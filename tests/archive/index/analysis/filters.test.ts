import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHANGE_STATES } from '../../../../archive/changes/analysis/analysed-change.ts';
import { CHANGE_CLASSES } from '../../../../archive/changes/analysis/difference/difference.ts';
import { TOPICS } from '../../../../archive/changes/topics/topics.ts';
import { openAnalysisTable } from '../../../../archive/index/analysis/analysis-table.ts';
import type { VersionAnalysis, VersionFilter } from '../../../../archive/index/indexed-record.ts';
import { createRecordQueries } from '../../../../archive/index/record-queries.ts';
import { INDEX_TABLES } from '../../../../archive/index/schema.ts';

const SERVICES = ['A', 'B', `C "q" '; --`];
const TYPES = ['Terms', '利用規約'];

interface Row {
  readonly serviceId: string;
  readonly termsType: string;
  readonly kind: number;
  readonly seconds: number;
  readonly analysis: VersionAnalysis | undefined;
}

const analysis: fc.Arbitrary<VersionAnalysis> = fc.record({
  class: fc.constantFrom(...CHANGE_CLASSES),
  state: fc.constantFrom(...CHANGE_STATES),
  alert: fc.boolean(),
  significance: fc.integer({ min: 0, max: 100 }).map((hundredths) => hundredths / 100),
  topics: fc.oneof(fc.subarray([...TOPICS.slice(0, 6)], { maxLength: 3 }), fc.constant(null)),
  language: fc.constantFrom('en', undefined),
  statedDates: fc.constantFrom([], [{ date: '2026-05-01', kind: 'effective' as const }]),
  undoes: fc.constantFrom([], [], ['a'.repeat(40)]),
  wordsAdded: fc.nat(1000),
  wordsRemoved: fc.nat(1000),
});
const row: fc.Arbitrary<Row> = fc.record({
  serviceId: fc.constantFrom(...SERVICES),
  termsType: fc.constantFrom(...TYPES),
  kind: fc.integer({ min: 0, max: 2 }),
  seconds: fc.integer({ min: 0, max: 50 }),
  analysis: fc.option(analysis, { nil: undefined }),
});
const seqs = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 });
const choice = fc.constantFrom('included', 'excluded', 'only');
const time = fc.integer({ min: 0, max: 50 }).map((seconds) => new Date(seconds * 1000));
const conditions: fc.Arbitrary<VersionFilter> = fc.record({
  serviceId: fc.constantFrom(...SERVICES, 'none'),
  services: fc.subarray(SERVICES),
  termsTypes: fc.subarray(TYPES),
  since: time,
  until: time,
  technicalUpgrades: choice,
  firstRecords: choice,
  classes: fc.subarray([...CHANGE_CLASSES]),
  states: fc.subarray([...CHANGE_STATES]),
  topics: fc.subarray([...TOPICS.slice(0, 7)]),
});
const alerts: fc.Arbitrary<VersionFilter> = fc.record({ alerts: fc.boolean(), raised: seqs, lowered: seqs });
/** A few conditions at once, so that something is left. */
const filter = fc
  .tuple(conditions, fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { maxLength: 3 }), alerts)
  .map(([all, kept, told]): VersionFilter => {
    const some = Object.entries(all).filter((_, place) => kept.includes(place));
    return { ...Object.fromEntries(some), ...told };
  });

/** An index of these versions; the other side of its analyses says the contrary. */
function indexOf(rows: readonly Row[]) {
  const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false });
  database.exec(INDEX_TABLES);
  database.exec('INSERT INTO judging VALUES (0, 0, 2, 40), (1, 1, 1, 40)');
  const insert = [0, 1].map((side) => openAnalysisTable(database, side));
  const terms = SERVICES.flatMap((service) => TYPES.map((type) => `${service}/${type}`));
  for (const [place, name] of terms.entries()) {
    const [service = '', type = ''] = name.split('/');
    database.prepare('INSERT INTO terms (id, service_id, terms_type) VALUES (?, ?, ?)').run(place + 1, service, type);
  }
  for (const [place, { serviceId, termsType, kind, seconds, analysis: judged }] of rows.entries()) {
    const version = { seq: place + 1, terms: terms.indexOf(`${serviceId}/${termsType}`) + 1, kind, fetchDate: seconds };
    database
      .prepare(`INSERT INTO version (seq, commit_id, terms, blob, fetch_date, kind, subject, snapshots)
        VALUES (?, x'00', ?, x'00', ?, ?, '', x'')`)
      .run(version.seq, version.terms, seconds, kind);
    if (!judged) continue;
    insert[0]?.(version, { ...judged, alert: !judged.alert, class: 'none', undoes: [], reasons: [{ code: 'none' }] });
    insert[1]?.(version, { ...judged, reasons: [{ code: 'more', blocks: version.seq }] });
  }
  return { database, queries: createRecordQueries(database) };
}

/** The same without any SQL. */
function isMeant(
  { serviceId, termsType, kind, seconds, analysis: judged }: Row,
  seq: number,
  of: VersionFilter,
): boolean {
  const { technicalUpgrades: upgrades = 'included', firstRecords = 'included' } = of;
  const [isFirst, isUpgrade] = [kind === 0, kind === 2];
  const isKindMeant =
    (isFirst ? firstRecords !== 'excluded' : firstRecords !== 'only') &&
    (isUpgrade ? upgrades !== 'excluded' : upgrades !== 'only');
  const isTold =
    judged !== undefined &&
    !of.lowered?.includes(seq) &&
    (judged.alert || judged.undoes.length > 0 || (of.raised?.includes(seq) ?? false));
  return (
    isKindMeant &&
    (of.serviceId === undefined || serviceId === of.serviceId) &&
    (of.services?.includes(serviceId) ?? true) &&
    (of.termsTypes?.includes(termsType) ?? true) &&
    (!of.since || seconds * 1000 >= of.since.getTime()) &&
    (!of.until || seconds * 1000 < of.until.getTime()) &&
    (!of.alerts || isTold) &&
    (!of.classes || (judged !== undefined && of.classes.includes(judged.class))) &&
    (!of.states || (judged !== undefined && of.states.includes(judged.state))) &&
    (!of.topics || (judged?.topics?.some((topic) => of.topics?.includes(topic)) ?? false))
  );
}

test('lists, pages and counts of filtered changes are those that a walk over all versions gives', () => {
  let found = 0;
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 10, maxLength: 40 }),
      fc.array(filter, { minLength: 5, maxLength: 20 }),
      (rows, filters) => {
        const { database, queries } = indexOf(rows);
        for (const one of filters) {
          const expected = rows
            .flatMap((version, place) => (isMeant(version, place + 1, one) ? [place + 1] : []))
            .reverse();
          const all = queries.versions(one, { limit: 100 });
          expect(all.map(({ seq }) => seq)).toEqual(expected);
          expect(all.map(({ analysis: judged }) => judged)).toEqual(expected.map((seq) => rows[seq - 1]?.analysis));
          const paged = expected.flatMap((_, place) =>
            place % 3 === 0 ? queries.versions(one, { limit: 3, before: expected[place - 1] }) : [],
          );
          expect(paged.map(({ seq }) => seq)).toEqual(expected);
          expect(queries.versions(one, { limit: 5, offset: 2 }).map(({ seq }) => seq)).toEqual(expected.slice(2, 7));
          const isOfAnalysis = one.alerts || one.classes || one.states || one.topics || one.since || one.until;
          if (isOfAnalysis) expect(queries.countVersions(one)).toBe(expected.length);
          found += expected.length;
        }
        for (const [place, { analysis: judged }] of rows.entries()) {
          expect(queries.reasons({ seq: place + 1 })).toEqual(judged ? [{ code: 'more', blocks: place + 1 }] : []);
        }
        database.close();
      },
    ),
    { numRuns: 60 },
  );
  expect(found).toBeGreaterThan(500);
});

test('every list of changes looks into an index, and walks from the newest on without sorting', () => {
  const { database } = indexOf([]);
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
  statements.clear();
  const own: VersionFilter[] = [
    { alerts: true },
    { alerts: true, raised: [1], lowered: [2] },
    { alerts: true, topics: ['data/sale'] },
    { classes: ['text'], states: ['ok'] },
    { topics: ['data/sale'] },
  ];
  const times: VersionFilter[] = [{}, { since: new Date(0) }, { until: new Date(1000) }];
  for (const one of own) {
    for (const time of times) {
      queries.versions({ ...one, ...time }, { limit: 10, offset: 1 });
      queries.versions({ ...one, ...time }, { limit: 10, before: 5 });
      queries.versions({ ...one, ...time, serviceId: 'A' }, { limit: 10 });
      queries.countVersions({ ...one, ...time, technicalUpgrades: 'excluded' });
    }
  }
  expect(statements.size).toBeGreaterThan(40);
  for (const sql of statements) {
    const plan = database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => String(detail));
    const said = `${sql}\n${plan.join('\n')}`;
    expect(
      plan.filter((detail) => /^SCAN (a|v|analysis|version)\b/.test(detail)),
      said,
    ).toEqual([]);
    const isSorted = plan.some((detail) => detail.includes('TEMP B-TREE FOR ORDER BY'));
    // Versions of a few terms are sorted; of all, they are walked.
    expect(isSorted && !sql.includes('analysis_by_terms'), said).toBe(false);
  }
  database.close();
});

test('every shape of a filter can be asked', () => {
  const { database, queries } = indexOf([]);
  const parts: VersionFilter[] = [
    { serviceId: 'A' },
    { until: new Date(1000) },
    { technicalUpgrades: 'only', firstRecords: 'only' },
    { technicalUpgrades: 'excluded' },
    { alerts: true },
    { raised: [1] },
    { lowered: [2] },
    { classes: [] },
    { topics: ['data/sale'] },
  ];
  for (let shape = 0; shape < 1 << parts.length; shape++) {
    const one: VersionFilter = Object.assign({}, ...parts.filter((_, place) => (shape >> place) & 1));
    expect(queries.versions(one, { limit: 5, before: 9 })).toEqual([]);
    expect(queries.countVersions(one)).toBe(0);
  }
  database.close();
});
