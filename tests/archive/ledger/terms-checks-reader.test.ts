import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Check } from '../../../archive/ledger/check.ts';
import { openLedger } from '../../../archive/ledger/ledger.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const TERMS = { serviceId: 'Brass & Co', termsType: 'Terms of Service' };
const at = (day: number): Date => new Date(Date.UTC(2026, 2, day, 10));
const facts = (runId: number, day: number) => ({
  ...TERMS,
  runId,
  location: 'https://brass.example/terms',
  date: at(day),
  attempt: 1,
  durationMs: 12,
});

test('checks of terms are read newest first, in parts, by outcome and date', async () => {
  const ledger = openLedger(join(await temporaryDirectory(), 'ledger.sqlite'));
  const runId = ledger.startRun({
    kind: 'track',
    startedAt: at(1),
    engineVersion: 'clausewatch/0',
    services: 1,
    terms: 1,
  });
  const unchanged = (day: number): Check => ({
    ...facts(runId, day),
    outcome: 'unchanged',
    snapshotId: 'a'.repeat(40),
  });
  const failed: Check = {
    ...facts(runId, 3),
    outcome: 'failed',
    stage: 'fetch',
    reason: 'timeout',
    message: 'No answer',
  };
  for (const check of [unchanged(1), unchanged(2), failed, unchanged(4)]) ledger.recordCheck(check);
  ledger.recordCheck({ ...unchanged(5), serviceId: 'Another' });
  const days = (range: Partial<Parameters<typeof ledger.checksOfTerms>[0]>): number[] =>
    ledger.checksOfTerms({ ...TERMS, limit: 10, ...range }).map(({ check }) => check.date.getUTCDate());

  expect(days({})).toEqual([4, 3, 2, 1]);
  expect(days({ outcome: 'failed' })).toEqual([3]);
  expect(days({ outcome: 'succeeded' })).toEqual([4, 2, 1]);
  expect(days({ since: at(2), until: at(4) })).toEqual([3, 2]);
  const [, second] = ledger.checksOfTerms({ ...TERMS, limit: 2 });
  expect(days({ before: second?.id })).toEqual([2, 1]);
  expect(days({ serviceId: 'Nobody' })).toEqual([]);
  ledger.close();
});
