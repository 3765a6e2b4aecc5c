import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import puppeteer from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../../crawler/fetch/browser-executable.ts';
import { sizeOf } from '../../bench/extension/built-sizes.ts';
import { filesOfZip, packByCommand, packExtension, writeFiles } from '../../helpers/extension/packed-extension.ts';
import { projectDirectory } from '../../helpers/program.ts';

// What is handed to the stores: packed once from the sources here, and once more from the sources that reviewers get,
// unpacked in another folder.

const NAMES = ['chrome', 'firefox', 'sources'].map((what) => `clausewatch-0.1.0-${what}.zip`);
const KB = 1024;
let directory: string;
let packed: string;
let elsewhere: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'clausewatch-packages-'));
  packed = join(directory, 'packed');
  await packExtension(projectDirectory, packed);
  elsewhere = join(directory, 'a reviewer’s folder');
  await writeFiles(elsewhere, await filesOfZip(await zipOf('sources')));
  await symlink(join(projectDirectory, 'node_modules'), join(elsewhere, 'node_modules'));
  // What may lie about where somebody packs, and goes to nobody.
  const notMeant = ['.env', 'extension/.env.local', 'data/ledger.sqlite', 'tests/fixtures/large.html', 'notes.txt'];
  await writeFiles(elsewhere, new Map(notMeant.map((name) => [name, Buffer.from('VITE_SECRET=not to be handed out')])));
  await packByCommand(elsewhere);
}, 300_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

const zipOf = (what: string, folder = packed): Promise<Buffer> =>
  readFile(join(folder, `clausewatch-0.1.0-${what}.zip`));
const manifestOf = async (browser: string): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(join(packed, `${browser}-mv3`, 'manifest.json'), 'utf8'));

describe('the packages', () => {
  test('are the same bytes when reviewers make them from the sources, in another folder at another time', async () => {
    const hashes = async (folder: string): Promise<Record<string, string>> =>
      Object.fromEntries(
        await Promise.all(
          NAMES.map(async (name) => [
            name,
            createHash('sha256')
              .update(await readFile(join(folder, name)))
              .digest('hex'),
          ]),
        ),
      );
    expect(await hashes(join(elsewhere, 'extension/.output'))).toEqual(await hashes(packed));
  });

  test('name no folder of the machine that made them', async () => {
    const folders = [projectDirectory, homedir(), directory].filter((folder) => folder.length > 5);
    for (const what of ['chrome', 'firefox', 'sources']) {
      for (const [name, content] of await filesOfZip(await zipOf(what))) {
        for (const folder of folders) expect(content.includes(folder), `${what}: ${name} names ${folder}`).toBe(false);
      }
    }
  });

  test('hold what was built, and nothing else', async () => {
    for (const browser of ['chrome', 'firefox']) {
      const names = [...(await filesOfZip(await zipOf(browser))).keys()];
      expect(names).toEqual(names.toSorted());
      expect(names).toContain('manifest.json');
      const kinds = /^((_locales\/(de|en|es|fr)\/messages|manifest)\.json|icons\/[\w-]+\.png|[\w/-]+\.(js|css|html))$/;
      expect(names.filter((name) => !kinds.test(name))).toEqual([]);
    }
  });

  test('the sources are those here, all that is needed, and no more', async () => {
    const files = await filesOfZip(await zipOf('sources'));
    const places =
      /^(extension\/|archive\/changes\/(alignment|blocks|redline)\/|server\/api\/contract[./]|scripts\/set-up|docs\/store\/build-from-sources\.md$)/;
    const single = ['.npmrc', 'LICENSE', 'package-lock.json', 'package.json', 'tsconfig.json'];
    expect([...files.keys()].filter((name) => !places.test(name) && !single.includes(name))).toEqual([]);
    expect([...files.keys()].filter((name) => /\.(env|pem|key|sqlite)|\.output|\.wxt|\.test\./.test(name))).toEqual([]);
    for (const [name, content] of files) {
      expect(content.equals(await readFile(join(projectDirectory, name))), name).toBe(true);
    }
    expect((await zipOf('sources')).length).toBeLessThan(600 * KB);
  });

  test('are within their budgets', async () => {
    const sizes: Record<string, number> = {};
    for (const browser of ['chrome', 'firefox']) {
      const built = join(packed, `${browser}-mv3`);
      const part = async (name: string): Promise<number> => (await sizeOf(built, [name])).bytes;
      sizes[`${browser} zip`] = (await zipOf(browser)).length;
      sizes[`${browser} popup`] = await part('popup.html');
      sizes[`${browser} agree`] = await part('agree-moment.js');
      sizes[`${browser} background`] = await part('background.js');
    }
    process.stdout.write(`Bytes: ${JSON.stringify(sizes)}\n`);
    for (const browser of ['chrome', 'firefox']) {
      expect(sizes[`${browser} zip`], `${browser}: zip`).toBeLessThanOrEqual(250 * KB);
      expect(sizes[`${browser} popup`], `${browser}: popup`).toBeLessThanOrEqual(60 * KB);
      expect(sizes[`${browser} agree`], `${browser}: agree`).toBeLessThanOrEqual(12 * KB);
    }
  });

  test('Firefox’s linter finds nothing', async () => {
    const command = join(projectDirectory, 'node_modules/web-ext/bin/web-ext.js');
    const args = ['lint', '--no-config-discovery', '--output', 'json', '--source-dir', join(packed, 'firefox-mv3')];
    // As people run it, it would ask for newer versions of itself.
    const env = { ...process.env, NO_UPDATE_NOTIFIER: '1', HOME: directory };
    const { stdout } = await promisify(execFile)(process.execPath, [command, ...args], { env }).catch(
      (error: { stdout: string }) => error,
    );
    const { errors, warnings, notices, metadata } = JSON.parse(stdout);
    expect({ errors, warnings, notices }).toEqual({ errors: [], warnings: [], notices: [] });
    expect(metadata.totalScannedFileSize).toBeGreaterThan(100_000);
  });
});

