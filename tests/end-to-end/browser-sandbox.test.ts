import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { browserProcesses, roleOf, survivors } from '../helpers/browser-processes.ts';
import { type Route, startSite } from '../helpers/local-site.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const program = fileURLToPath(new URL('./fetch-in-browser.ts', import.meta.url));
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const asUser = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** Why the sandbox cannot be tried here; empty where it can. */
function obstacle(): string {
  if (process.platform !== 'linux') return 'not Linux';
  const readable = spawnSync(process.execPath, ['--check', program], asUser);
  if (readable.status !== 0) return 'a user that is not root cannot read this folder';
  const namespaces = spawnSync('unshare', ['--user', 'true'], asUser);
  if (namespaces.status !== 0) return 'this machine does not permit user namespaces';
  return '';
}
const reason = obstacle();

test.skipIf(reason !== '')(
  `not as root, the browser runs in its sandbox and fetches${reason && ` (skipped: ${reason})`}`,
  async () => {
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
    const script: Route = (_request, response) => {
      void mayAnswer.then(() => response.end('document.body.append("scripted")'));
    };
    const site = await startSite({ '/terms': '<p>terms<script src="/script"></script>', '/script': script });
    const folder = await temporaryDirectory();
    if (isRoot) await chown(folder, NOBODY, NOBODY);
    const child = spawn(
      process.execPath,
      [program, JSON.stringify({ location: `${site.origin}/terms`, allowAddresses: [site.address] })],
      {
        ...asUser,
        cwd: folder,
        env: { HOME: folder, TMPDIR: folder, PATH: process.env.PATH },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await site.close();
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    const closed = once(child, 'close');
    while (!site.paths.includes('/script') && child.exitCode === null) await sleep(20);
    const processes = browserProcesses();
    const commands = processes.map((id) => readFileSync(`/proc/${id}/cmdline`, 'utf8'));
    const renderers = processes.filter((id) => roleOf(id) === 'renderer');
    const states = renderers.map((id) => readFileSync(`/proc/${id}/status`, 'utf8'));
    answer();

    expect(await closed).toEqual([0, null]);
    expect(JSON.parse(output)).toMatchObject({ kind: 'fetched', content: expect.stringContaining('scripted') });
    expect(commands.length).toBeGreaterThan(2);
    expect(commands.filter((command) => command.includes('--no-sandbox'))).toEqual([]);
    expect(renderers.length).toBeGreaterThan(0);
    for (const state of states) {
      // System calls are filtered, and it is in a process namespace of its own (one number for each namespace).
      expect(state).toMatch(/^Seccomp:\s+2$/m);
      expect(state).toMatch(/^NSpid:\s+\d+\s+\d+/m);
    }
    expect(await survivors(processes)).toEqual([]);
  },
);
