import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { FIREFOX_ID } from '../../../extension/manifest.ts';
import { builtExtension } from './built-extension.ts';
import { findFirefox } from './find-firefox.ts';
import { type FirefoxChrome, openFirefoxChrome } from './firefox-chrome.ts';
import { type FirefoxToolbar, openFirefoxToolbar } from './firefox-toolbar.ts';
import { until } from './until.ts';
import { writeXpi } from './xpi-of-folder.ts';

export interface FirefoxOptions {
  /** Folder of a profile that may have been used before; then the extension is there already. By default one that is removed. */
  readonly profile?: string;
  /** Port of a proxy on this machine through which everything is asked for, also from this machine. */
  readonly proxy?: number;
  /** Language of the browser; by default English. */
  readonly language?: string;
  readonly preferences?: Readonly<Record<string, string | number | boolean>>;
}

/** Firefox without a screen, with the extension installed for good. */
export interface FirefoxWithExtension {
  readonly browser: Browser;
  readonly chrome: FirefoxChrome;
  readonly toolbar: FirefoxToolbar;
  /** @param path such as `/options.html#server` */
  openExtensionPage(path: string): Promise<Page>;
  /** The document that the extension itself opened, once it is there. @param path such as `/welcome.html` */
  openedByExtension(path: string): Promise<Page>;
  /** On the page that the installation opened, which is closed then. */
  chooseServer(origin: string): Promise<void>;
  /** As people do among their extensions; Firefox starts the extension anew then, and closes its documents. */
  allowInPrivate(): Promise<void>;
  close(): Promise<void>;
}

/** Firefox makes one for each installation; told before, its pages have a known address. */
const UUID = '5b7a5b53-0c5e-4c0b-9b1e-0c1a3b5d7e90';
const ADDRESS = `moz-extension://${UUID}`;

/** Whoever opens it closes it. */
export async function openFirefoxWithExtension({
  profile,
  proxy,
  language,
  preferences = {},
}: FirefoxOptions = {}): Promise<FirefoxWithExtension> {
  const executablePath = await findFirefox();
  if (executablePath === undefined) throw new Error('No Firefox was found; install it or set FIREFOX_EXECUTABLE_PATH');
  const folder = await builtExtension('firefox-mv3');
  const own = await mkdtemp(join(tmpdir(), 'clausewatch-firefox-'));
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    userDataDir: profile ?? join(own, 'profile'),
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [FIREFOX_ID]: UUID }),
      // Extended support releases install what is not signed, for good, where they are told to.
      'xpinstall.signatures.required': false,
      // Questions can be answered at once, not only after half a second.
      'security.notification_enable_delay': 0,
      // Sites of tests speak http.
      'dom.security.https_first': false,
      ...(proxy === undefined ? {} : throughProxy(proxy)),
      ...preferences,
    },
  });
  const close = async (): Promise<void> => {
    await browser.close();
    await rm(own, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const chrome = await openFirefoxChrome(browser);
    if (language !== undefined) await speak(chrome, language);
    if (!(await isInstalled(chrome))) {
      const path = join(own, 'extension.xpi');
      await writeXpi(folder, path);
      await chrome.send('webExtension.install', {
        extensionData: { type: 'archivePath', path },
        'moz:permanent': true,
      });
    }
    const toolbar = await openFirefoxToolbar(chrome);
    const pages = pagesOf(browser);
    return {
      ...{ browser, chrome, toolbar, ...pages, close },
      async chooseServer(origin) {
        const welcome = await pages.openedByExtension('/welcome.html');
        await welcome.bringToFront();
        await welcome.type('#server', origin);
        const asked = toolbar.answer(true);
        await welcome.click('#reading button[type=submit]');
        await asked;
        await welcome.waitForSelector('.picker');
        await welcome.close();
      },
      allowInPrivate: () => allowInPrivate(chrome),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const throughProxy = (port: number) => ({
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': port,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': port,
  'network.proxy.allow_hijacking_localhost': true,
});

function pagesOf(browser: Browser): Pick<FirefoxWithExtension, 'openExtensionPage' | 'openedByExtension'> {
  return {
    async openExtensionPage(path) {
      const page = await browser.newPage();
      // Firefox does not say when such a page has loaded.
      page.goto(`${ADDRESS}${path}`).catch(() => undefined);
      await until(`${path} is shown`, () => shown(page, path));
      return page;
    },
    async openedByExtension(path) {
      return until(`the extension opens ${path}`, async () => {
        const found = await Promise.all((await browser.pages()).map((page) => shown(page, path)));
        return found.find((page) => page !== undefined);
      });
    },
  };
}

/** While a page is being left, Firefox answers nothing of it. */
async function shown(page: Page, path: string): Promise<Page | undefined> {
  const isShown = await page
    .evaluate((address) => location.href === address && document.body.childElementCount > 1, `${ADDRESS}${path}`)
    .catch(() => false);
  return isShown ? page : undefined;
}

/** Of Firefox's own. */
interface FirefoxModules {
  readonly AddonManager: {
    getAddonByID(id: string): Promise<{ readonly isActive: boolean; reload(): Promise<void> } | null>;
  };
  readonly ExtensionPermissions: { add(id: string, permissions: object): Promise<void> };
}
declare const ChromeUtils: { importESModule(address: string): FirefoxModules };
declare const Services: { readonly locale: { availableLocales: string[]; requestedLocales: string[] } };

const isInstalled = ({ call }: FirefoxChrome): Promise<boolean> =>
  call(async (id) => {
    const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
    return (await AddonManager.getAddonByID(id))?.isActive === true;
  }, FIREFOX_ID);

const allowInPrivate = ({ call }: FirefoxChrome): Promise<void> =>
  call(async (id) => {
    const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
    const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
    await ExtensionPermissions.add(id, { permissions: ['internal:privateBrowsingAllowed'], origins: [] });
    await (await AddonManager.getAddonByID(id))?.reload();
  }, FIREFOX_ID);

/** As if it had been installed in this language: its own words stay English, where it has no others. */
const speak = ({ call }: FirefoxChrome, language: string): Promise<void> =>
  call((wanted) => {
    Services.locale.availableLocales = ['en-US', wanted];
    Services.locale.requestedLocales = [wanted];
  }, language);
