import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AroundFirefox, openAroundFirefox } from '../../helpers/extension/around-firefox.ts';
import { isWithoutFirefox } from '../../helpers/extension/find-firefox.ts';
import { type FirefoxWithExtension, openFirefoxWithExtension } from '../../helpers/extension/firefox-with-extension.ts';
import { formSource } from '../../helpers/extension/form-fixtures.ts';
import { FRONT_TAB, readInside } from '../../helpers/extension/read-inside.ts';
import { SITES } from '../../helpers/extension/terms-for-extension.ts';

const isLeftOut = await isWithoutFirefox();

describe.skipIf(isLeftOut)(
  `optional permissions of Firefox${isLeftOut ? ' (left out: no Firefox is installed)' : ''}`,
  () => {
    let around: AroundFirefox;
    let firefox: FirefoxWithExtension;
    let page: Page;
    let options: Page;

    beforeAll(async () => {
      around = await openAroundFirefox();
      firefox = await openFirefoxWithExtension({
        proxy: around.proxy.port,
        // Windows of Firefox's own, which can be read; not the desktop's.
        preferences: { 'alerts.useSystemBackend': false },
      });
      await firefox.chooseServer(around.terms.origin);
      options = await firefox.openExtensionPage('/options.html');
      page = await firefox.browser.newPage();
    });

    afterAll(async () => {
      await firefox?.close();
      await around?.close();
    });

    test('tabs: the icon tells of the site that is shown, until it is taken back', async () => {
      await visit(`www.${SITES.changed}`);
      expect(await firefox.toolbar.button()).toMatchObject({ badge: '', icon: 'plain' });
      expect(await ability('Icon changes')).toMatch(/^✕no/);
      await press('#permission-tabs', false);
      await expect.poll(() => textOf(options, '.said')).toContain('The permission was not given');
      expect(await press('#permission-tabs', true)).toContain('Access browser tabs');
      await expect.poll(() => ability('Icon changes')).toMatch(/^✓yes/);
      await visit(`www.${SITES.changed}`);
      await expect.poll(() => firefox.toolbar.button()).toMatchObject({ badge: '', icon: 'news' });

      await (await firefox.toolbar.openPopup()).close();
      await around.terms.addClause('Larkmail', 'We share your letters with our partners.');
      await refresh();
      await page.bringToFront();
      await expect.poll(() => firefox.toolbar.button()).toMatchObject({ badge: '1', icon: 'unread' });
      expect((await firefox.toolbar.button())?.title).toContain(SITES.changed);
      await visit(SITES.notCovered);
      await expect.poll(() => firefox.toolbar.button()).toMatchObject({ badge: '', icon: 'plain' });

      await visit(SITES.changed);
      await expect.poll(() => firefox.toolbar.button()).toMatchObject({ badge: '1' });
      await press('#permission-tabs');
      await page.bringToFront();
      await expect.poll(() => firefox.toolbar.button()).toEqual({ badge: '', icon: 'plain', title: 'Clausewatch' });
      const popup = await firefox.toolbar.openPopup();
      expect(await popup.text()).toContain('1 unread');
      await popup.close();
    });

    test('notifications: each change is told of once, until they are taken back', async () => {
      expect(await press('#notifications-each', true)).toContain('Display notifications');
      await expect.poll(() => ability('Notifications')).toMatch(/^✓yes/);
      await around.terms.addClause('Larkmail', 'We may raise our prices at any time.');
      await refresh();
      await expect.poll(alerts).toEqual(['Larkmail: Terms of Service changed']);
      await pressAlert();
      await expect.poll(() => addresses()).toContainEqual(expect.stringContaining(`${around.terms.origin}/`));
      expect(await alerts()).toEqual([]);

      await press('#permission-notifications');
      await expect.poll(() => textOf(options, '#telling')).toContain('does not allow notifications');
      expect(await ability('Notifications')).toMatch(/^✕no/);
      await around.terms.addClause('Larkmail', 'We may close your account without notice.');
      await refresh();
      await expect.poll(notified).toBe(false);
      expect(await alerts()).toEqual([]);
    });

    test('all sites: a note beside forms, until they are taken back', async () => {
      around.sites.show(SITES.changed, formSource('sign-up'));
      await visit(SITES.changed);
      expect(await press('#show-agree', true)).toContain('all websites');
      await expect.poll(registered).toEqual(['agree-moment']);
      await visit(SITES.changed);
      await expect.poll(chip).toContain('You would accept the version of');
      await press('#permission-sites');
      await expect.poll(registered).toEqual([]);
      await visit(SITES.changed);
      expect(await chip()).toBe('');
    });

    test('the server: nothing is asked of it once that is taken back; what was downloaded stays', async () => {
      await press('#permission-server');
      await expect.poll(() => textOf(options, '#reading')).toContain('Allow reading from 127.0.0.1');
      const asked = askedOfServer();
      expect(await backgroundRefresh()).toEqual({ kind: 'failed', reason: 'permission' });
      await letTimePass(2);
      await visit(SITES.shared);
      const popup = await firefox.toolbar.openPopup();
      const text = await popup.text();
      expect(text).toContain('Moorings');
      expect(text).toContain('Last updated 2 days ago');
      expect(text).toContain('Firefox does not allow reading from the server');
      await popup.close();
      expect(askedOfServer()).toBe(asked);
      expect(await press('#allow-server', true)).toContain('127.0.0.1');
      await expect.poll(() => textOf(options, '.said')).toMatch(/Newer files|Nothing newer/);
    });

    const askedOfServer = (): number =>
      around.proxy.requests.filter(({ host }) => host === new URL(around.terms.origin).host).length;

    /** As by its alarm. */
    const backgroundRefresh = (): Promise<unknown> =>
      options.evaluate(() => browser.runtime.sendMessage({ kind: 'refresh' }));

    /** As if the files had been downloaded some days before. */
    const letTimePass = (days: number): Promise<void> =>
      options.evaluate(async (since) => {
        const { lastRefresh } = await browser.storage.local.get('lastRefresh');
        const succeededAt = new Date(Date.now() - since * 86_400_000).toISOString();
        await browser.storage.local.set({ lastRefresh: { ...lastRefresh, succeededAt } });
      }, days);

    async function visit(host: string): Promise<void> {
      await page.bringToFront();
      await page.goto(`http://${host}/`);
    }

    /** In the options. @returns what Firefox asked, where it was to be answered */
    async function press(selector: string, isAllowed?: boolean): Promise<string> {
      await options.bringToFront();
      await options.waitForSelector(selector);
      const asked = isAllowed === undefined ? '' : firefox.toolbar.answer(isAllowed);
      await options.click(selector);
      return asked;
    }

    async function refresh(): Promise<void> {
      await press('#refresh');
      await expect.poll(() => textOf(options, '.said')).toMatch(/Newer files|Nothing newer/);
    }

    /** What the options say of it. */
    const ability = (name: string): Promise<string> =>
      options.evaluate((wanted) => {
        const rows = [...document.querySelectorAll('.abilities tbody tr')];
        return rows.find((row) => row.firstElementChild?.textContent === wanted)?.children[1]?.textContent ?? '';
      }, name);

    /** Titles of the notifications that Firefox shows. */
    const alerts = (): Promise<readonly string[]> =>
      firefox.chrome.call(() =>
        [...Services.wm.getEnumerator('alert:alert')].map(
          ({ document }) => document.querySelector('#alertTitleLabel')?.getAttribute('value') ?? '',
        ),
      );

    const pressAlert = (): Promise<void> =>
      firefox.chrome.call(() => {
        for (const { document } of Services.wm.getEnumerator('alert:alert')) {
          document.querySelector<HTMLElement>('#alertBox')?.click();
        }
      });

    const addresses = async (): Promise<readonly string[]> => (await firefox.browser.pages()).map((one) => one.url());

    /** Whether the extension remembers of what it has notified. */
    const notified = (): Promise<boolean> =>
      options.evaluate(async () => 'notified' in (await browser.storage.local.get('notified')));

    const registered = (): Promise<readonly string[]> =>
      options.evaluate(async () => (await browser.scripting.getRegisteredContentScripts()).map(({ id }) => id));

    /** What the chip says; empty: there is none. */
    const chip = async (): Promise<string> => {
      const read = await readInside(firefox.chrome, FRONT_TAB, (document) =>
        [...document.querySelectorAll('*')]
          .map((one) => (one as Element & OpenToFirefox).openOrClosedShadowRoot?.querySelector('.chip')?.textContent)
          .join(''),
      );
      return read?.answer ?? '';
    };
  },
);

interface OpenToFirefox {
  readonly openOrClosedShadowRoot: ShadowRoot | null;
}

/** Of Firefox's own. */
declare const Services: { readonly wm: { getEnumerator(type: string): Iterable<Window> } };

/** What is used of it in the extension's own pages. */
declare const browser: {
  readonly storage: {
    readonly local: {
      get(key: string): Promise<Readonly<Record<string, object>>>;
      set(items: Readonly<Record<string, object>>): Promise<void>;
    };
  };
  readonly runtime: { sendMessage(message: object): Promise<unknown> };
  readonly scripting: { getRegisteredContentScripts(): Promise<readonly { readonly id: string }[]> };
};

const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (found) => found.textContent ?? '').catch(() => '');
