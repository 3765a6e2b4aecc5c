import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const script = (name: string): string => fileURLToPath(new URL(`../../scripts/${name}`, import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the set-up's modules, or a program that uses one, in a process of its own. */
function node(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const evaluate = (module: string, code: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  node(['--input-type=module', '-e', `import * as it from ${JSON.stringify(script(module))};\n${code}`], env);

/** A clone with a lockfile of one package, and node_modules that hold the given version of it. */
async function clone(installedVersion?: string): Promise<string> {
  const root = await temporaryDirectory();
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0', optional: true },
    },
  };
  await writeFile(join(root, 'package-lock.json'), JSON.stringify(lock));
  if (installedVersion !== undefined) {
    await mkdir(join(root, 'node_modules'));
    const list = { packages: { 'node_modules/a': { version: installedVersion } } };
    await writeFile(join(root, 'node_modules', '.package-lock.json'), JSON.stringify(list));
  }
  return root;
}

test('a clone that is ready is left alone, in silence', async () => {
  expect(await node([script('set-up.mjs')])).toEqual({ code: 0, stdout: '', stderr: '' });
});

describe('dependencies', () => {
  const current = async (root: string): Promise<string> =>
    (
      await evaluate('set-up/dependency-stamp.mjs', `console.log(it.dependenciesAreCurrent(${JSON.stringify(root)}))`)
    ).stdout.trim();

  test('are current from the stamp on, until the lockfile changes', async () => {
    const root = await clone('1.0.0');
    expect(await current(root)).toBe('false');
    await evaluate('set-up/dependency-stamp.mjs', `it.stampDependencies(${JSON.stringify(root)})`);
    expect(await current(root)).toBe('true');
    await writeFile(join(root, 'package-lock.json'), `${await readFile(join(root, 'package-lock.json'), 'utf8')}\n`);
    expect(await current(root)).toBe('false');
  });

  test.each([
    ['the locked version', '1.0.0', 'true'],
    ['another version', '1.0.1', 'false'],
    ['nothing', undefined, 'false'],
  ])('installed by hand: %s', async (_name, version, expected) => {
    const root = await clone(version);
    const { stdout } = await evaluate(
      'set-up/dependency-stamp.mjs',
      `console.log(it.installedByHand(${JSON.stringify(root)}))`,
    );
    expect(stdout.trim()).toBe(expected);
  });

  test('an installation that fails ends with a message that says what to do', async () => {
    const root = await clone();
    // No package.json: npm refuses at once, without any network.
    const { code, stdout, stderr } = await evaluate(
      'set-up/install-dependencies.mjs',
      `await it.installDependencies(${JSON.stringify(root)})`,
    );
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/could not be installed.*`npm ci` by hand/s);
  });
});

describe('the lock', () => {
  test('lets one in at a time', async () => {
    const directory = await temporaryDirectory();
    const log = join(directory, 'log');
    const enter = `
      import { appendFileSync } from 'node:fs';
      await it.withLock('clone', async () => {
        appendFileSync(${JSON.stringify(log)}, 'in ');
        await new Promise((resolve) => setTimeout(resolve, 150));
        appendFileSync(${JSON.stringify(log)}, 'out ');
      }, ${JSON.stringify(directory)});`;
    const ended = await Promise.all([1, 2, 3].map(() => evaluate('set-up/with-lock.mjs', enter)));
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(await readFile(log, 'utf8')).toBe('in out in out in out ');
  });

  test('of a process that is gone is taken over', async () => {
    const directory = await temporaryDirectory();
    const where = JSON.stringify(directory);
    await evaluate(
      'set-up/with-lock.mjs',
      `await it.withLock('clone', () => process.kill(process.pid, 'SIGKILL'), ${where})`,
    );
    const { stdout } = await evaluate(
      'set-up/with-lock.mjs',
      `await it.withLock('clone', () => console.log('in'), ${where})`,
    );
    expect(stdout).toBe('in\n');
  });
});

describe('the browser', () => {
  const known = async (root: string, env: NodeJS.ProcessEnv = {}): Promise<string> =>
    (
      await evaluate('set-up/browser-stamp.mjs', `console.log(it.browserIsKnown(${JSON.stringify(root)}))`, {
        PUPPETEER_EXECUTABLE_PATH: '',
        ...env,
      })
    ).stdout.trim();
  const stamp = (root: string, path: string | undefined): Promise<Ended> =>
    evaluate('set-up/browser-stamp.mjs', `it.stampBrowser(${JSON.stringify(root)}, ${JSON.stringify(path)})`);

  test('is known while it is there, and looked for again when it is gone', async () => {
    const root = await clone('1.0.0');
    expect(await known(root)).toBe('false');
    await stamp(root, process.execPath);
    expect(await known(root)).toBe('true');
    await stamp(root, join(root, 'gone'));
    expect(await known(root)).toBe('false');
  });

  test('a vain search is not repeated at once, but after an hour', async () => {
    const root = await clone('1.0.0');
    await stamp(root, undefined);
    expect(await known(root)).toBe('true');
    const old = { path: null, searched: Date.now() - 3_700_000 };
    await writeFile(join(root, 'node_modules', '.clausewatch-browser.json'), JSON.stringify(old));
    expect(await known(root)).toBe('false');
  });

  test('one named in the environment that does not exist is named in the message, and is no failure', async () => {
    const absent = join(await temporaryDirectory(), 'chrome');
    const { code, stdout, stderr } = await node([script('set-up.mjs')], { PUPPETEER_EXECUTABLE_PATH: absent });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain(absent);
  });

  test.each([
    ['linux', { PATH: '/opt/x:relative' }, '/opt/x/chromium'],
    ['darwin', {}, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['win32', { PROGRAMFILES: 'C:/Programs' }, 'C:/Programs/Google/Chrome/Application/chrome.exe'],
  ])('is looked for where %s has it', async (platform, environment, expected) => {
    const { stdout } = await evaluate(
      'set-up/installed-browsers.mjs',
      `console.log(JSON.stringify(it.usualBrowserPaths(${JSON.stringify(platform)}, ${JSON.stringify(environment)})))`,
    );
    const paths: string[] = JSON.parse(stdout);
    expect(paths).toContain(expected);
    expect(paths.every((path) => /^(\/|C:)/.test(path))).toBe(true);
  });
});
