import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChangeInterval, ClauseLife } from '../../../../archive/index/clause.ts';
import type { ChecksOfTerms } from '../../../../archive/ledger/checks-of-terms.ts';
import { type RowOptions, textOfRows } from './text-of-rows.ts';

const CLAUSE = 'We may change these terms at any time and will tell you thirty days before.';
const EDITED = 'We may change these terms at any time and will tell you sixty days before.';
const NOISE = 'Everybody else says nothing.';

type Row = readonly [text: string, date: string, options?: RowOptions];

/** Versions of Acme's terms; another service's records on every day, so that tracking is regular. */
async function indexOf(
  rows: readonly Row[],
  { isTracked = true, checks }: { isTracked?: boolean; checks?: ChecksOfTerms } = {},
) {
  const index = textOfRows();
  for (let day = 0; isTracked && day < 400; day++) {
    index.add(NOISE, { service: 'Other', date: new Date(Date.UTC(2024, 0, 1 + day)).toISOString() });
  }
  for (const [text, date, options] of rows) index.add(text, { date: `${date}T10:00:00Z`, ...options });
  await index.update();
  return index.queries({ checks });
}

/** An interval in short: `after–by`, its basis, and what is worth saying. */
function short(interval: ChangeInterval | undefined): string | undefined {
  if (!interval) return undefined;
  const day = (date: Date | undefined): string => date?.toISOString().slice(5, 10) ?? '';
  const gap = interval.gap ? ` gap ${interval.gap.days} ${interval.gap.reason}` : '';
  return `${day(interval.after)}–${day(interval.by)} ${interval.basis}${gap}${interval.isTechnicalUpgrade ? ' upgrade' : ''}`;
}

const shortLife = ({ appeared, disappeared, absences }: ClauseLife) => ({
  appeared: short(appeared),
  disappeared: short(disappeared),
  absences: absences.map(({ from, until }) => [short(from), short(until)]),
});

async function lifeOf(rows: readonly Row[], options: { isTracked?: boolean; checks?: ChecksOfTerms } = {}) {
  const [history] = (await indexOf(rows, options)).passageHistory(
    'Acme',
    'Terms of Service',
    'change these terms at any time',
  );
  return history && shortLife(history.life);
}

describe('intervals from records', () => {
  test.each<[string, readonly Row[], ReturnType<typeof shortLife>]>([
    [
      'in force since the first record',
      [[CLAUSE, '2024-01-05']],
      { appeared: '–01-05 first-record', disappeared: undefined, absences: [] },
    ],
    [
      'came and went',
      [
        [NOISE, '2024-01-05'],
        [CLAUSE, '2024-02-05'],
        [NOISE, '2024-03-05'],
      ],
      { appeared: '01-05–02-05 records', disappeared: '02-05–03-05 records', absences: [] },
    ],
    [
      'the last record without it and the last with it, of several',
      [
        ['a', '2024-01-05'],
        ['b', '2024-01-15'],
        [CLAUSE, '2024-02-05'],
        [`${CLAUSE}\n\nb`, '2024-02-15'],
        ['c', '2024-03-05'],
      ],
      { appeared: '01-15–02-05 records', disappeared: '02-15–03-05 records', absences: [] },
    ],
    [
      'edits do not end it',
      [
        [CLAUSE, '2024-01-05'],
        [EDITED, '2024-02-05'],
      ],
      { appeared: '–01-05 first-record', disappeared: undefined, absences: [] },
    ],
    [
      'absences are bridged and listed',
      [
        [CLAUSE, '2024-01-05'],
        [NOISE, '2024-02-05'],
        [CLAUSE, '2024-03-05'],
        [NOISE, '2024-04-05'],
      ],
      {
        appeared: '–01-05 first-record',
        disappeared: '03-05–04-05 records',
        absences: [['01-05–02-05 records', '02-05–03-05 records']],
      },
    ],
    [
      'a technical upgrade brought it',
      [
        [NOISE, '2024-01-05'],
        [CLAUSE, '2024-02-05', { kind: 'technical-upgrade' }],
      ],
      { appeared: '01-05–02-05 records upgrade', disappeared: undefined, absences: [] },
    ],
    [
      'dates run backwards: a technical upgrade with the date of the snapshot of the version before',
      [
        [NOISE, '2024-01-05'],
        ['b', '2024-03-05'],
        [CLAUSE, '2024-02-05', { kind: 'technical-upgrade' }],
      ],
      { appeared: '01-05–02-05 records upgrade', disappeared: undefined, absences: [] },
    ],
    [
      'dates run backwards: all records of the former state are later',
      [
        [CLAUSE, '2024-03-05'],
        [NOISE, '2024-02-05', { kind: 'technical-upgrade' }],
      ],
      { appeared: '–03-05 first-record', disappeared: '02-05–02-05 records upgrade', absences: [] },
    ],
  ])('%s', async (_what, rows, life) => {
    expect(await lifeOf(rows)).toEqual(life);
  });

  test('time in which the whole collection recorded nothing is stated', async () => {
    const rows: Row[] = [
      [NOISE, '2024-01-01'],
      [CLAUSE, '2024-02-01'],
    ];
    expect(await lifeOf(rows, { isTracked: false })).toMatchObject({
      appeared: '01-01–02-01 records gap 30 no-records',
    });
    // A week is nothing unusual.
    const soon: Row[] = [
      [NOISE, '2024-01-01'],
      [CLAUSE, '2024-01-08'],
    ];
    expect(await lifeOf(soon, { isTracked: false })).toMatchObject({ appeared: '01-01–01-08 records' });
  });

  test('gaps are known of records that came after the first question', async () => {
    const index = textOfRows();
    index.add(NOISE, { date: '2024-01-01T00:00:00Z' });
    index.add(CLAUSE, { date: '2024-01-02T00:00:00Z' });
    await index.update();
    const queries = index.queries();
    const intervals = () =>
      queries
        .search({ text: 'nothing OR change', limit: 9, sort: 'date' })
        .hits.map(({ life }) => short(life.disappeared));
    expect(intervals()).toEqual([undefined, '01-01–01-02 records']);
    index.add(NOISE, { date: '2024-03-02T00:00:00Z' });
    await index.update();
    expect(intervals()).toEqual(['01-02–03-02 records gap 59 no-records', undefined]);
  });
});

