import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { expect } from 'vitest';
import { findBrowser } from '../../../crawler/fetch/browser-executable.ts';
import type { LastRefresh } from '../../../extension/state/last-refresh.ts';
import type { Settings } from '../../../extension/state/settings-types.ts';
import { builtExtension } from './built-extension.ts';
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts';

/** What of the browser is used in the extension's worker. */
declare const chrome: {
  readonly storage: {
    readonly local: {
      get(key: string): Promise<Readonly<Record<string, unknown>>>;
      set(items: Readonly<Record<string, unknown>>): Promise<void>;
    };
  };
  readonly alarms: { create(name: string, when: { readonly when: number }): Promise<void> };
};

/** A Chromium with the extension, all of whose requests go through a proxy that records them. */
export interface RecordedChromium {
  readonly browser: Browser;
  readonly proxy: RecordingProxy;
  /** A tab to browse in. */
  readonly page: Page;
  /** `chrome-extension://…` without a slash at the end. */
  readonly origin: string;
  settings(part: Partial<Settings>): Promise<void>;
  lastRefresh(): Promise<LastRefresh | undefined>;
  /** Rings the alarm by which the extension asks the server, and waits until it is over. */
  refresh(): Promise<LastRefresh>;
  /** Clicks the extension's button while the tab shows something. */
  openPopup(): Promise<Page>;
  close(): Promise<void>;
}

/**
 * @param folder of a built extension
 * @param portOf as of the proxy
 */
export async function openRecordedChromium(
  folder: string,
  portOf: (host: string) => number | undefined,
): Promise<RecordedChromium> {
  const proxy = await startRecordingProxy(portOf);
  const browser = await puppeteer.launch({
    executablePath: await findBrowser(process.env.PUPPETEER_EXECUTABLE_PATH),
    pipe: true,
    enableExtensions: true,
    args: [
      ...['--no-sandbox', '--no-first-run', '--disable-quic', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--disable-features=HttpsUpgrades'],
      // What is on this machine too; and nothing beside it, names neither.
      ...[`--proxy-server=127.0.0.1:${proxy.port}`, '--proxy-bypass-list=<-loopback>'],
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
    ],
  });
  const id = await browser.installExtension(folder);
  const origin = `chrome-extension://${id}`;
  const target = await browser.waitForTarget((one) => one.type() === 'service_worker' && one.url().startsWith(origin));
  const worker = await target.worker();
  const extension = (await browser.extensions()).get(id);
  if (!worker || !extension) throw new Error('Chromium has not started the extension.');
  // The one that an installation opens; answered to nobody's question here.
  const welcome = await browser.waitForTarget((one) => one.url().startsWith(`${origin}/welcome.html`));
  const page = await browser.newPage();
  await (await welcome.page())?.close();

  const stored = <Value>(key: string): Promise<Value | undefined> =>
    worker.evaluate(async (name) => (await chrome.storage.local.get(name))[name], key) as Promise<Value | undefined>;
  const lastRefresh = (): Promise<LastRefresh | undefined> => stored('lastRefresh');

  return {
    ...{ browser, proxy, page, origin, lastRefresh },
    async settings(part) {
      await worker.evaluate(async (more) => {
        const { settings } = await chrome.storage.local.get('settings');
        await chrome.storage.local.set({ settings: { ...(settings as object), ...more } });
      }, part);
    },
    async refresh() {
      const before = await lastRefresh();
      await worker.evaluate(() => chrome.alarms.create('refresh', { when: Date.now() }));
      await expect.poll(lastRefresh).not.toEqual(before);
      return (await lastRefresh()) ?? { succeededAt: null, failure: null };
    },
    async openPopup() {
      await page.bringToFront();
      await page.triggerExtensionAction(extension);
      const opened = await browser.waitForTarget((one) => one.url() === `${origin}/popup.html`);
      const popup = await opened.asPage();
      await popup.waitForSelector('main');
      return popup;
    },
    async close() {
      await browser.close();
      await proxy.close();
    },
  };
}

/**
 * A copy of the built extension to which everything optional was given, as by its buttons: no browser without a window asks
 * anybody. Whoever makes it removes it.
 *
 * @param more a script to be added to the background's
 */
export async function grantedExtension(more = ''): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clausewatch-extension-'));
  try {
    await cp(await builtExtension('chrome-mv3'), folder, { recursive: true });
    const file = join(folder, 'manifest.json');
    const manifest = JSON.parse(await readFile(file, 'utf8'));
    const { optional_permissions, optional_host_permissions, ...kept } = manifest;
    kept.permissions.push(...optional_permissions);
    await writeFile(file, JSON.stringify({ ...kept, host_permissions: optional_host_permissions }));
    const background = join(folder, manifest.background.service_worker);
    await writeFile(background, `${await readFile(background, 'utf8')}\n${more}`);
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
