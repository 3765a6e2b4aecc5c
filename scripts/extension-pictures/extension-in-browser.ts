import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page, type WebWorker } from 'puppeteer';
import { findBrowser } from '../../crawler/fetch/browser-executable.ts';
import { builtExtension } from '../../tests/helpers/extension/built-extension.ts';

/** What the worker has. */
declare const chrome: {
  readonly tabs: { readonly create: (tab: { readonly url: string; readonly active: boolean }) => Promise<unknown> };
};

/** Chromium with the extension as it is built from the sources. */
export interface ExtensionInBrowser {
  readonly browser: Browser;
  readonly id: string;
  /** Of the extension. */
  worker(): Promise<WebWorker>;
  /** Shows a site in a tab and clicks the extension's icon. @returns the popup */
  openPopup(site: string): Promise<Page>;
  /** As Firefox for Android shows it, whose popups are pages. */
  openPopupAsPage(site: string): Promise<Page>;
  closeTabs(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Builds the extension in a folder and opens Chromium with it.
 *
 * @param folder where it may be kept; whoever made it removes it
 * @param port of the server to which every `.example` host leads
 * @param dots of the screen for each CSS pixel
 * @throws Error where it cannot be built, or no browser is found
 */
export async function openExtension(folder: string, port: number, dots: number): Promise<ExtensionInBrowser> {
  const built = await builtExtension('chrome-mv3');
  await cp(built, folder, { recursive: true });
  await grantAllSites(join(folder, 'manifest.json'));
  const executablePath = await findBrowser(process.env.PUPPETEER_EXECUTABLE_PATH);
  const browser = await puppeteer.launch({
    executablePath,
    headless: true,
    pipe: true,
    enableExtensions: true,
    args: [
      // Only fictional sites are opened; as root, as in containers, Chromium does not start with its sandbox.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--host-resolver-rules=MAP *.example 127.0.0.1:${port}`,
      `--force-device-scale-factor=${dots}`,
      '--disable-background-networking',
      '--hide-scrollbars',
      // Popups are no higher than what the screen has room for.
      `--screen-info={${1600 * dots}x${1200 * dots}}`,
      '--window-size=1280,1000',
      '--no-first-run',
    ],
  });
  const id = await browser.installExtension(folder);
  const worker = async (): Promise<WebWorker> => {
    const target = await browser.waitForTarget((one) => one.type() === 'service_worker' && one.url().includes(id));
    const found = await target.worker();
    if (!found) throw new Error('The extension has no worker.');
    return found;
  };
  return {
    browser,
    id,
    worker,
    async openPopup(site) {
      const tab = await openTab(browser, site);
      const extension = (await browser.extensions()).get(id);
      if (!extension) throw new Error('The extension is not installed.');
      const opened = browser.waitForTarget((one) => one.url() === popupAddress(id));
      await tab.triggerExtensionAction(extension);
      const popup = await (await opened).asPage();
      await popup.waitForSelector('footer');
      return popup;
    },
    async openPopupAsPage(site) {
      await openTab(browser, site);
      const opened = browser.waitForTarget((one) => one.url() === popupAddress(id));
      // Behind the site, which it then takes for the one that is looked at.
      await (await worker()).evaluate((url) => chrome.tabs.create({ url, active: false }), popupAddress(id));
      const page = await (await opened).page();
      if (!page) throw new Error('The popup was not opened.');
      await page.waitForSelector('footer');
      await page.bringToFront();
      await page.evaluate(() => document.documentElement.classList.add('is-page'));
      return page;
    },
    async closeTabs() {
      const [first, ...others] = await browser.pages();
      await first?.bringToFront();
      for (const page of others) await page.close();
    },
    close: () => browser.close(),
  };
}

const popupAddress = (id: string): string => `chrome-extension://${id}/popup.html`;

async function openTab(browser: Browser, site: string): Promise<Page> {
  const tab = await browser.newPage();
  await tab.goto(site, { waitUntil: 'load' });
  await tab.bringToFront();
  return tab;
}

/** A browser without a screen cannot be asked for permissions: the note beside forms has its own from the beginning. */
async function grantAllSites(file: string): Promise<void> {
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeFile(file, JSON.stringify({ ...manifest, host_permissions: ['*://*/*'] }));
}