describe('intervals from checks', () => {
  const day = (date: string, time = '10:00:00.500'): Date => new Date(`${date}T${time}Z`);
  /** A ledger of successful and failed checks. */
  const ledger = (successes: readonly Date[], failures: readonly Date[] = []): ChecksOfTerms => ({
    lastSuccessBefore: (_service, _type, date) => successes.findLast((success) => success < date),
    hasFailureBetween: (_service, _type, since, until) =>
      failures.some((failure) => failure > since && failure < until),
  });
  const rows: Row[] = [
    [NOISE, '2024-01-05'],
    [CLAUSE, '2024-02-05'],
  ];

  test.each<[string, ChecksOfTerms, string]>([
    ['the last successful check without it', ledger([day('2024-01-05'), day('2024-02-04')]), '02-04–02-05 checks'],
    ['the check of the former record is the last', ledger([day('2024-01-05')]), '01-05–02-05 checks gap 30 no-checks'],
    [
      'checks failed in between',
      ledger([day('2024-01-05'), day('2024-01-20')], [day('2024-01-21')]),
      '01-20–02-05 checks gap 15 failed-checks',
    ],
    ['a failure on one day is no gap', ledger([day('2024-02-03')], [day('2024-02-04')]), '02-03–02-05 checks'],
    ['a ledger that ends before the records', ledger([day('2023-12-01')]), '01-05–02-05 records'],
    ['a ledger that begins later', ledger([day('2024-06-01')]), '01-05–02-05 records'],
    ['an empty ledger', ledger([]), '01-05–02-05 records'],
  ])('%s', async (_what, checks, appeared) => {
    expect(await lifeOf(rows, { checks })).toMatchObject({ appeared });
  });

  test('the first record has nothing earlier', async () => {
    const checks = ledger([day('2024-01-04')]);
    expect(await lifeOf([[CLAUSE, '2024-01-05']], { checks })).toMatchObject({ appeared: '–01-05 first-record' });
  });
});

