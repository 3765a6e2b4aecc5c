import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type EvaluateFunc, type Page, type WebWorker } from 'puppeteer';
import { findBrowser } from '../../../crawler/fetch/browser-executable.ts';
import type { IconName } from '../../../extension/icon/icon-rules.ts';
import { builtExtension } from './built-extension.ts';
import type { FakeSites } from './fake-sites.ts';
import { shownIcon } from './toolbar-picture.ts';
import { until } from './until.ts';

declare global {
  /** In functions that run in the browser. */
  const chrome: typeof import('wxt/browser').browser;
}

/** A real Chromium, with its toolbar, in which the extension is installed; nothing is shown on a screen. */
export interface ChromiumWithExtension {
  /** Another one after a restart. */
  readonly browser: () => Browser;
  readonly extensionId: string;
  /** The installed extension's own folder, which a test may change before a restart, as an update does. */
  readonly folder: string;
  /** The background as it runs now; waits for it. */
  worker(): Promise<WebWorker>;
  /** Ends the background as the browser does after half a minute of nothing to do; it starts again when something wakes it. */
  sleepWorker(): Promise<void>;
  isAwake(): boolean;
  /** A tab with one of the extension's pages. */
  page(name: 'options' | 'welcome' | 'popup'): Promise<Page>;
  /** A tab with a site, or any other address. @param at `larkmail.example` or `http://…` */
  visit(at: string): Promise<Page>;
  /** Opens the popup on a tab by a click on the toolbar's icon, which gives it `activeTab`. */
  popupOn(tab: Page): Promise<Page>;
  /**
   * Runs a function in the extension's name without any of its code: it knows all of `chrome.*`. Wakes nothing by itself.
   *
   * @param work what it uses has to be given to it
   */
  inExtension<Given extends unknown[], Work extends EvaluateFunc<Given>>(
    work: Work,
    ...given: Given
  ): Promise<Awaited<ReturnType<Work>>>;
  /** All of `storage.local`, or some of it. */
  stored(): Promise<Record<string, unknown>>;
  store(items: Readonly<Record<string, unknown>>): Promise<void>;
  /** As on the options' page: the server is chosen, and what it has is downloaded and told of. */
  chooseServer(origin: string): Promise<void>;
  /** As the button “Refresh now”: downloads, and tells of it. @returns what became of it */
  refresh(): Promise<{ readonly kind: string }>;
  /** The icon in the toolbar of the window, or of the private one, as drawn; undefined: none that is ours. */
  icon(window?: 'ordinary' | 'private'): Promise<IconName | undefined>;
  /** What the badge of a tab says, and the words on hovering: `''` for the ordinary ones. */
  badgeOf(tab: Page): Promise<{ readonly text: string; readonly title: string }>;
  /** Ids of the browser's rules for icons, as it has them. */
  iconRules(): Promise<readonly BrowsersIconRule[]>;
  /** Ends the browser and starts it with the same profile; extensions stay installed, tabs do not come back. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** On which hosts the browser shows an icon. */
export interface BrowsersIconRule {
  readonly icon: string;
  readonly conditions: readonly { readonly pageUrl: Readonly<Record<string, unknown>> }[];
}

type BrowsersRule = { readonly id?: string } & Pick<BrowsersIconRule, 'conditions'>;

export interface ChromiumOptions {
  readonly sites: FakeSites;
  /** Of the browser's interface: `de`. Default `en`. */
  readonly language?: string;
  /** Granted from the start: what else has a person press a button in a dialogue of the browser. */
  readonly granted?: readonly ('tabs' | 'notifications' | '*://*/*')[];
  /** The server whose files are read from the start. Without one the welcome page opens. */
  readonly server?: string;
  /** Whether the extension may be in private windows, which people have to allow. */
  readonly isInPrivate?: boolean;
  /** More for the browser's command line. */
  readonly args?: readonly string[];
}

const WINDOW = { width: 1000, height: 700 };
/** Chromium's numbers for where an extension came from: an unpacked folder that somebody chose to install. */
const UNPACKED = 4;

/** Whoever opens it closes it. */
export async function openChromiumWithExtension(options: ChromiumOptions): Promise<ChromiumWithExtension> {
  const { sites, language = 'en', granted = [], server, isInPrivate = false, args = [] } = options;
  const directory = await mkdtemp(join(tmpdir(), 'clausewatch-chromium-'));
  const folder = join(directory, 'extension');
  const profile = join(directory, 'profile');
  const pictures = join(directory, 'pictures');
  const extensionId = idOf(folder);
  const preferences = join(profile, 'Default/Preferences');
  await cp(await builtExtension('chrome-mv3'), folder, { recursive: true });
  await grant(join(folder, 'manifest.json'), granted);
  await mkdir(join(profile, 'Default'), { recursive: true });
  const pinned = { pinned_extensions: [extensionId], ui: { developer_mode: true } };
  await writeFile(preferences, JSON.stringify({ extensions: pinned, intl: { accept_languages: language } }));

  const launch = async (isInstalled: boolean): Promise<Browser> =>
    puppeteer.launch({
      executablePath: await findBrowser(process.env.PUPPETEER_EXECUTABLE_PATH),
      pipe: true,
      // The whole browser, with a toolbar, popups and private windows, drawn into files instead of on a screen.
      headless: false,
      enableExtensions: true,
      userDataDir: profile,
      defaultViewport: null,
      env: { ...process.env, LANGUAGE: language },
      args: [
        '--ozone-platform=headless',
        `--ozone-dump-file=${pictures}`,
        `--window-size=${WINDOW.width},${WINDOW.height}`,
        // Popups are as large as the screen has room for: the one made up otherwise is smaller than the window.
        '--ozone-override-screen-size=1600,1200',
        ...['--no-sandbox', '--no-first-run', '--disable-quic', '--disable-sync', `--lang=${language}`],
        ...['--disable-background-networking', '--disable-component-update'],
        '--disable-features=DisableLoadExtensionCommandLineSwitch',
        `--host-resolver-rules=${sites.resolverRules}`,
        ...(isInstalled ? [] : [`--load-extension=${folder}`]),
        ...args,
      ],
    });
  let browser = await launch(false);
  let desk: Page | undefined;

  /** Ends the browser. Extensions of the command line are installed anew at each start, so ours becomes one that stays. */
  async function end(): Promise<void> {
    desk = undefined;
    await browser.close();
    const kept = JSON.parse(await readFile(preferences, 'utf8'));
    const own = kept.extensions.settings[extensionId];
    if (!own) throw new Error('Chromium did not install the extension');
    Object.assign(own, { location: UNPACKED, incognito: isInPrivate });
    await writeFile(preferences, JSON.stringify(kept));
  }

  async function openDesk(): Promise<Page> {
    if (desk && !desk.isClosed()) return desk;
    desk = await browser.newPage({ type: 'tab', background: true });
    // A document with the extension's rights and without its code.
    await desk.goto(`${address}manifest.json`);
    return desk;
  }

  const workerTarget = () =>
    browser
      .targets()
      .find((target) => target.type() === 'service_worker' && target.url() === `${address}background.js`);
  const address = `chrome-extension://${extensionId}/`;

  const chromium: ChromiumWithExtension = {
    browser: () => browser,
    extensionId,
    folder,
    async worker() {
      const target = await browser.waitForTarget((one) => one === workerTarget());
      const worker = await target.worker();
      if (!worker) throw new Error('The background has ended meanwhile');
      return worker;
    },
    async sleepWorker() {
      await (await chromium.worker()).close();
      await until('the background sleeps', async () => (chromium.isAwake() ? undefined : true));
    },
    isAwake: () => workerTarget() !== undefined,
    async page(name) {
      const page = await browser.newPage();
      await page.goto(`${address}${name}.html`);
      return page;
    },
    async visit(at) {
      const page = await browser.newPage();
      await page.goto(/^[a-z-]+:/.test(at) ? at : `http://${at}/`);
      return page;
    },
    async popupOn(tab) {
      await tab.bringToFront();
      const former = new Set(browser.targets());
      const extension = (await browser.extensions()).get(extensionId);
      if (!extension) throw new Error('The extension is not installed');
      await tab.triggerExtensionAction(extension);
      const target = await browser.waitForTarget((one) => !former.has(one) && one.url() === `${address}popup.html`);
      const popup = await target.asPage();
      // Its window grows once there is something in it; a click beside it would close it.
      await popup.waitForFunction(() => {
        const foot = document.querySelector('.foot')?.getBoundingClientRect();
        return foot !== undefined && foot.height > 0 && foot.bottom <= innerHeight;
      });
      return popup;
    },
    inExtension: (work, ...given) => openDesk().then((page) => page.evaluate(work, ...given)),
    stored: () => chromium.inExtension(() => chrome.storage.local.get(null)),
    store: (items) => chromium.inExtension((kept) => chrome.storage.local.set(kept), items),
    async chooseServer(origin) {
      await chromium.store({ settings: { server: origin } });
      await until(`files of ${origin}`, async () => {
        return (await chromium.refresh())?.kind === 'same' ? true : undefined;
      });
    },
    refresh: () => chromium.inExtension(() => chrome.runtime.sendMessage({ kind: 'refresh' })),
    async icon(window = 'ordinary') {
      // Has the window drawn anew: now and then the picture on disk is one behind.
      await (await openDesk()).evaluate(() => {
        document.title = `${Date.now()}`;
      });
      return shownIcon(pictures, folder, window);
    },
    async badgeOf(tab) {
      const url = tab.url();
      return chromium.inExtension(async (shown) => {
        const [found] = (await chrome.tabs.query({})).filter((one: { url?: string }) => one.url === shown);
        const tabId = found.id;
        const [text, title, { name }] = await Promise.all([
          chrome.action.getBadgeText({ tabId }),
          chrome.action.getTitle({ tabId }),
          chrome.runtime.getManifest(),
        ]);
        // Chromium shows the extension's name where there is no title.
        return { text, title: title === name ? '' : title };
      }, url);
    },
    iconRules: () =>
      chromium.inExtension(
        () =>
          new Promise<readonly BrowsersIconRule[]>((resolve) => {
            chrome.declarativeContent.onPageChanged.getRules((rules: readonly BrowsersRule[]) => {
              resolve(rules.map(({ id = '', conditions }) => ({ icon: id.split(' ')[0] ?? '', conditions })));
            });
          }),
      ),
    async restart() {
      await end();
      browser = await launch(true);
    },
    async close() {
      await browser.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  await chromium.worker();
  if (isInPrivate) await chromium.restart();
  if (server !== undefined) await chromium.chooseServer(server);
  return chromium;
}

/** The manifest's optional permissions as if somebody had been asked, and allowed it. */
async function grant(file: string, granted: readonly string[]): Promise<void> {
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  const sites = granted.filter((one) => one.includes('/'));
  const others = granted.filter((one) => !one.includes('/'));
  manifest.permissions.push(...others);
  if (sites.length > 0) manifest.host_permissions = sites;
  manifest.optional_permissions = manifest.optional_permissions.filter((one: string) => !granted.includes(one));
  manifest.optional_host_permissions = manifest.optional_host_permissions.filter(
    (one: string) => !granted.includes(one),
  );
  await writeFile(file, JSON.stringify(manifest));
}

/** As Chromium names an unpacked extension: by its path. */
const idOf = (folder: string): string =>
  createHash('sha256')
    .update(folder)
    .digest('hex')
    .slice(0, 32)
    .replace(/./g, (digit) => {
      return String.fromCharCode(97 + Number.parseInt(digit, 16));
    });
