import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openLedger } from '../../archive/ledger/ledger.ts';
import { descendants, stillAlive } from '../helpers/descendants.ts';
import { type LocalSite, type Route, startSite } from '../helpers/local-site.ts';
import {
  clausewatch,
  jsonLines,
  makeCollection,
  type RunningProgram,
  startProgram,
  termsPage,
} from '../helpers/program.ts';

/** Milliseconds that the end may take: nine seconds of grace, and one for a busy machine (promised: ten in all). */
const END = 10_000;

interface Setting {
  readonly site: LocalSite;
  readonly collection: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A service whose terms are there, and one whose location does what the test is about. */
async function setUp(second: Route, declaration: Readonly<Record<string, unknown>> = {}): Promise<Setting> {
  const site = await startSite({ '/good': termsPage('Good terms.'), '/second': second });
  onTestFinished(() => site.close());
  const collection = await makeCollection({
    Good: { 'Terms of Service': { fetch: `${site.origin}/good`, select: 'main' } },
    Second: { 'Terms of Service': { fetch: `${site.origin}/second`, select: 'main', ...declaration } },
  });
  return { site, collection, env: { CLAUSEWATCH_ALLOW_ADDRESSES: site.address } };
}

const until = async (isSo: () => boolean): Promise<void> => {
  for (let waited = 0; !isSo(); waited += 50) {
    if (waited > 60_000) throw new Error('It did not come to that in 60 s.');
    await delay(50);
  }
};

/** Ends the program by a signal, and holds it to what is promised of such an end. */
async function endBy(signal: NodeJS.Signals, program: RunningProgram, toGroup: boolean): Promise<string> {
  const below = descendants(program.pid);
  const started = performance.now();
  process.kill(toGroup ? -program.pid : program.pid, signal);
  const { code, stdout, stderr } = await program.ended;
  expect(performance.now() - started).toBeLessThan(END);
  expect({ code, stdout }, stderr).toEqual({ code: 130, stdout: '' });
  await expect.poll(() => stillAlive(below)).toEqual([]);
  return stderr;
}

/** Whether the terms that are there have been recorded, and that was noted. */
function isRecorded(collection: string): boolean {
  const file = join(collection, 'data', 'ledger.sqlite');
  if (!existsSync(file)) return false;
  try {
    const ledger = openLedger(file, { readOnly: true });
    try {
      return ledger.lastExtraction('Good', 'Terms of Service')?.versionId !== undefined;
    } finally {
      ledger.close();
    }
  } catch {
    // It is just being made.
    return false;
  }
}

function lastRun(collection: string): { status: string; ended: boolean } {
  const ledger = openLedger(join(collection, 'data', 'ledger.sqlite'), { readOnly: true });
  try {
    const { status = '', endedAt } = ledger.lastRun() ?? {};
    return { status, ended: endedAt !== undefined };
  } finally {
    ledger.close();
  }
}

/** The archive is sound and beside it nothing is left over; the next run takes up the work. */
async function expectSound(collection: string, env: Readonly<Record<string, string>>): Promise<void> {
  for (const name of ['snapshots', 'versions']) {
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', join(collection, 'data', name), ...args], { encoding: 'utf8', stdio: 'pipe' });
    expect(git('fsck', '--strict', '--no-dangling', '--no-progress')).toBe('');
    expect(git('status', '--porcelain')).toBe('');
  }
  const next = await clausewatch(['track', '--collection', collection, '--services', 'Good', '--json'], { env });
  expect(next, next.stderr).toMatchObject({ code: 0, stderr: '' });
  expect(jsonLines(next.stdout)[0]).toMatchObject({ serviceId: 'Good', status: 'unchanged' });
}

const silent: Route = () => {};
const busy = '<!doctype html><title>Busy</title><main>Terms</main><script>while (true) {}</script>';
const hanging: [string, NodeJS.Signals, boolean, Route, Record<string, unknown>][] = [
  ['SIGTERM, a site that never answers', 'SIGTERM', false, silent, {}],
  ['SIGINT as from a terminal, a site that never answers', 'SIGINT', true, silent, {}],
  ['SIGTERM, a page in an endless loop', 'SIGTERM', false, busy, { executeClientScripts: true }],
  ['SIGINT as from a terminal, a page in an endless loop', 'SIGINT', true, busy, { executeClientScripts: true }],
];

describe.skipIf(process.platform !== 'linux')('a signal during a run (processes are looked up in /proc)', () => {
  test.each(hanging)('%s', async (_title, signal, toGroup, route, declaration) => {
    const { site, collection, env } = await setUp(route, declaration);
    const program = startProgram(['track', '--collection', collection], { env });
    await until(() => site.paths.includes('/second') && isRecorded(collection));
    // The page is in its loop by then.
    await delay(1000);
    const stderr = await endBy(signal, program, toGroup);
    expect(stderr.endsWith(`Stopped by ${signal}. What was recorded until then is kept.\n`), stderr).toBe(true);
    expect(lastRun(collection)).toEqual({ status: 'interrupted', ended: true });
    await expectSound(collection, env);
  });

  test('SIGTERM while declarations are checked', async () => {
    const { site, collection, env } = await setUp(silent);
    const program = startProgram(['check', '--collection', collection, '--json'], { env });
    await until(() => site.paths.includes('/second'));
    program.child.kill('SIGTERM');
    const { code, stderr } = await program.ended;
    expect({ code, stderr }).toMatchObject({
      code: 130,
      stderr: expect.stringMatching(/^Stopped by SIGTERM\. \d of 2/),
    });
  });

  test('a second SIGINT ends it at once', async () => {
    const { site, collection, env } = await setUp(busy, { executeClientScripts: true });
    const program = startProgram(['track', '--collection', collection], { env });
    await until(() => site.paths.includes('/second'));
    const below = descendants(program.pid);
    program.child.kill('SIGINT');
    // Two at once would be one to the process.
    await delay(20);
    program.child.kill('SIGINT');
    const { code } = await program.ended;
    expect(code).toBe(130);
    await until(() => stillAlive(below).length === 0);
    await expectSoundAfterKill(collection);
  });

  test('SIGTERM between the runs of start', async () => {
    const { collection, env } = await setUp(termsPage('Second terms.'));
    const program = startProgram(['start', '--collection', collection], { env });
    await program.says('waiting for the next run');
    const log = jsonLines(await endBy('SIGTERM', program, false));
    expect(log.at(-1)).toMatchObject({ level: 'info', msg: 'stopped' });
    expect(lastRun(collection)).toEqual({ status: 'completed', ended: true });
    await expectSound(collection, env);
  });

  test('SIGINT as from a terminal during a run of start', async () => {
    const { site, collection, env } = await setUp(silent);
    const program = startProgram(['start', '--collection', collection], { env });
    await until(() => site.paths.includes('/second'));
    const log = jsonLines(await endBy('SIGINT', program, true));
    expect(log.map(({ msg }) => msg).slice(-2)).toEqual([
      'run stopped; what was recorded until then is kept',
      'stopped',
    ]);
    expect(lastRun(collection)).toEqual({ status: 'interrupted', ended: true });
  });
});

async function expectSoundAfterKill(collection: string): Promise<void> {
  for (const name of ['snapshots', 'versions']) {
    execFileSync('git', ['-C', join(collection, 'data', name), 'fsck', '--no-dangling', '--no-progress'], {
      stdio: 'pipe',
    });
  }
}

test('a second tracker on the same data is told who has them, and changes nothing', async () => {
  const { site, collection, env } = await setUp(silent);
  const first = startProgram(['track', '--collection', collection], { env });
  await until(() => site.paths.includes('/second'));
  const second = await clausewatch(['track', '--collection', collection], { env });
  expect({ code: second.code, stdout: second.stdout }).toEqual({ code: 1, stdout: '' });
  expect(second.stderr).toContain(`"clausewatch track" (process ${first.pid} on `);
  const status = await clausewatch(['status', '--collection', collection, '--json'], { env });
  expect(jsonLines(status.stdout)).toMatchObject([{ tracker: { command: 'track', pid: first.pid } }]);
});
