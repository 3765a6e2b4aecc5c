import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openLedger } from '../../archive/ledger/ledger.ts';
import { type Route, startSite } from '../helpers/local-site.ts';
import { clausewatch, jsonLines, mainFile, makeCollection, startProgram, termsPage } from '../helpers/program.ts';

const html = { 'content-type': 'text/html; charset=utf-8' };

async function siteWith(routes: Readonly<Record<string, Route>>): ReturnType<typeof startSite> {
  const site = await startSite(routes);
  onTestFinished(() => site.close());
  return site;
}

const until = async (isSo: () => boolean): Promise<void> => {
  for (let waited = 0; !isSo(); waited += 50) {
    if (waited > 60_000) throw new Error('It did not come to that in 60 s.');
    await delay(50);
  }
};

describe('start', () => {
  test('runs at once and again, leaves out a turn during a run, and logs JSON lines', async () => {
    const slow: Route = (_request, response) => {
      setTimeout(() => response.writeHead(200, html).end(termsPage('Slow terms.')), 2500);
    };
    const site = await siteWith({ '/slow': slow });
    const collection = await makeCollection({
      Slow: { 'Terms of Service': { fetch: `${site.origin}/slow`, select: 'main' } },
    });
    const env = { CLAUSEWATCH_ALLOW_ADDRESSES: site.address };
    const program = startProgram(['start', '--collection', collection, '--schedule', '* * * * * *'], { env });
    const messages = (): unknown[] => jsonLines(program.stderr().replace(/[^\n]*$/, '')).map(({ msg }) => msg);
    const completed = (): number => messages().filter((message) => message === 'run completed').length;
    await until(() => completed() === 2);
    program.child.kill('SIGTERM');
    expect(await program.ended).toMatchObject({ code: 130, stdout: '' });

    const log = jsonLines(program.stderr());
    for (const line of log) {
      expect(line).toMatchObject({ level: expect.any(String), time: expect.any(String), msg: expect.any(String) });
    }
    const said = messages();
    expect(log[said.indexOf('scheduled')]).toMatchObject({
      schedule: '* * * * * *',
      next: expect.stringMatching(/Z$/),
    });
    const first = said.slice(0, said.indexOf('run completed'));
    expect(
      first.filter((message) => message === 'run started'),
      'one run at a time',
    ).toHaveLength(1);
    expect(first).toContain('a run is still going on; this turn of the schedule was left out');
    expect(log).toContainEqual(expect.objectContaining({ msg: 'Slow · Terms of Service: first', status: 'first' }));
    expect(log).toContainEqual(expect.objectContaining({ msg: 'run completed', unchanged: 1 }));
    const ledger = openLedger(join(collection, 'data', 'ledger.sqlite'), { readOnly: true });
    expect(ledger.lastRun('track')).toMatchObject({ schedule: '* * * * * *' });
    ledger.close();
  });

  test('says plainly where nothing can be reached, and names the demo', async () => {
    const collection = await makeCollection({
      Gone: { 'Terms of Service': { fetch: 'https://terms.invalid/', select: 'main' } },
    });
    const program = startProgram(['start', '--collection', collection]);
    await program.says('waiting for the next run');
    program.child.kill('SIGTERM');
    const log = jsonLines((await program.ended).stderr);
    expect(log).toContainEqual(
      expect.objectContaining({
        level: 'error',
        msg: expect.stringMatching(/^Nothing could be reached.*npm run demo$/),
      }),
    );
    expect(log).toContainEqual(
      expect.objectContaining({ level: 'warn', reason: 'network', nextStep: expect.stringContaining('connected') }),
    );
  });
});

