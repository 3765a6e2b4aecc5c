import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { SuccessfulCheck } from '../../../archive/ledger/check.ts';
import { type Ledger, openLedger } from '../../../archive/ledger/ledger.ts';
import { LedgerError } from '../../../archive/ledger/ledger-error.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const at = (time: string): Date => new Date(`2026-03-01T${time}Z`);
const RUN = { kind: 'track', startedAt: at('10:00:00.000'), engineVersion: 'clausewatch/0', services: 1, terms: 1 };
const TERMS = { serviceId: 'Brass & Co', termsType: 'Terms of Service' };

async function emptyLedger(): Promise<{ file: string; ledger: Ledger }> {
  const file = join(await temporaryDirectory(), 'data', 'ledger.sqlite');
  return { file, ledger: openLedger(file) };
}

const check = (runId: number, changes: Partial<SuccessfulCheck> = {}): SuccessfulCheck => ({
  ...TERMS,
  runId,
  documentId: undefined,
  location: 'https://brass.example/terms',
  date: at('10:00:01.234'),
  outcome: 'unchanged',
  snapshotId: 'a'.repeat(40),
  fetcher: 'htmlOnly',
  mimeType: 'text/html',
  etag: '"1"',
  lastModified: undefined,
  attempt: 1,
  durationMs: 12,
  ...changes,
});
const FAILURE = {
  outcome: 'failed',
  stage: 'fetch',
  reason: 'timeout',
  message: 'https://brass.example/terms gave no answer within 30 s',
} as const;
const failedCheck = (runId: number, time: string) => {
  const { runId: run, serviceId, termsType, documentId, location, attempt, durationMs } = check(runId);
  const facts = { runId: run, serviceId, termsType, documentId, location, attempt, durationMs };
  return { ...facts, ...FAILURE, date: at(time), httpStatus: undefined };
};

test('what was entered is read back as it was', async () => {
  const { ledger, file } = await emptyLedger();
  const runId = ledger.startRun({ ...RUN, schedule: '0 * * * *', declarationsCommit: 'c'.repeat(40) });
  const noted = [check(runId), failedCheck(runId, '10:00:02.000'), check(runId, { date: at('10:00:03.000') })];
  for (const one of noted) ledger.recordCheck(one);
  ledger.recordSizes({ runId, date: at('10:01:00.000'), sizes: { versions: 10, ledger: 4096 } });
  ledger.endRun({ runId, endedAt: at('10:02:00.000'), status: 'completed', counts: { failed: 1 } });
  ledger.close();

  const reader = openLedger(file, { readOnly: true });
  expect(reader.checksBetween({ since: at('10:00:00.000'), until: at('11:00:00.000') })).toEqual(noted);
  expect(reader.checksBetween({ since: at('10:00:01.235'), until: at('10:00:03.000') })).toEqual([noted[1]]);
  expect(reader.checksBetween({ since: at('10:00:00.000'), until: at('11:00:00.000'), limit: 1 })).toHaveLength(1);
  expect(reader.checksBetween({ since: at('10:00:00.000'), until: at('11:00:00.000'), serviceId: 'X' })).toEqual([]);
  expect(reader.lastRun()).toEqual({
    ...RUN,
    id: runId,
    schedule: '0 * * * *',
    declarationsCommit: 'c'.repeat(40),
    endedAt: at('10:02:00.000'),
    status: 'completed',
    counts: { failed: 1 },
  });
  expect(reader.lastRun('upgrade')).toBeUndefined();
  expect(reader.counts()).toEqual({ runs: 1, checks: 3, failedChecks: 1, terms: 1 });
  expect(reader.growth(at('00:00:00.000'))).toEqual([
    { runId, date: at('10:01:00.000'), sizes: { versions: 10, ledger: 4096 } },
  ]);
  expect(reader.growth(at('10:01:00.001'))).toEqual([]);
  reader.close();
});

test('the last successful check is the latest one that was answered, of the same document', async () => {
  const { ledger } = await emptyLedger();
  const runId = ledger.startRun(RUN);
  const last = () => ledger.lastSuccessfulCheck(TERMS.serviceId, TERMS.termsType, undefined);
  expect(last()).toBeUndefined();
  ledger.recordCheck(failedCheck(runId, '10:00:00.000'));
  expect(last()).toBeUndefined();
  ledger.recordCheck(check(runId));
  ledger.recordCheck(check(runId, { documentId: 'other', etag: '"of another"' }));
  ledger.recordCheck(failedCheck(runId, '10:00:02.000'));
  expect(last()).toEqual(check(runId));
  // After a change of location the latest answer is of the new one: the caller compares.
  ledger.recordCheck(check(runId, { location: 'https://brass.example/new', etag: '"2"' }));
  expect(last()).toMatchObject({ location: 'https://brass.example/new', etag: '"2"' });
  ledger.close();
});

