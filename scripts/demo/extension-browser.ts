import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import puppeteer, { type Browser, type WebWorker } from 'puppeteer';
import { findBrowser } from '../../crawler/fetch/browser-executable.ts';
import type { RunningService } from './web.ts';

/** What of the browser is used in the extension's worker. */
declare const chrome: {
  readonly storage: { readonly local: { get(key: string): Promise<Readonly<Record<string, unknown>>> } };
  readonly alarms: {
    create(name: string, when: { readonly when: number; readonly periodInMinutes: number }): Promise<void>;
  };
  readonly declarativeContent: {
    readonly onPageChanged: { getRules(done: (rules: readonly unknown[]) => void): void };
  };
};

/** Chromium with the extension, which reads from the demo's server. */
export interface ExtensionBrowser {
  /**
   * Lets the six hours pass after which the extension asks its server.
   * @returns whether the browser marks the service's site now
   */
  refresh(service: RunningService | undefined): Promise<boolean>;
  readonly isOpen: () => boolean;
  close(): Promise<void>;
}

const PATIENCE_MS = 30_000;
const POLL_MS = 100;

/**
 * Opens Chromium in a profile of its own: the extension loaded and in the toolbar, the server chosen by its introduction, the
 * services' domains leading to this machine, and the first service's site open.
 *
 * @param folder of the built extension
 * @param server with a slash at the end; waits until it has files for extensions
 * @throws Error where there is no browser, or the server is not taken
 */
export async function openExtensionBrowser(options: {
  readonly folder: string;
  readonly server: string;
  readonly services: readonly RunningService[];
  readonly headless: boolean;
  readonly signal: AbortSignal;
}): Promise<ExtensionBrowser> {
  const { folder, server, services, headless, signal } = options;
  await until(async () => (await fetch(`${server}api/extension`, { signal })).ok, 'its server made no files', signal);
  const profile = await mkdtemp(join(tmpdir(), 'clausewatch-demo-browser-'));
  const removeProfile = (): Promise<void> => rm(profile, { recursive: true, force: true, maxRetries: 5 });
  let browser: Browser | undefined;
  try {
    await pin(profile, await idOf(folder));
    browser = await puppeteer.launch({
      executablePath: await findBrowser(process.env.PUPPETEER_EXECUTABLE_PATH),
      ...{ headless, pipe: true, enableExtensions: true, userDataDir: profile, defaultViewport: null },
      args: [
        ...['--no-first-run', '--disable-features=HttpsUpgrades', '--disable-background-networking'],
        `--host-resolver-rules=${services.map(({ domain, origin }) => `MAP ${domain} ${new URL(origin).host}`).join(',')}`,
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
    const worker = await install(browser, folder);
    await chooseServer(browser, worker, server);
    const page = await browser.newPage();
    await page.goto(`http://${services[0]?.domain}/`);
    const opened = browser;
    return {
      isOpen: () => opened.connected,
      async refresh(service) {
        const before = await stored(worker, 'lastRefresh');
        await worker.evaluate(() => chrome.alarms.create('refresh', { when: Date.now(), periodInMinutes: 360 }));
        const isOver = async (): Promise<boolean> => (await stored(worker, 'lastRefresh')) !== before;
        await until(isOver, 'it did not ask its server', signal);
        const rules = await worker.evaluate(
          () =>
            new Promise<string>((done) =>
              chrome.declarativeContent.onPageChanged.getRules((all) => done(JSON.stringify(all))),
            ),
        );
        return service !== undefined && rules.includes(`.${service.domain}`);
      },
      async close() {
        // Somebody may have closed it.
        await opened.close().catch(() => undefined);
        await removeProfile();
      },
    };
  } catch (error) {
    await browser?.close();
    await removeProfile();
    throw error;
  }
}

/** Loads it and waits for its worker. */
async function install(browser: Browser, folder: string): Promise<WebWorker> {
  const id = await browser.installExtension(folder);
  const target = await browser.waitForTarget(
    (one) => one.type() === 'service_worker' && one.url().startsWith(`chrome-extension://${id}/`),
  );
  const worker = await target.worker();
  if (!worker) throw new Error('Chromium did not start the extension.');
  return worker;
}

/** By the form of the introduction, as a person would. */
async function chooseServer(browser: Browser, worker: WebWorker, server: string): Promise<void> {
  const target = await browser.waitForTarget((one) => one.url().endsWith('/welcome.html'));
  const page = await target.page();
  if (!page) throw new Error('The extension did not open its introduction.');
  const input = await page.waitForSelector('#server');
  await input?.type(server);
  await input?.press('Enter');
  const isRead = async (): Promise<boolean> => (await stored(worker, 'lastRefresh')).includes('succeededAt":"');
  await until(isRead, `it took no server at ${server}`);
}

/** As JSON, to be compared. */
const stored = async (worker: WebWorker, key: string): Promise<string> =>
  worker.evaluate(async (name) => JSON.stringify((await chrome.storage.local.get(name))[name] ?? null), key);

/** Chromium makes the id of an unpacked extension of its folder: https://stackoverflow.com/a/26058672. */
async function idOf(folder: string): Promise<string> {
  const path = await realpath(folder);
  const bytes = Buffer.from(path, process.platform === 'win32' ? 'utf16le' : 'utf8');
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  return [...hash].map((digit) => String.fromCharCode('a'.charCodeAt(0) + Number.parseInt(digit, 16))).join('');
}

/** Extensions are hidden behind a menu in a new profile: the icon is what is to be seen. */
async function pin(profile: string, id: string): Promise<void> {
  await mkdir(join(profile, 'Default'), { recursive: true });
  const preferences = { extensions: { pinned_extensions: [id] } };
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
}

async function until(isTrue: () => Promise<boolean>, fault: string, signal?: AbortSignal): Promise<void> {
  for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS; ) {
    if (await isTrue()) return;
    await delay(POLL_MS, undefined, { signal });
  }
  throw new Error(`The extension of the demo cannot be shown: ${fault} within half a minute.`);
}
