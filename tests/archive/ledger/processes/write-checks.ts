import { writeSync } from 'node:fs';
import { openLedger } from '../../../../archive/ledger/ledger.ts';

// node write-checks.ts FILE: writes checks until killed; each line on stdout is one that is acknowledged.
const ledger = openLedger(process.argv[2] ?? '');
const startedAt = new Date();
const runId = ledger.startRun({ kind: 'track', startedAt, engineVersion: 'clausewatch/0', services: 1, terms: 1 });
for (let number = 0; ; number++) {
  ledger.recordCheck({
    runId,
    serviceId: `Service ${number % 7}`,
    termsType: 'Terms of Service',
    location: `https://service-${number % 7}.example/terms`,
    date: new Date(),
    attempt: 1,
    durationMs: number,
    outcome: 'unchanged',
    snapshotId: `${runId}-${number}`,
  });
  // Not by `process.stdout`: what a reader is too slow for would wait in this process, whose event loop never turns.
  writeSync(1, `${runId}-${number}\n`);
}
