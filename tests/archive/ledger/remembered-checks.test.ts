import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Ledger, openLedger } from '../../../archive/ledger/ledger.ts';
import { rememberChecks } from '../../../archive/ledger/remembered-checks.ts';
import type { NotedTermsOutcome } from '../../../archive/ledger/terms-outcome.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const TERMS = { serviceId: 'Brass & Co', termsType: 'Terms of Service' };
const ARGUMENTS = [TERMS.serviceId, TERMS.termsType] as const;
const on = (day: number): Date => new Date(Date.UTC(2026, 2, day, 10));

async function ledgerOfTest(): Promise<{
  ledger: Ledger;
  note: (day: number, outcome?: Partial<NotedTermsOutcome>, kind?: string) => void;
}> {
  const ledger = openLedger(join(await temporaryDirectory(), 'ledger.sqlite'));
  return {
    ledger,
    note(day, outcome = {}, kind = 'track') {
      const runId = ledger.startRun({
        kind,
        startedAt: on(day),
        engineVersion: 'clausewatch/0',
        services: 1,
        terms: 1,
      });
      const facts = {
        ...TERMS,
        runId,
        status: 'unchanged',
        versionId: undefined,
        failures: [],
        date: on(day),
      } as const;
      ledger.recordTermsOutcome({ ...facts, ...outcome });
    },
  };
}
const failed: Partial<NotedTermsOutcome> = {
  status: 'failed',
  failures: [{ location: 'https://brass.example/', stage: 'extract', reason: 'no-match', message: 'Nothing matches' }],
};

test('the last success before a moment, and failures between two', async () => {
  const { ledger, note } = await ledgerOfTest();
  note(1, { status: 'first' });
  note(2);
  note(3, failed);
  note(4, { status: 'changed' });
  const checks = rememberChecks(() => ledger);
  const before = (date: Date): number | undefined => checks.lastSuccessBefore(...ARGUMENTS, date)?.getUTCDate();
  expect([on(1), on(2), on(3), on(4), on(9)].map(before)).toEqual([undefined, 1, 2, 2, 4]);
  const between = (since: number, until: number): boolean =>
    checks.hasFailureBetween(...ARGUMENTS, on(since), on(until));
  expect([between(1, 3), between(1, 4), between(3, 4), between(2, 9), between(4, 9)]).toEqual([
    false,
    true,
    false,
    true,
    false,
  ]);
  ledger.close();
});

test('upgrades fetch nothing, and other terms are others', async () => {
  const { ledger, note } = await ledgerOfTest();
  note(1);
  note(2, { status: 'upgraded' }, 'upgrade');
  note(3, { serviceId: 'Another' });
  const checks = rememberChecks(() => ledger);
  expect(checks.lastSuccessBefore(...ARGUMENTS, on(9))).toEqual(on(1));
  expect(checks.hasFailureBetween('Nobody', 'Terms', on(1), on(9))).toBe(false);
  ledger.close();
});

test.each([
  ['the first of their source documents was fetched, not when that was noted', { status: 'unchanged' }, 3],
  ['the last was, where a version was recorded', { status: 'changed', versionId: 'b'.repeat(40) }, 4],
] as const)('terms were seen when %s', async (_what, outcome, seen) => {
  const { ledger, note } = await ledgerOfTest();
  note(1);
  const runId = ledger.startRun({
    kind: 'track',
    startedAt: on(2),
    engineVersion: 'clausewatch/0',
    services: 1,
    terms: 1,
  });
  const minute = (minutes: number): Date => new Date(on(2).getTime() + minutes * 60_000);
  for (const [location, minutes] of [
    ['https://brass.example/b', 4],
    ['https://brass.example/a', 3],
  ] as const) {
    const facts = { ...TERMS, runId, location, date: minute(minutes), attempt: 1, durationMs: 1 };
    ledger.recordCheck({ ...facts, documentId: location.slice(-1), outcome: 'unchanged', snapshotId: 'a'.repeat(40) });
  }
  const noted = { ...TERMS, runId, versionId: undefined, failures: [], date: minute(9) };
  ledger.recordTermsOutcome({ ...noted, ...outcome });
  const checks = rememberChecks(() => ledger);
  expect(checks.lastSuccessBefore(...ARGUMENTS, minute(8))).toEqual(minute(seen));
  expect(checks.lastSuccessBefore(...ARGUMENTS, minute(seen))).toEqual(on(1));
  ledger.close();
});

test('what comes later is seen, as is another ledger; without one nothing is known', async () => {
  const { ledger, note } = await ledgerOfTest();
  const { ledger: other } = await ledgerOfTest();
  let current: Ledger | undefined = ledger;
  const checks = rememberChecks(() => current);
  note(1);
  expect(checks.lastSuccessBefore(...ARGUMENTS, on(9))).toEqual(on(1));
  note(2);
  expect(checks.lastSuccessBefore(...ARGUMENTS, on(9))).toEqual(on(2));
  current = other;
  expect(checks.lastSuccessBefore(...ARGUMENTS, on(9))).toBeUndefined();
  current = undefined;
  expect(checks.lastSuccessBefore(...ARGUMENTS, on(9))).toBeUndefined();
  ledger.close();
  other.close();
});