test('check tells what is unreachable, unmatched, too short or unstable, and what is fine', async () => {
  let asked = 0;
  const unstable: Route = (_request, response) => {
    asked++;
    response.writeHead(200, html).end(termsPage(`You are visitor ${asked}.`));
  };
  const site = await siteWith({
    '/fine': termsPage('Fine terms.'),
    '/unmatched': termsPage('Other terms.'),
    '/short': '<!doctype html><main>We use cookies.</main>',
    '/unstable': unstable,
  });
  const terms = (path: string, select = 'main'): Record<string, unknown> => ({
    'Terms of Service': { fetch: `${site.origin}${path}`, select },
  });
  const collection = await makeCollection({
    Away: terms('/away'),
    Fine: terms('/fine'),
    Short: terms('/short'),
    Unmatched: terms('/unmatched', '.legal'),
    Unstable: terms('/unstable'),
  });
  const env = { CLAUSEWATCH_ALLOW_ADDRESSES: site.address };
  const check = ['check', '--collection', collection];
  const { code, stdout, stderr } = await clausewatch([...check, '--json'], { env });
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  const fault = (reason: string, message: string): unknown[] => [{ reason, message: expect.stringContaining(message) }];
  expect(jsonLines(stdout)).toEqual(
    [
      { serviceId: 'Away', length: 0, faults: fault('not-found', '404') },
      { serviceId: 'Fine', length: expect.any(Number), faults: [] },
      {
        serviceId: 'Short',
        length: 15,
        faults: fault('too-short', 'only 15 characters were extracted: “We use cookies.”'),
      },
      { serviceId: 'Unmatched', length: 0, faults: fault('no-match', '.legal') },
      {
        serviceId: 'Unstable',
        length: expect.any(Number),
        faults: fault('unstable', '“You are visitor 1.” stands only in the first'),
      },
    ].map((line) => ({ termsType: 'Terms of Service', ...line })),
  );
  const fine = await clausewatch([...check, '--services', 'Fine'], { env });
  expect(fine).toMatchObject({ code: 0, stderr: '' });
  expect(fine.stdout).toMatch(
    /^ {2}ok {4}Fine · Terms of Service, \d{3} characters\n1 terms checked, 0 with faults\.\n$/,
  );
});

const hasScript = ((): boolean => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
})();

test.skipIf(!hasScript)(
  "on a terminal, a bar with counts shows how far a run is (needs util-linux's script)",
  async () => {
    const slow: Route = (_request, response) => {
      setTimeout(() => response.writeHead(200, html).end(termsPage('Slow terms.')), 700);
    };
    const site = await siteWith({ '/fine': termsPage('Fine terms.'), '/slow': slow });
    const collection = await makeCollection({
      Away: { 'Terms of Service': { fetch: `${site.origin}/away`, select: 'main' } },
      Fine: { 'Terms of Service': { fetch: `${site.origin}/fine`, select: 'main' } },
      Slow: { 'Terms of Service': { fetch: `${site.origin}/slow`, select: 'main' } },
    });
    const env = { CLAUSEWATCH_ALLOW_ADDRESSES: site.address, TERM: 'xterm', COLUMNS: '120' };
    const track = `stty cols 120; "${process.execPath}" "${mainFile}" track --collection "${collection}"`;
    const { code, stdout } = await clausewatch(['-qec', track, '/dev/null'], { env, command: ['script'] });
    expect(code).toBe(3);
    expect(stdout).toMatch(/Checking for technical upgrades .*3\/3/);
    expect(stdout).toMatch(/Tracking [^\n]* [12]\/3 · 1 new · 0 changed · 0 unchanged · [01] failed · .* left/);
    expect(stdout).toMatch(/Tracking [^\n]* 3\/3 · 2 new · 0 changed · 0 unchanged · 1 failed/);
    const esc = String.fromCharCode(27);
    expect(stdout, 'colours on a terminal').toContain(`${esc}[1m`);
    expect(stdout.lastIndexOf(`${esc}[?25h`), 'the cursor is given back').toBeGreaterThan(
      stdout.lastIndexOf(`${esc}[?25l`),
    );
    expect(stdout.indexOf('3 terms in'), 'the summary comes after the bar').toBeGreaterThan(
      stdout.lastIndexOf('Tracking'),
    );
  },
);
