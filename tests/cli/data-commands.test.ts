import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { openLedger } from '../../archive/ledger/ledger.ts';
import { thisProcess } from '../../archive/ledger/lock-owner.ts';
import { acquireWriterLock } from '../../archive/ledger/writer-lock.ts';
import { makeRepository } from '../helpers/repository.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'cli', 'main.mjs');

interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program in a folder, without the variables that npm sets for scripts. */
async function clausewatch(cwd: string, ...args: string[]): Promise<Said> {
  const env = { PATH: process.env.PATH, NO_COLOR: '1', HOME: cwd };
  const run = promisify(execFile)(process.execPath, [MAIN, ...args], { cwd, env });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

const START = new Date('2026-03-01T10:00:00Z');
const RUN = { kind: 'track', startedAt: START, engineVersion: 'clausewatch/0', services: 1, terms: 2 };
const FAILING = { serviceId: 'Brass & Co', termsType: 'Terms of Service' };

/** A collection in which a run was made: one terms failed with a reason, one with a reason of another version. */
async function trackedCollection(): Promise<string> {
  const directory = await temporaryDirectory();
  const data = join(directory, 'data');
  const ledger = openLedger(join(data, 'ledger.sqlite'));
  const runId = ledger.startRun(RUN);
  const failure = {
    location: 'https://brass.example/terms',
    stage: 'fetch',
    message: 'https://brass.example/terms answered 404',
  } as const;
  const facts = { ...FAILING, runId, status: 'failed', versionId: undefined, date: START } as const;
  ledger.recordTermsOutcome({ ...facts, failures: [{ ...failure, reason: 'not-found' }] });
  ledger.recordTermsOutcome({
    ...facts,
    termsType: 'Privacy Policy',
    failures: [{ ...failure, reason: 'from-the-future' }],
  });
  ledger.recordSizes({ runId, date: new Date(), sizes: { versions: 10, snapshots: 0, ledger: 0 } });
  ledger.endRun({
    runId,
    endedAt: new Date(START.getTime() + 95_000),
    status: 'completed',
    counts: { failed: 2, changed: 0 },
  });
  ledger.close();
  makeRepository(join(data, 'versions'), { 'Brass & Co/Terms of Service.md': 'One\n' });
  makeRepository(join(data, 'snapshots'), {});
  return directory;
}

describe('status', () => {
  test('says what to do first where nothing was tracked, and makes nothing', async () => {
    const directory = await temporaryDirectory();
    const { code, stdout } = await clausewatch(directory, 'status');
    expect(code).toBe(0);
    expect(stdout).toContain(`there is no ledger at ${join(directory, 'data', 'ledger.sqlite')}`);
    expect(stdout).toContain('Begin with "clausewatch track"');
    expect(JSON.parse((await clausewatch(directory, 'status', '--json')).stdout)).toEqual({
      kind: 'status',
      tracked: false,
    });
    expect(readdirSync(directory)).toEqual([]);
  });

  test('tells the last and the next run, failing terms with their next steps, and the disk', async () => {
    const { code, stdout } = await clausewatch(await trackedCollection(), 'status');
    expect(code).toBe(0);
    expect(stdout).toContain('Tracker  none runs');
    expect(stdout).toContain('track, 2026-03-01 10:00 UTC, completed after 1 min 35 s, 2 terms: 2 failed\n');
    expect(stdout).toMatch(/Next run \d{4}-.* UTC by the schedule "30 \*\/12 \* \* \*", once "clausewatch start" runs/);
    expect(stdout).toMatch(/Disk {5}versions [\d.]+ KB \(\+[\d.]+ KB\), snapshots .*, ledger .*; growth since /);
    expect(stdout).toContain('Failing: 2');
    expect(stdout).toMatch(/not-found \(1\) .*\n Brass & Co +Terms of Service/);
    expect(stdout).toContain('The terms have');
  });

  test('gives the same to programs', async () => {
    const status = JSON.parse((await clausewatch(await trackedCollection(), 'status', '--json')).stdout);
    expect(status).toMatchObject({
      kind: 'status',
      tracked: true,
      lastRun: { kind: 'track', startedAt: START.toISOString(), status: 'completed', counts: { failed: 2 } },
      schedule: '30 */12 * * *',
      nextRun: expect.stringMatching(/^\d{4}-/),
      disk: { versions: expect.any(Number), ledger: expect.any(Number) },
      growth: { bytes: { versions: expect.any(Number) } },
    });
    expect(status.failing).toHaveLength(2);
    const byType = Object.fromEntries(
      status.failing.map((terms: { termsType: string; failures: [{ nextStep: string }] }) => [terms.termsType, terms]),
    );
    expect(byType['Terms of Service']).toMatchObject({
      ...FAILING,
      since: START.toISOString(),
      consecutiveFailures: 1,
    });
    expect(byType['Terms of Service'].failures[0].nextStep).toContain('correct "fetch"');
    expect(byType['Privacy Policy'].failures[0].nextStep).toContain('report it');
  });

  test('names a tracker that works, and whether a run goes on', async () => {
    const directory = await trackedCollection();
    const lock = acquireWriterLock(join(directory, 'data', 'tracker.lock'), { owner: thisProcess('start', START) });
    const ledger = openLedger(join(directory, 'data', 'ledger.sqlite'));
    ledger.startRun({ ...RUN, startedAt: new Date('2026-03-02T10:00:00Z') });
    const working = (await clausewatch(directory, 'status')).stdout;
    expect(working).toContain(`"clausewatch start" works (process ${process.pid} on`);
    expect(working).toContain('Last run track, begun 2026-03-02 10:00 UTC, goes on');
    expect(working).not.toContain('once "clausewatch start" runs');
    ledger.close();
    lock.release();
    expect((await clausewatch(directory, 'status')).stdout).toContain('was killed; the next run takes up its work');
  });

  test('names a damaged ledger and the way out', async () => {
    const directory = await temporaryDirectory();
    mkdirSync(join(directory, 'data'));
    writeFileSync(join(directory, 'data', 'ledger.sqlite'), 'damaged '.repeat(1_000));
    const { code, stderr } = await clausewatch(directory, 'status');
    expect(code).toBe(1);
    expect(stderr).toMatch(/ledger\.sqlite is damaged .*"clausewatch restore FILE --force"/);
  });
});

describe('backup and restore', () => {
  test('carry everything to another folder; paths start where the person stands', async () => {
    const directory = await trackedCollection();
    const made = await clausewatch(directory, 'backup', '--all', 'all.tar.gz');
    expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('copying snapshots\n') });
    expect(made.stdout).toMatch(
      /^.*all\.tar\.gz, [\d.]+ KB, holds\n {2}ledger: .*\n {2}versions: .*\n {2}snapshots: empty\n$/,
    );
    const restored = await clausewatch(directory, 'restore', 'all.tar.gz', '--data', 'elsewhere', '--json');
    expect(restored.code).toBe(0);
    const elsewhere = join(directory, 'elsewhere');
    expect(JSON.parse(restored.stdout)).toMatchObject({
      kind: 'restore',
      restored: ['ledger.sqlite', 'versions', 'snapshots'].map((name) => join(elsewhere, name)),
      movedAside: [],
    });
    expect(existsSync(join(elsewhere, 'versions', 'Brass & Co', 'Terms of Service.md'))).toBe(true);
    const status = JSON.parse((await clausewatch(directory, 'status', '--data', 'elsewhere', '--json')).stdout);
    expect(status.failing).toHaveLength(2);
  });

  test('a backup holds the ledger alone unless told otherwise', async () => {
    const directory = await trackedCollection();
    const { stdout } = await clausewatch(directory, 'backup', 'ledger.tar.gz', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'backup', file: join(directory, 'ledger.tar.gz') });
    expect(JSON.parse(stdout).parts.map(({ name }: { name: string }) => name)).toEqual(['ledger']);
  });

  test('say what is in the way and exit with 1', async () => {
    const directory = await trackedCollection();
    await clausewatch(directory, 'backup', 'ledger.tar.gz');
    expect(await clausewatch(directory, 'backup', 'ledger.tar.gz')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--force'),
    });
    const refused = await clausewatch(directory, 'restore', 'ledger.tar.gz');
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('There is data already') });
    const forced = await clausewatch(directory, 'restore', 'ledger.tar.gz', '--force');
    expect(forced).toMatchObject({ code: 0, stdout: expect.stringMatching(/Moved aside:\n.*before-restore/) });
    const lock = acquireWriterLock(join(directory, 'data', 'tracker.lock'), { owner: thisProcess('track') });
    const locked = await clausewatch(directory, 'restore', 'ledger.tar.gz', '--force');
    expect(locked).toMatchObject({ code: 1, stderr: expect.stringContaining(`(process ${process.pid} on`) });
    lock.release();
  });
});
