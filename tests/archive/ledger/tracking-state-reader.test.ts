import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Ledger, openLedger } from '../../../archive/ledger/ledger.ts';
import type { RunStatus } from '../../../archive/ledger/run.ts';
import type { NotedFailure, NotedTermsOutcome } from '../../../archive/ledger/terms-outcome.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const ledgerFile = async (): Promise<string> => join(await temporaryDirectory(), 'ledger.sqlite');
const failure = (message: string): NotedFailure => ({
  location: 'https://x.example/',
  stage: 'fetch',
  reason: 'server',
  message,
});

/** What each try of terms came to: a text is the message of a failure. */
type Tries = readonly (NotedTermsOutcome['status'] | `!${string}`)[];

/** A day is a run; on each, tries of each terms by name, in minutes one after the other. */
function write(
  ledger: Ledger,
  days: readonly { kind?: string; status?: RunStatus | 'running'; terms: Readonly<Record<string, Tries>> }[],
  firstDay = 0,
): void {
  for (const [place, { kind = 'track', status = 'completed', terms }] of days.entries()) {
    const day = firstDay + place;
    const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1 + day, 0, minute));
    const runId = ledger.startRun({ kind, startedAt: at(0), engineVersion: 'clausewatch/0', services: 1, terms: 1 });
    for (const [serviceId, tries] of Object.entries(terms)) {
      for (const [attempt, outcome] of tries.entries()) {
        const isFailed = outcome.startsWith('!');
        ledger.recordTermsOutcome({
          runId,
          serviceId,
          termsType: 'Terms of Service',
          status: isFailed ? 'failed' : (outcome as NotedTermsOutcome['status']),
          versionId: undefined,
          failures: isFailed ? [failure(outcome.slice(1))] : [],
          date: at(1 + attempt),
        });
      }
    }
    if (status !== 'running') ledger.endRun({ runId, endedAt: at(59), status, counts: {} });
  }
}

/** Day and status of the last change of each terms, as of the latest completed run. */
function changes(ledger: Ledger): Record<string, string> {
  const run = ledger.lastCompletedTracking();
  if (!run) return {};
  return Object.fromEntries(
    ledger.trackingStates(run.id).map((state) => {
      const change = ledger.lastChange(state);
      const words = [change.status, ...change.failures, ...change.passingFailures];
      return [
        state.serviceId,
        `${change.date.getUTCDate()} ${words.map((word) => (typeof word === 'string' ? word : word.message)).join(' ')}`,
      ];
    }),
  );
}

test('the last change of terms is found, whatever its kind', async () => {
  const ledger = openLedger(await ledgerFile());
  write(ledger, [
    { terms: { well: ['first'], broken: ['first'], recovered: ['!down', '!down'], flaky: ['first'], worse: ['!a'] } },
    {
      terms: {
        well: ['unchanged'],
        broken: ['!gone'],
        recovered: ['!down'],
        flaky: ['!slow', 'unchanged'],
        worse: ['!a'],
      },
    },
    {
      terms: {
        well: ['changed'],
        broken: ['!gone', '!gone'],
        recovered: ['first'],
        flaky: ['unchanged'],
        worse: ['!b'],
      },
    },
    { terms: { well: ['upgraded', 'unchanged'], broken: ['!gone'], recovered: ['unchanged'], late: ['!x', 'first'] } },
  ]);
  expect(changes(ledger)).toEqual({
    well: '1 ok',
    broken: '2 failed gone',
    recovered: '3 ok',
    flaky: '3 ok',
    worse: '3 failed b',
    late: '4 ok x',
  });
  ledger.close();
});

test('runs that go on, and those that did not track, do not count; interrupted ones do once a later one completed', async () => {
  const ledger = openLedger(await ledgerFile());
  expect(ledger.lastCompletedTracking()).toBeUndefined();
  write(ledger, [{ status: 'interrupted', terms: { a: ['first'] } }]);
  expect(ledger.lastCompletedTracking()).toBeUndefined();
  write(ledger, [
    { terms: {} },
    { kind: 'upgrade', terms: { a: ['!extract'] } },
    { status: 'running', terms: { a: ['!down'], b: ['first'] } },
  ]);
  expect(ledger.lastCompletedTracking()?.id).toBe(2);
  expect(changes(ledger)).toEqual({ a: '1 ok' });
  ledger.close();
});

test('a run says what it changed', async () => {
  const ledger = openLedger(await ledgerFile());
  write(ledger, [
    { terms: { a: ['first'], b: ['!x'], c: ['!x'], d: ['!x'], e: ['first'] } },
    { kind: 'upgrade', terms: { a: ['!upgrade'], b: ['upgraded'] } },
    { terms: { a: ['!x', '!x'], b: ['!y', 'first'], c: ['!y'], d: ['!x'], new: ['!x'] } },
  ]);
  const names = (states: readonly { serviceId: string }[]) => states.map(({ serviceId }) => serviceId);
  const results = ledger.runResults(3);
  expect(names(results.states)).toEqual(['a', 'b', 'c', 'd', 'new']);
  expect(names(results.newFailures)).toEqual(['a']);
  expect(names(results.recoveries)).toEqual(['b']);
  expect(names(results.reasonChanges)).toEqual(['c']);
  expect(results.states.map(({ passingFailures }) => passingFailures.length)).toEqual([0, 1, 0, 0, 0]);
  ledger.close();
});

