import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLedger } from '../../../archive/ledger/ledger.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

test('checks are counted by month, of one terms or of a service', async () => {
  const ledger = openLedger(join(await temporaryDirectory(), 'ledger.sqlite'));
  const startedAt = new Date('2026-01-01T00:00:00Z');
  const runId = ledger.startRun({ kind: 'track', startedAt, engineVersion: 'clausewatch/0', services: 1, terms: 2 });
  const outcome = (status: 'unchanged' | 'failed', date: string, termsType = 'Terms of Service'): void => {
    // Fetched each time: only what came of it tells whether the text was seen.
    ledger.recordCheck({
      ...{ runId, serviceId: 'Brass & Co', termsType, location: 'https://brass.example/terms' },
      ...{ date: new Date(date), attempt: 1, durationMs: 12, outcome: 'unchanged', snapshotId: 'a'.repeat(40) },
    });
    const failure = {
      location: 'https://brass.example/terms',
      stage: 'extract',
      reason: 'no-match',
      message: 'None',
    } as const;
    const failures = status === 'failed' ? [failure] : [];
    ledger.recordTermsOutcome({
      ...{ runId, serviceId: 'Brass & Co', termsType, status, failures, versionId: undefined, date: new Date(date) },
    });
  };
  outcome('unchanged', '2026-01-31T23:59:59.999Z');
  outcome('failed', '2026-02-01T00:00:00Z');
  outcome('unchanged', '2026-02-02T00:00:00Z');
  outcome('failed', '2026-04-02T00:00:00Z');
  outcome('unchanged', '2026-02-02T00:00:00Z', 'Privacy Policy');

  expect(ledger.checksByMonth({ serviceId: 'Brass & Co', termsType: 'Terms of Service' })).toEqual([
    { month: '2026-01', succeeded: 1, failed: 0 },
    { month: '2026-02', succeeded: 1, failed: 1 },
    { month: '2026-04', succeeded: 0, failed: 1 },
  ]);
  expect(ledger.checksByMonth({ serviceId: 'Brass & Co' })[1]).toEqual({ month: '2026-02', succeeded: 2, failed: 1 });
  expect(ledger.checksByMonth({ serviceId: 'Nobody' })).toEqual([]);
  ledger.close();
});
