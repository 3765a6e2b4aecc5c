import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Check } from '../../../archive/ledger/check.ts';
import { coverage } from '../../../server/api/schemas/collection.ts';
import { termsDetail } from '../../../server/api/schemas/service.ts';
import { checksPage } from '../../../server/api/schemas/tracking.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { type ApiOfTest, apiOfTest } from '../../helpers/api.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';

const LOCATION = 'https://www.larkmail.example/terms';
const TERMS = '/collections/harbour/services/Larkmail/terms/Terms%20of%20Service';
const day = (number: number): Date => new Date(Date.UTC(2025, 1, number, 8));
const FAILURE = { stage: 'extract', reason: 'no-match', message: 'No element matches “main”' } as const;

let served: ServedOfTest;
let api: ApiOfTest;
const queries = createQueryPool({ threads: 1 });

beforeAll(async () => {
  served = await openServed();
  api = apiOfTest(served, queries);
  served.enter('harbour', (ledger) => {
    for (let number = 3; number <= 12; number++) {
      const runId = ledger.startRun({
        kind: 'track',
        startedAt: day(number),
        engineVersion: 'clausewatch/0',
        services: 3,
        terms: 4,
      });
      const facts = {
        runId,
        serviceId: 'Larkmail',
        termsType: 'Terms of Service',
        documentId: undefined,
        location: LOCATION,
        date: day(number),
        attempt: 1,
        durationMs: 321,
      };
      const hasFailed = number > 10;
      const check: Check = hasFailed
        ? { ...facts, outcome: 'failed', ...FAILURE, httpStatus: 200 }
        : { ...facts, outcome: number === 3 ? 'changed' : 'unchanged', snapshotId: 'a'.repeat(40) };
      ledger.recordCheck(check);
      const outcome = {
        runId,
        versionId: undefined,
        date: day(number),
        serviceId: 'Larkmail',
        termsType: 'Terms of Service',
      };
      const failures = hasFailed ? [{ location: LOCATION, ...FAILURE }] : [];
      ledger.recordTermsOutcome({ ...outcome, status: hasFailed ? 'failed' : 'unchanged', failures });
      // No longer declared: of no concern to the coverage.
      const old = { ...outcome, serviceId: 'Old Harbour', failures: [{ location: 'https://old.test/', ...FAILURE }] };
      ledger.recordTermsOutcome({ ...old, status: 'failed' });
      ledger.endRun({ runId, endedAt: day(number), status: 'completed', counts: {} });
    }
  });
});
afterAll(async () => {
  await served.close();
  await queries.close();
});

test('the state of tracking', async () => {
  const { tracking } = termsDetail.parse(await api.json(TERMS));
  expect(tracking).toEqual({
    state: 'failing',
    lastCheck: day(12).toISOString(),
    lastSuccessfulCheck: day(10).toISOString(),
    unchangedSince: '2025-02-03T08:00:00.000Z',
    failingSince: day(11).toISOString(),
    consecutiveFailures: 2,
    failures: [{ location: LOCATION, ...FAILURE }],
  });
  const old = termsDetail.parse(
    await api.json('/collections/harbour/services/Old%20Harbour/terms/Terms%20of%20Service'),
  );
  expect(old.tracking).toMatchObject({ state: 'not-declared', failingSince: null, failures: [] });
});

test('every check, newest first, in parts', async () => {
  const all = checksPage.parse(await api.json(`${TERMS}/checks`));
  expect(all.areChecksKnown).toBe(true);
  expect(all.data.map(({ date }) => date)).toEqual(
    [12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((one) => day(one).toISOString()),
  );
  expect(all.data[0]).toMatchObject({ outcome: 'failed', snapshotId: null, failure: { ...FAILURE, httpStatus: 200 } });
  expect(all.data.at(-1)).toMatchObject({ outcome: 'changed', failure: null, durationMs: 321 });
  expect(all.nextCursor).toBeNull();
  const seen = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const part = checksPage.parse(await api.json(`${TERMS}/checks?limit=3${cursor && `&cursor=${cursor}`}`));
    seen.push(...part.data);
    cursor = part.nextCursor;
  }
  expect(seen).toEqual(all.data);
});

test.each([
  ['outcome=failed', 2],
  ['outcome=succeeded', 8],
  ['since=2025-02-05&until=2025-02-08', 3],
  ['until=2020-01-01', 0],
])('checks with %s: %i', async (parameters, count) => {
  expect(checksPage.parse(await api.json(`${TERMS}/checks?${parameters}`)).data).toHaveLength(count);
});

test.each([
  ['', 10],
  ['&outcome=failed', 2],
  ['&since=2025-02-05&until=2025-02-08', 3],
])('checks as a table%s: %i rows', async (parameters, count) => {
  const [names, first, ...rest] = (await (await api.get(`${TERMS}/checks?format=csv${parameters}`)).text()).split(
    '\r\n',
  );
  expect(names).toMatch(/^date,service,termsType,document,location,outcome,/);
  expect(first).toMatch(
    /^2025-02-\d\dT08:00:00.000Z,Larkmail,Terms of Service,,https:\/\/www.larkmail.example\/terms,/,
  );
  expect(rest).toHaveLength(count);
});

test('what fails in a collection is a table; of a mirror no checks are known, and its table is empty', async () => {
  const text = await (await api.get('/collections/harbour/coverage?format=csv')).text();
  expect(text.split('\r\n')[1]).toBe(
    `harbour,Larkmail,Terms of Service,${day(11).toISOString()},2,${LOCATION},extract,no-match,${FAILURE.message}`,
  );
  const mirrored = await api.get('/collections/lighthouse/services/Gullnet/terms/Privacy%20Policy/checks?format=csv');
  expect((await mirrored.text()).trim().split('\r\n')).toHaveLength(1);
});

test('coverage, of what is declared', async () => {
  const answer = coverage.parse(await api.json('/collections/harbour/coverage'));
  expect(answer).toMatchObject({
    areChecksKnown: true,
    declaredTerms: 4,
    failingTerms: 1,
    reasons: [{ stage: 'extract', reason: 'no-match', terms: 1 }],
    failing: [{ serviceId: 'Larkmail', since: day(11).toISOString(), consecutiveFailures: 2 }],
    lastRun: { kind: 'track', startedAt: day(12).toISOString(), status: 'completed' },
    checks: { total: 10, failed: 2 },
  });
});