test('however checks went, the change found is that of a look at every run', async () => {
  const tries = fc.oneof(
    ...[['unchanged'], ['!a'], ['!b'], ['!a', 'unchanged'], ['!b', 'unchanged'], ['!a', '!b']].map((one) =>
      fc.constant(one as Tries),
    ),
    fc.constant([] as Tries),
  );
  const file = await ledgerFile();
  let round = 0;
  fc.assert(
    fc.property(fc.array(tries, { minLength: 1, maxLength: 250 }), (days) => {
      const ledger = openLedger(`${file}-${round++}`);
      const runs = days.map((one) => ({ terms: { x: one } }));
      write(ledger, runs);
      let state = '';
      let expected: string | undefined;
      for (const [day, one] of days.entries()) {
        const final = one.at(-1);
        if (final === undefined) continue;
        const [first] = one;
        const passing = one.length > 1 && !final.startsWith('!') ? ` ${first?.slice(1)}` : '';
        const now = final.startsWith('!') ? `failed ${final.slice(1)}` : `ok${passing}`;
        if (now !== state) expected = `${new Date(Date.UTC(2026, 0, 1 + day)).getUTCDate()} ${now}`;
        state = now;
      }
      const found = changes(ledger);
      ledger.close();
      return found.x === expected;
    }),
    { numRuns: 12 },
  );
}, 60_000);

test('a change that was found is still the one after more runs, until there is another', async () => {
  const ledger = openLedger(await ledgerFile());
  const days = ['first', '!a', '!a', '!a', '!b', '!b', 'unchanged', '!b', '!b'] as const;
  const expected = [
    '1 ok',
    '2 failed a',
    '2 failed a',
    '2 failed a',
    '5 failed b',
    '5 failed b',
    '7 ok',
    '8 failed b',
    '8 failed b',
  ];
  const found: (string | undefined)[] = [];
  for (const [day, outcome] of days.entries()) {
    write(ledger, [{ terms: { x: [outcome] } }], day);
    found.push(changes(ledger).x);
  }
  expect(found).toEqual(expected);
  ledger.close();
});

test('what was fetched in the run of a state', async () => {
  const ledger = openLedger(await ledgerFile());
  const names = { serviceId: 'a', termsType: 'Terms of Service' };
  write(ledger, [{ terms: { a: ['first'] } }]);
  const startedAt = new Date('2026-02-01T00:00:00Z');
  const runId = ledger.startRun({ kind: 'track', startedAt, engineVersion: 'clausewatch/0', services: 1, terms: 1 });
  const check = { ...names, runId, location: 'https://x.example/', attempt: 1, durationMs: 1 };
  const date = new Date('2026-02-01T00:00:05Z');
  ledger.recordCheck({ ...check, date, outcome: 'failed', stage: 'fetch', reason: 'server', message: 'down' });
  ledger.recordCheck({ ...check, date, attempt: 2, outcome: 'new', snapshotId: 's1', mimeType: 'text/html' });
  const second = { ...check, documentId: 'b', location: 'https://x.example/b' };
  ledger.recordCheck({ ...second, date, outcome: 'failed', stage: 'fetch', reason: 'server', message: 'down' });
  ledger.recordTermsOutcome({
    ...names,
    runId,
    status: 'failed',
    versionId: undefined,
    failures: [failure('down')],
    date,
  });
  ledger.endRun({ runId, endedAt: new Date('2026-02-01T00:01:00Z'), status: 'completed', counts: {} });
  const [state] = ledger.trackingStates(runId);
  if (!state) throw new Error('There is no state');
  expect(ledger.fetchedInRun(state)).toEqual([
    { documentId: undefined, location: 'https://x.example/', snapshotId: 's1', mimeType: 'text/html' },
    { documentId: 'b', location: 'https://x.example/b', snapshotId: undefined, mimeType: undefined },
  ]);
  ledger.close();
});

test('no question reads all outcomes or checks', async () => {
  const file = await ledgerFile();
  openLedger(file).close();
  const plans: string[] = [];
  const { prepare } = DatabaseSync.prototype;
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string) {
    const rows = prepare.call(this, `EXPLAIN QUERY PLAN ${sql}`).all();
    if (/terms_outcomes|checks/.test(sql)) plans.push(...rows.map(({ detail }) => String(detail)));
    return prepare.call(this, sql);
  };
  try {
    const { createTrackingStateReader } = await import('../../../archive/ledger/tracking-state-reader.ts');
    const { createConnection } = await import('../../../archive/ledger/connection.ts');
    const database = new DatabaseSync(file, { readOnly: true });
    createTrackingStateReader(createConnection(database, file));
    database.close();
  } finally {
    DatabaseSync.prototype.prepare = prepare;
  }
  expect(plans.filter((plan) => plan.includes('terms_outcomes_failed'))).toHaveLength(3);
  // `SCAN t` goes over the names of terms; a scan of outcomes by their number ends at the first that is wanted.
  expect(plans.filter((plan) => /^SCAN (?!t\b|terms_outcomes$)/.test(plan))).toEqual([]);
});