test('no interval ends before it begins, whatever the dates', async () => {
  const row = fc.record({
    text: fc.constantFrom(CLAUSE, EDITED, NOISE, `${CLAUSE}\n\n${NOISE}`),
    day: fc.integer({ min: 0, max: 60 }),
    kind: fc.constantFrom('change' as const, 'technical-upgrade' as const),
  });
  const successes = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 10 }), successes, async (versions, checked) => {
      const index = textOfRows();
      const date = (number: number): Date => new Date(Date.UTC(2024, 0, 1 + number, 0, 0, 0, 700));
      for (const { text, day, kind } of versions) index.add(text, { date: date(day).toISOString(), kind });
      await index.update();
      const times = checked.map(date).sort((a, b) => a.getTime() - b.getTime());
      const checks: ChecksOfTerms = {
        lastSuccessBefore: (_service, _type, before) => times.findLast((time) => time < before),
        hasFailureBetween: () => true,
      };
      const queries = index.queries({ checks });
      const clauses = index.rows('SELECT DISTINCT clause FROM standing').map((found) => Number(found.clause));
      for (const clause of clauses) {
        const history = queries.clause(clause);
        expect(history?.wordings.length).toBeGreaterThan(0);
        for (const { appeared, disappeared, absences } of [history, ...(history?.wordings ?? [])].flatMap(
          (one) => one?.life ?? [],
        )) {
          const intervals = [appeared, disappeared, ...absences.flatMap(({ from, until }) => [from, until])];
          for (const interval of intervals) {
            if (interval?.after) expect(interval.after.getTime()).toBeLessThanOrEqual(interval.by.getTime());
          }
          expect(appeared.after === undefined).toBe(appeared.basis === 'first-record');
        }
      }
      index.database.close();
    }),
    { numRuns: 60 },
  );
});

describe('clauses and passages', () => {
  test('a clause has its wordings, oldest first, each with its own life', async () => {
    const queries = await indexOf([
      [`# Changes\n\n${CLAUSE}`, '2024-01-05'],
      [`# Changes\n\n${EDITED} [More](https://a.example)`, '2024-02-05'],
    ]);
    const [history] = queries.passageHistory('Acme', 'Terms of Service', CLAUSE);
    expect(history).toMatchObject({
      serviceId: 'Acme',
      termsType: 'Terms of Service',
      heading: 'Changes',
      wordings: [
        { text: CLAUSE, markdown: CLAUSE },
        { text: `${EDITED} More`, markdown: `${EDITED} [More](https://a.example)` },
      ],
    });
    expect(history?.wordings.map(({ life }) => [short(life.appeared), short(life.disappeared)])).toEqual([
      ['–01-05 first-record', '01-05–02-05 records'],
      ['01-05–02-05 records', undefined],
    ]);
    expect(queries.clause(history?.clauseId ?? 0)).toEqual(history);
  });

  test('a clause under a former and a present name is one', async () => {
    const index = textOfRows();
    index.add(`${CLAUSE}\n\nKept as it was.`, { service: 'Twitter', date: '2024-01-05T00:00:00Z' });
    index.rename('Twitter', 'X');
    index.add(`${EDITED}\n\nKept as it was.`, { service: 'X', date: '2024-02-05T00:00:00Z' });
    await index.update();
    const queries = index.queries();
    for (const service of ['Twitter', 'X']) {
      const [kept] = queries.passageHistory(service, 'Terms of Service', 'kept as it was');
      expect(kept?.serviceId).toBe('X');
      expect(kept?.wordings.map(({ life }) => shortLife(life))).toEqual([
        { appeared: '–01-05 first-record', disappeared: undefined, absences: [] },
      ]);
    }
    const [changed] = queries.passageHistory('X', 'Terms of Service', 'change these terms');
    expect(changed && short(changed.wordings[1]?.life.appeared)).toBe('01-05–02-05 records gap 30 no-records');
  });

  test.each([
    ['a part of a sentence', 'terms at any time', 1],
    ['other signs and letter case', 'CHANGE THESE TERMS, at any time!', 1],
    ['with its marks', '* We **may** [change](https://a.example) these terms', 1],
    ['several lines', `${CLAUSE}\n\n${NOISE}`, 2],
    ['words in another order', 'terms these change', 0],
    ['operators are words', 'change OR terms', 0],
    ['nothing', '', 0],
    ['signs', '"*() -', 0],
    ['a very long one', 'word '.repeat(20_000), 0],
    ['NUL', 'change\0these terms', 1],
  ])('passage: %s', async (_what, passage, clauses) => {
    const queries = await indexOf([[`${CLAUSE}\n\n${NOISE}`, '2024-01-05']]);
    expect(queries.passageHistory('Acme', 'Terms of Service', passage)).toHaveLength(clauses);
    expect(queries.passageHistory('Nobody', 'Terms of Service', passage)).toEqual([]);
  });

  test.each([0, -1, 1.5, Number.NaN, Number.MAX_VALUE, 2 ** 53])('there is no clause %s', async (id) => {
    expect((await indexOf([[CLAUSE, '2024-01-05']])).clause(id)).toBeUndefined();
  });
});
