import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadDocument } from '../../crawler/fetch/browser-document.ts';
import { findBrowser } from '../../crawler/fetch/browser-executable.ts';
import { type BrowserProcess, startBrowser } from '../../crawler/fetch/browser-process.ts';
import { limitsOf } from '../../crawler/fetch/fetcher-options.ts';
import { createGuard } from '../../crawler/fetch/guard.ts';
import { startProxy } from '../../crawler/fetch/proxy.ts';
import { type LocalSite, respond, startSite } from '../helpers/local-site.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

/** Stands in every file that is offered, so that it is found under whatever name it was kept. */
const MARK = 'clausewatch-download-mark-8c1f';
const attachment = respond(
  200,
  { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename="file.bin"' },
  MARK.repeat(1_000),
);

let site: LocalSite;
let browser: BrowserProcess;
let folder: string;
const before = { HOME: process.env.HOME, TMPDIR: process.env.TMPDIR, cwd: process.cwd() };

beforeAll(async () => {
  site = await startSite({
    '/link': `<p>terms<a id=a href="/file" download="file.bin">x</a><script>a.click()</script>`,
    '/blob': `<p>terms<a id=a download="file.bin">x</a><script>
      a.href = URL.createObjectURL(new Blob(['${MARK}'.repeat(1000)])); a.click()</script>`,
    '/frame': '<p>terms<iframe src="/file"></iframe>',
    '/many': '<p>terms<script>for (let i = 0; i < 20; i++) open("/file?" + i, "_self")</script>',
    '/file': attachment,
    '/open': '<p>terms<script>for (let i = 0; i < 5; i++) window.open("/popped")</script>',
    '/open-late': `<p>terms<script>onload = () => setTimeout(() => { for (let i = 0; i < 5; i++) open("/popped", "_blank", "popup") }, 100)</script>`,
    '/click': '<p>terms<a id=a target=_blank href="/popped">x</a><script>a.click(); a.click()</script>',
    '/form': '<p>terms<form id=f target=_blank action="/popped"></form><script>f.submit()</script>',
    '/popped': '<p>popped',
  });
});
afterAll(() => site.close());

beforeEach(async () => {
  folder = await temporaryDirectory();
  Object.assign(process.env, { HOME: folder, TMPDIR: folder });
  process.chdir(folder);
  browser = await startBrowser({
    executable: await findBrowser(process.env.PUPPETEER_EXECUTABLE_PATH),
    arguments: [],
    isRoot: process.getuid?.() === 0,
  });
});
afterEach(async () => {
  await browser.close();
  process.chdir(before.cwd);
  Object.assign(process.env, before.TMPDIR === undefined ? {} : { TMPDIR: before.TMPDIR }, { HOME: before.HOME });
  if (before.TMPDIR === undefined) delete process.env.TMPDIR;
});

/** Files below the one folder that is home, working folder and temporary folder, and in it the profile. */
const files = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => isFile(join(folder, name)));
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
/** Those of the files that were downloaded: by their content, or as Chromium names them meanwhile. */
const downloads = (): string[] =>
  files().filter((name) => /file\.bin|\.crdownload|Downloads/i.test(name) || contains(join(folder, name)));
function contains(path: string): boolean {
  try {
    return readFileSync(path).includes(MARK.repeat(2));
  } catch {
    return false;
  }
}

async function load(path: string, whileOpen: () => void): Promise<void> {
  const limits = { ...limitsOf({}), requestTimeout: 3_000, selectTimeout: 1_000 };
  const proxy = await startProxy(createGuard([site.address]).dial, { maxBytes: 1_000_000, idleTimeout: 5_000 });
  const context = await browser.browser.createBrowserContext({
    proxyServer: proxy.origin,
    proxyBypassList: ['<-loopback>'],
    downloadBehavior: { policy: 'deny' },
  });
  await loadDocument(context, proxy, {
    location: site.origin + path,
    select: ['#never'],
    userAgent: 'Test',
    language: 'en',
    limits,
    clock: () => new Date(),
    signal: new AbortController().signal,
  }).catch(() => {});
  await sleep(300);
  whileOpen();
  await context.close();
  proxy.close();
}

test.each(['/link', '/blob', '/frame', '/many'])('%s downloads nothing: 0 files', async (path) => {
  await load(path, () => {
    expect(files().length).toBeGreaterThan(0);
    expect(downloads()).toEqual([]);
  });
  expect(downloads()).toEqual([]);
  // Beside the profile, which goes with the browser, there is nothing at all.
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^clausewatch-browser-/)]);
  await browser.close();
  expect(readdirSync(folder)).toEqual([]);
});

test.each(['/open', '/open-late', '/click', '/form'])(
  '%s: what it opens is closed at once, 0 windows are left over',
  async (path) => {
    const own = browser.browser.targets();
    await load(path, () => {
      const pages = browser.browser.targets().filter((target) => target.type() === 'page' && !own.includes(target));
      expect(pages.map((target) => target.url())).toEqual([site.origin + path]);
    });
    await expect.poll(() => browser.browser.targets().filter((target) => !own.includes(target))).toEqual([]);
  },
);