describe('what is asked of a browser', () => {
  const atInstall = ['storage', 'alarms', 'activeTab', 'scripting'];

  test.each([
    { browser: 'chrome', permissions: [...atInstall, 'declarativeContent'] },
    { browser: 'firefox', permissions: atInstall },
  ])('$browser: the permissions of the design, and nothing that amounts to more', async ({ browser, permissions }) => {
    const manifest = await manifestOf(browser);
    expect(manifest).toMatchObject({
      manifest_version: 3,
      permissions,
      optional_permissions: ['tabs', 'notifications'],
      optional_host_permissions: ['*://*/*'],
    });
    // Each of these would ask for more, open the extension to sites, or load programs from elsewhere.
    for (const key of [
      ...['host_permissions', 'content_scripts', 'web_accessible_resources', 'externally_connectable'],
      ...['content_security_policy', 'update_url', 'key', 'oauth2', 'devtools_page', 'chrome_url_overrides'],
    ]) {
      expect(manifest, key).not.toHaveProperty(key);
    }
  });

  test('Firefox is told that no data is collected', async () => {
    expect((await manifestOf('firefox')).browser_specific_settings).toEqual({
      gecko: {
        id: 'extension@clausewatch.example',
        strict_min_version: '140.0',
        data_collection_permissions: { required: ['none'] },
      },
      gecko_android: { strict_min_version: '142.0' },
    });
  });

  test('Chromium warns of nothing at install, and of each optional permission alone', async () => {
    const asking = join(directory, 'asking');
    await mkdir(asking);
    const manifestOfAsking = {
      ...{ manifest_version: 3, name: 'Asks for warnings', version: '1', permissions: ['management'] },
      background: { service_worker: 'worker.js' },
    };
    await writeFile(join(asking, 'manifest.json'), JSON.stringify(manifestOfAsking));
    await writeFile(join(asking, 'worker.js'), '');
    const browser = await puppeteer.launch({
      ...{ executablePath: await findBrowser(process.env.PUPPETEER_EXECUTABLE_PATH), pipe: true },
      enableExtensions: true,
      args: ['--no-sandbox', '--lang=en-US'],
      env: { ...process.env, LANGUAGE: 'en_US' },
    });
    try {
      const id = await browser.installExtension(asking);
      const target = await browser.waitForTarget(
        (one) => one.type() === 'service_worker' && one.url().startsWith(`chrome-extension://${id}/`),
      );
      const worker = await target.worker();
      if (!worker) throw new Error('The extension that asks has no worker.');
      const installed = await browser.installExtension(join(packed, 'chrome-mv3'));
      const ofInstalled = await worker.evaluate(
        (one) => Reflect.get(globalThis, 'chrome').management.getPermissionWarningsById(one) as Promise<string[]>,
        installed,
      );
      expect(ofInstalled).toEqual([]);

      const manifest = { ...(await manifestOf('chrome')), name: 'Clausewatch', description: '' };
      const { default_locale: _, ...required } = manifest as Record<string, unknown>;
      const warningsOf = (more: Record<string, unknown>): Promise<string[]> =>
        worker.evaluate(
          (text) => Reflect.get(globalThis, 'chrome').management.getPermissionWarningsByManifest(text),
          JSON.stringify({ ...required, ...more }),
        );
      const permissions = (await manifestOf('chrome')).permissions as string[];
      expect({
        required: await warningsOf({}),
        tabs: await warningsOf({ permissions: [...permissions, 'tabs'] }),
        notifications: await warningsOf({ permissions: [...permissions, 'notifications'] }),
        sites: await warningsOf({ host_permissions: ['*://*/*'] }),
      }).toEqual({
        required: [],
        tabs: ['Read your browsing history'],
        notifications: ['Display notifications'],
        sites: ['Read and change all your data on all websites'],
      });
    } finally {
      await browser.close();
    }
  });
});