test('the last extraction is found, failed or not', async () => {
  const { ledger } = await emptyLedger();
  const last = () => ledger.lastExtraction(TERMS.serviceId, TERMS.termsType);
  expect(last()).toBeUndefined();
  const inputs = { ...TERMS, snapshotIds: ['1', '2'], declarationHash: 'h', rulesVersion: 1 };
  ledger.recordExtraction({ ...inputs, versionId: 'v', date: at('10:00:00.000') });
  expect(last()).toEqual({ ...inputs, versionId: 'v', failure: undefined, date: at('10:00:00.000') });
  const failure = { reason: 'no-match', message: 'Nothing matches “main”' } as const;
  ledger.recordExtraction({ ...inputs, failure, date: at('11:00:00.000') });
  expect(last()).toEqual({ ...inputs, versionId: undefined, failure, date: at('11:00:00.000') });
  ledger.close();
});

test('terms fail since the first failure after their last success, counted in runs', async () => {
  const { ledger } = await emptyLedger();
  const note = (status: 'failed' | 'unchanged', times: readonly string[]): void => {
    const runId = ledger.startRun(RUN);
    for (const time of times) {
      const { stage, reason, message } = FAILURE;
      const failures = status === 'failed' ? [{ location: 'https://brass.example/terms', stage, reason, message }] : [];
      ledger.recordTermsOutcome({ ...TERMS, runId, status, versionId: undefined, failures, date: at(time) });
    }
  };
  note('failed', ['01:00:00.000']);
  note('unchanged', ['02:00:00.000']);
  expect(ledger.failingTerms()).toEqual([]);
  note('failed', ['03:00:00.000', '03:00:09.000']);
  note('failed', ['04:00:00.000']);
  expect(ledger.failingTerms()).toEqual([
    {
      ...TERMS,
      since: at('03:00:00.000'),
      consecutiveFailures: 2,
      failures: [
        { location: 'https://brass.example/terms', stage: 'fetch', reason: 'timeout', message: FAILURE.message },
      ],
    },
  ]);
  note('unchanged', ['05:00:00.000']);
  expect(ledger.failingTerms()).toEqual([]);
  ledger.close();
});

test.each([
  ["UPDATE checks SET outcome = 'failed'"],
  ['DELETE FROM checks'],
  ['DELETE FROM runs'],
  ["UPDATE runs SET status = 'failed'"],
  ["UPDATE source_documents SET location = ''"],
  ['DELETE FROM terms'],
])('entries stay as they were: %s is refused', async (sql) => {
  const { ledger, file } = await emptyLedger();
  const runId = ledger.startRun(RUN);
  ledger.recordCheck(check(runId));
  ledger.endRun({ runId, endedAt: at('10:02:00.000'), status: 'completed', counts: {} });
  ledger.close();
  const database = new DatabaseSync(file);
  expect(() => database.exec(sql)).toThrow('append-only');
  database.close();
});

test('a run ends once', async () => {
  const { ledger, file } = await emptyLedger();
  const runId = ledger.startRun(RUN);
  const end = { runId, endedAt: at('10:02:00.000'), status: 'completed', counts: {} } as const;
  ledger.endRun(end);
  expect(() => ledger.endRun(end)).toThrow(LedgerError);
  expect(() => ledger.endRun({ ...end, runId: 99 })).toThrow(`Run 99 is not in the ledger ${file}`);
  ledger.close();
});

test('a run without an end is interrupted, as of its last entry, when the next writer opens', async () => {
  const { ledger, file } = await emptyLedger();
  const runId = ledger.startRun(RUN);
  ledger.recordCheck(check(runId, { date: at('10:07:00.000') }));
  ledger.close();
  const reader = openLedger(file, { readOnly: true });
  expect(reader.lastRun()).toMatchObject({ status: undefined, endedAt: undefined });
  reader.close();
  const next = openLedger(file);
  expect(next.lastRun()).toMatchObject({ status: 'interrupted', endedAt: at('10:07:00.000'), counts: {} });
  next.close();
});

test('readers see entries while the writer works, also inside its transaction, and cannot write', async () => {
  const { ledger, file } = await emptyLedger();
  const runId = ledger.startRun(RUN);
  ledger.recordCheck(check(runId));
  const writing = new DatabaseSync(file);
  writing.exec('BEGIN IMMEDIATE');
  const started = performance.now();
  const reader = openLedger(file, { readOnly: true });
  expect(reader.counts().checks).toBe(1);
  expect(performance.now() - started).toBeLessThan(1_000);
  expect('recordCheck' in reader).toBe(false);
  writing.exec('ROLLBACK');
  writing.close();
  ledger.recordCheck(check(runId));
  expect(reader.counts().checks).toBe(2);
  reader.close();
  ledger.close();
});

test('a missing ledger is named to readers and not made by them', async () => {
  const file = join(await temporaryDirectory(), 'ledger.sqlite');
  expect(() => openLedger(file, { readOnly: true })).toThrow(expect.objectContaining({ reason: 'missing' }));
  expect(existsSync(file)).toBe(false);
});

test('when a run has ended its entries are in the file itself, so that its size tells how the ledger grows', async () => {
  const { ledger, file } = await emptyLedger();
  const runId = ledger.startRun(RUN);
  for (let n = 0; n < 200; n++) ledger.recordCheck(check(runId));
  const before = statSync(file).size;
  ledger.endRun({ runId, endedAt: at('10:02:00.000'), status: 'completed', counts: {} });
  expect(statSync(`${file}-wal`).size).toBe(0);
  expect(statSync(file).size).toBeGreaterThan(before);
  ledger.close();
});
