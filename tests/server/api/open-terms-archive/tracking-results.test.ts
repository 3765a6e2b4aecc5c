import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ledger } from '../../../../archive/ledger/ledger.ts';
import type { NotedFailure } from '../../../../archive/ledger/terms-outcome.ts';
import { type Apis, apisOfTest, askThrough, TRANSPORTS } from './apis-of-test.ts';

const API = '/harbour/api/v1';
const T = 'Terms of Service';
const P = 'Privacy Policy';
const at = (day: number, second: number): Date => new Date(Date.UTC(2025, 4, day, 10, 0, second));
const COMMIT = 'd'.repeat(40);

const down: NotedFailure = {
  location: 'https://www.larkmail.example/cookies',
  stage: 'fetch',
  reason: 'server',
  message: 'https://www.larkmail.example/cookies answered 503',
};
const empty: NotedFailure = {
  location: 'https://ferry.test/legal/terms.pdf',
  stage: 'extract',
  reason: 'empty',
  message: 'No text was found',
};

let apis: Apis;
beforeAll(async () => {
  apis = await apisOfTest();
  apis.served.enter('harbour', enterRuns);
});
afterAll(() => apis.close());

/** Two completed runs, and one that goes on. */
function enterRuns(ledger: Ledger): void {
  const start = (day: number): number =>
    ledger.startRun({
      kind: 'track',
      startedAt: at(day, 0),
      engineVersion: 'clausewatch/1.2.3',
      services: 3,
      terms: 4,
      schedule: day === 1 ? '0 6 * * *' : undefined,
      declarationsCommit: COMMIT,
    });
  const outcome = (runId: number, day: number, serviceId: string, termsType: string, ...failures: NotedFailure[]) =>
    ledger.recordTermsOutcome({
      runId,
      serviceId,
      termsType,
      status: failures.length > 0 ? 'failed' : 'unchanged',
      versionId: undefined,
      failures,
      date: at(day, 30),
    });
  const check = (
    runId: number,
    day: number,
    serviceId: string,
    termsType: string,
    location: string,
    mimeType: string,
  ) =>
    ledger.recordCheck({
      ...{ runId, serviceId, termsType, location, mimeType, outcome: 'unchanged', snapshotId: 'e'.repeat(40) },
      ...{ date: at(day, 20), attempt: 1, durationMs: 5 },
    });

  const first = start(1);
  check(first, 1, 'Larkmail', T, 'https://www.larkmail.example/terms', 'text/html');
  outcome(first, 1, 'Larkmail', T);
  check(first, 1, 'Larkmail', P, 'https://www.larkmail.example/privacy', 'text/html');
  outcome(first, 1, 'Larkmail', P, down);
  outcome(first, 1, 'Larkmail', P);
  outcome(first, 1, 'Ferry & Sons!', T, empty);
  outcome(first, 1, 'Old Harbour', T);
  ledger.endRun({ runId: first, endedAt: at(1, 59), status: 'completed', counts: {} });

  const second = start(2);
  outcome(second, 2, 'Larkmail', T);
  check(second, 2, 'Larkmail', P, 'https://www.larkmail.example/privacy', 'text/html');
  outcome(second, 2, 'Larkmail', P, down);
  outcome(second, 2, 'Ferry & Sons!', T, { ...empty, message: 'The file is encrypted' });
  ledger.endRun({ runId: second, endedAt: at(2, 59), status: 'completed', counts: {} });

  outcome(start(3), 3, 'Larkmail', T, down);
}

const TERMS = {
  serviceId: 'Larkmail',
  termsType: T,
  status: 'ok',
  event: {
    date: '2025-05-01T10:00:30.000Z',
    serviceName: 'Larkmail',
    sourceDocuments: [
      {
        id: 'terms',
        fetch: 'https://www.larkmail.example/terms',
        select: 'main',
        remove: ['nav', '.banner'],
        filter: [],
        mimeType: 'text/html',
        snapshotId: 'e'.repeat(40),
      },
    ],
  },
};
const PRIVACY = {
  serviceId: 'Larkmail',
  termsType: P,
  status: 'failed',
  event: {
    date: '2025-05-02T10:00:30.000Z',
    serviceName: 'Larkmail',
    sourceDocuments: [
      {
        id: 'privacy',
        fetch: 'https://www.larkmail.example/privacy',
        select: 'main',
        filter: [],
        executeClientScripts: false,
        mimeType: 'text/html',
        snapshotId: 'e'.repeat(40),
      },
      {
        id: 'cookies',
        fetch: 'https://www.larkmail.example/cookies',
        select: ['article', '#details'],
        filter: [],
        executeClientScripts: false,
        mimeType: null,
        snapshotId: null,
      },
    ],
    reasons: ['[fetch] https://www.larkmail.example/cookies answered 503'],
  },
};
const FERRY = {
  serviceId: 'Ferry & Sons!',
  termsType: T,
  status: 'failed',
  event: {
    date: '2025-05-02T10:00:30.000Z',
    serviceName: 'Ferry & Sons',
    sourceDocuments: [
      { id: 'legal-terms', fetch: 'https://ferry.test/legal/terms.pdf', filter: [], mimeType: null, snapshotId: null },
    ],
    reasons: ['[extraction] The file is encrypted'],
  },
};
/** Not declared any more: what is known of it is what was checked, here nothing. */
const OLD_HARBOUR = {
  serviceId: 'Old Harbour',
  termsType: T,
  status: 'ok',
  event: { date: '2025-05-01T10:00:30.000Z', serviceName: 'Old Harbour', sourceDocuments: [] },
};
const page = (data: unknown[], count = data.length, limit = 100, offset = 0) => ({ data, count, limit, offset });

