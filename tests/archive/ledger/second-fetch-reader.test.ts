import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { type Ledger, openLedger } from '../../../archive/ledger/ledger.ts';
import type { SecondFetch } from '../../../archive/ledger/second-fetch.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const at = (time: string): Date => new Date(`2026-03-01T${time}Z`);
const TERMS = { serviceId: 'Brass & Co', termsType: 'Terms of Service' };
const VERSION = 'a'.repeat(40);

async function ledgerWithRun(): Promise<{ file: string; ledger: Ledger; runId: number }> {
  const file = join(await temporaryDirectory(), 'ledger.sqlite');
  const ledger = openLedger(file);
  const run = { kind: 'track', startedAt: at('10:00:00'), engineVersion: 'test', services: 1, terms: 1 };
  return { file, ledger, runId: ledger.startRun(run) };
}

test('second fetches are read back as they were entered, the later ones after a known one', async () => {
  const { file, ledger, runId } = await ledgerWithRun();
  const facts = { ...TERMS, runId, versionId: VERSION, date: at('10:00:30') };
  const entered: SecondFetch[] = [
    { ...facts, outcome: 'awaited' },
    { ...facts, outcome: 'confirmed', found: 'new' },
    { ...facts, outcome: 'not-reproduced', found: 'other' },
    { ...facts, outcome: 'failed', reason: 'timeout', message: 'https://brass.example/ gave no answer' },
  ];
  expect(ledger.lastSecondFetchId()).toBe(0);
  for (const one of entered) ledger.recordSecondFetch(one);
  ledger.close();
  const reader = openLedger(file, { readOnly: true });
  const all = reader.secondFetches();
  expect(all.map(({ secondFetch }) => secondFetch)).toEqual(entered);
  expect(reader.secondFetches(all[1]?.id)).toEqual(all.slice(2));
  expect(reader.lastSecondFetchId()).toBe(all.at(-1)?.id);
  reader.close();
});

test('they can be neither changed nor removed, nor contradict themselves', async () => {
  const { file, ledger, runId } = await ledgerWithRun();
  ledger.recordSecondFetch({ ...TERMS, runId, versionId: VERSION, date: at('10:00:30'), outcome: 'awaited' });
  ledger.close();
  const database = new DatabaseSync(file);
  for (const statement of [
    "UPDATE second_fetches SET outcome = 'failed'",
    'DELETE FROM second_fetches',
    "INSERT INTO second_fetches SELECT 9, run, terms, version_id, date, 'confirmed', NULL, NULL, NULL FROM second_fetches",
    "INSERT INTO second_fetches SELECT 9, run, terms, version_id, date, 'failed', NULL, NULL, NULL FROM second_fetches",
    "INSERT INTO second_fetches SELECT 9, run, terms, version_id, date, 'maybe', NULL, NULL, NULL FROM second_fetches",
  ]) {
    expect(() => database.exec(statement), statement).toThrow(/append-only|CHECK/);
  }
  database.close();
});

test('a run that was killed while one was awaited is over once the next tracker has begun', async () => {
  const { file, ledger, runId } = await ledgerWithRun();
  ledger.recordSecondFetch({ ...TERMS, runId, versionId: VERSION, date: at('10:00:30'), outcome: 'awaited' });
  expect(ledger.isRunOver(runId)).toBe(false);
  ledger.close();
  const next = openLedger(file);
  expect(next.isRunOver(runId)).toBe(true);
  expect(next.secondFetches().map(({ secondFetch }) => secondFetch.outcome)).toEqual(['awaited']);
  next.close();
});

test('what later runs found of a version: what was recorded, and what was unchanged', async () => {
  const { ledger, runId } = await ledgerWithRun();
  const enter = (
    run: number,
    time: string,
    status: 'changed' | 'unchanged' | 'failed' | 'upgraded',
    versionId?: string,
  ) => ledger.recordTermsOutcome({ ...TERMS, runId: run, status, versionId, failures: [], date: at(time) });
  const begin = (kind: string): number =>
    ledger.startRun({ kind, startedAt: at('11:00:00'), engineVersion: 'test', services: 1, terms: 1 });
  enter(runId, '10:00:00', 'changed', VERSION);
  enter(runId, '10:01:00', 'unchanged');
  const second = begin('track');
  enter(second, '11:00:00', 'failed');
  enter(second, '11:01:00', 'unchanged');
  enter(begin('upgrade'), '11:30:00', 'unchanged');
  const third = begin('track');
  enter(third, '12:00:00', 'failed', 'b'.repeat(40));
  const recorded = ledger.recordedIn({ ...TERMS, id: VERSION });
  const found = [
    { runId: second, date: at('11:01:00'), versionId: undefined },
    { runId: third, date: at('12:00:00'), versionId: 'b'.repeat(40) },
  ];
  expect(recorded).toEqual({ outcomeId: 1, runId });
  expect(ledger.foundAfter(TERMS, { outcomeId: 1, runId }, 9)).toEqual(found);
  expect(ledger.foundAfter(TERMS, { outcomeId: 1, runId }, 1)).toEqual(found.slice(0, 1));
  // Of a version that is older than the ledger, the date tells.
  expect(ledger.recordedIn({ ...TERMS, id: 'c'.repeat(40) })).toBeUndefined();
  expect(ledger.foundAfter(TERMS, at('11:00:30'), 9)).toEqual(found);
  expect(ledger.foundAfter({ ...TERMS, termsType: 'Imprint' }, at('09:00:00'), 9)).toEqual([]);
  expect(ledger.entriesOf(TERMS)).toEqual({ firstDate: at('10:00:00'), lastId: 6 });
  expect(ledger.entriesOf({ ...TERMS, termsType: 'Imprint' })).toBeUndefined();
  ledger.close();
});
