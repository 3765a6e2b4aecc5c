import type { Ledger } from '../../archive/ledger/ledger.ts';

const DAY = 86_400_000;

interface NotedTerms {
  readonly serviceId: string;
  readonly termsType: string;
}

/** Notes runs that found terms unchanged, a day apart. @returns the date of the last. */
export function noteUnchanged(ledger: Ledger, terms: NotedTerms, from: Date, runs: number): Date {
  let date = from;
  for (let run = 1; run <= runs; run++) {
    date = new Date(from.getTime() + run * DAY);
    const runId = startRun(ledger, date);
    ledger.recordTermsOutcome({ runId, ...terms, status: 'unchanged', versionId: undefined, failures: [], date });
  }
  return date;
}

/** Notes a run that recorded a version, and that a second fetch did not give the change again. */
export function noteNotReproduced(ledger: Ledger, terms: NotedTerms, versionId: string, date: Date): void {
  const runId = startRun(ledger, date);
  ledger.recordTermsOutcome({ runId, ...terms, status: 'changed', versionId, failures: [], date });
  ledger.recordSecondFetch({ runId, ...terms, versionId, date, outcome: 'not-reproduced', found: 'former' });
}

const startRun = (ledger: Ledger, startedAt: Date): number =>
  ledger.startRun({
    kind: 'track',
    startedAt,
    engineVersion: 'clausewatch/test',
    services: 1,
    terms: 1,
  });