describe.each(TRANSPORTS)('through %s', (_, open) => {
  const ask = askThrough(open, () => apis.app);

  test.each([
    ['/tracking-results', 200, page([FERRY, PRIVACY, TERMS, OLD_HARBOUR])],
    ['/tracking-results?status=ok', 200, page([TERMS, OLD_HARBOUR])],
    ['/tracking-results?status=failed', 200, page([FERRY, PRIVACY])],
    ['/tracking-results?limit=1&offset=2', 200, page([TERMS], 4, 1, 2)],
    ['/tracking-results?offset=9999', 200, page([], 4, 100, 9999)],
    ['/tracking-results?status=failed&limit=1&offset=1', 200, page([PRIVACY], 2, 1, 1)],
    ['/tracking-result/Larkmail', 200, page([PRIVACY, TERMS])],
    ['/tracking-result/Larkmail?limit=1', 200, page([PRIVACY], 2, 1)],
    ['/tracking-result/Larkmail/Terms%20of%20Service', 200, TERMS],
    ['/tracking-result/Ferry%20%26%20Sons!/Terms%20of%20Service', 200, FERRY],
    ['/tracking-result/Old%20Harbour/Terms%20of%20Service/', 200, OLD_HARBOUR],
    ['/tracking-results?status=crashed', 400, { error: 'Invalid status parameter. Must be one of "ok", "failed".' }],
    ['/tracking-results?status=', 400, { error: 'Invalid status parameter. Must be one of "ok", "failed".' }],
    ['/tracking-results?limit=501', 400, { error: 'Invalid limit parameter. Must not exceed 500.' }],
    ['/tracking-result/Nobody?limit=0', 400, { error: 'Invalid limit parameter. Must be a positive integer.' }],
    ['/tracking-result/Nobody', 404, { error: 'No tracking results found for service "Nobody"' }],
    [
      '/tracking-result/Larkmail%2F..%2F/run',
      404,
      { error: 'No tracking result found for service "Larkmail/../" and terms type "run"' },
    ],
    [
      '/tracking-result/Unrecorded/Privacy%20Policy',
      404,
      { error: 'No tracking result found for service "Unrecorded" and terms type "Privacy Policy"' },
    ],
  ])('GET %s is answered with %i', async (path, status, body) => {
    const response = await ask(API + path);
    expect({ status: response.status, text: await response.text() }).toEqual({ status, text: JSON.stringify(body) });
  });

  test('the latest completed run is told, not the one that goes on', async () => {
    const response = await ask(`${API}/Tracking-Results/run`);
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({
      runId: expect.stringMatching(/^ota-run-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
      collectionId: 'harbour',
      // The run of the test was begun by hand: the collection's schedule.
      schedule: '30 */12 * * *',
      lastRun: {
        startDate: '2025-05-02T10:00:00.000Z',
        endDate: '2025-05-02T10:00:59.000Z',
        engineVersion: 'clausewatch/1.2.3',
        status: 'completed',
      },
      declarations: { commit: COMMIT, services: 3, terms: 4 },
      tracked: { ok: 1, failed: 2 },
      coverage: {
        processed: 3,
        skipped: [{ serviceId: 'Unrecorded', termsType: P, reason: 'not tracked before' }],
      },
      transitions: {
        newFailures: [{ serviceId: 'Larkmail', termsType: P }],
        recoveries: [],
        reasonChanges: [{ serviceId: 'Ferry & Sons!', termsType: T }],
      },
      transientErrors: 0,
    });
    expect(Object.keys(JSON.parse(text))).toEqual([
      'runId',
      'collectionId',
      'schedule',
      'lastRun',
      'declarations',
      'tracked',
      'coverage',
      'transitions',
      'transientErrors',
    ]);
  });
});

test('a try that failed and one that did not in the same run are a transient error', async () => {
  const own = await apisOfTest();
  try {
    own.served.enter('harbour', (ledger) => {
      const runId = ledger.startRun({
        ...{ kind: 'track', startedAt: at(1, 0), engineVersion: 'clausewatch/1.2.3', services: 1, terms: 1 },
      });
      const outcome = { runId, serviceId: 'Larkmail', termsType: P, versionId: undefined };
      ledger.recordTermsOutcome({ ...outcome, status: 'failed', failures: [down], date: at(1, 1) });
      ledger.recordTermsOutcome({ ...outcome, status: 'unchanged', failures: [], date: at(1, 2) });
      ledger.endRun({ runId, endedAt: at(1, 3), status: 'completed', counts: {} });
    });
    const result = await (await own.app.request(`${API}/tracking-result/Larkmail/Privacy%20Policy`)).json();
    expect(result).toMatchObject({
      status: 'ok',
      event: { transientError: { reasons: ['[fetch] https://www.larkmail.example/cookies answered 503'] } },
    });
    expect((result as { event: object }).event).not.toHaveProperty('reasons');
    const run = await (await own.app.request(`${API}/tracking-results/run`)).json();
    expect(run).toMatchObject({ tracked: { ok: 1, failed: 0 }, transientErrors: 1 });
  } finally {
    await own.close();
  }
});
