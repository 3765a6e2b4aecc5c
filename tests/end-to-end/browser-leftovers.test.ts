import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { browserProcesses, survivors } from '../helpers/browser-processes.ts';
import { type LocalSite, startSite } from '../helpers/local-site.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const program = fileURLToPath(new URL('./fetch-in-browser.ts', import.meta.url));
let site: LocalSite;
beforeAll(async () => {
  site = await startSite({
    '/loading': '<p>x<script src="/never"></script>',
    '/never': () => {},
    '/terms': '<p>terms',
  });
});
afterAll(() => site.close());

/** Runs the program as a person whose home, working folder and temporary folder are all this one. */
function run(path: string, folder: string) {
  const child = spawn(
    process.execPath,
    [program, JSON.stringify({ location: site.origin + path, allowAddresses: [site.address] })],
    {
      cwd: folder,
      env: { HOME: folder, TMPDIR: folder, PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  return { child, closed: once(child, 'close').then(([code]) => ({ code, output })) };
}

test('after kill -9 no browser process survives, and the next start removes the folder', async () => {
  const folder = await temporaryDirectory();
  const { child, closed } = run('/loading', folder);
  while (!site.paths.includes('/never')) await sleep(20);
  const processes = browserProcesses();
  expect(processes.length).toBeGreaterThan(2);
  child.kill('SIGKILL');
  await closed;
  expect(await survivors(processes)).toEqual([]);
  const left = await readdir(folder);
  expect(left).toEqual([expect.stringMatching(`^clausewatch-browser-${child.pid}-`)]);

  // Somebody who still lives keeps theirs.
  await mkdir(`${folder}/clausewatch-browser-${process.pid}-abcdef`);
  const next = await run('/terms', folder).closed;
  expect(next).toMatchObject({ code: 0, output: expect.stringContaining('terms') });
  expect(await readdir(folder)).toEqual([`clausewatch-browser-${process.pid}-abcdef`]);
});
