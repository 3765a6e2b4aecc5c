import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AroundFirefox, openAroundFirefox } from '../../helpers/extension/around-firefox.ts';
import { isWithoutFirefox } from '../../helpers/extension/find-firefox.ts';
import { type FirefoxWithExtension, openFirefoxWithExtension } from '../../helpers/extension/firefox-with-extension.ts';
import { FRONT_TAB, readInside } from '../../helpers/extension/read-inside.ts';
import { SITES } from '../../helpers/extension/terms-for-extension.ts';

const isLeftOut = await isWithoutFirefox();

describe.skipIf(isLeftOut)(
  `a Firefox in German, touched by fingers${isLeftOut ? ' (left out: no Firefox is installed)' : ''}`,
  () => {
    let around: AroundFirefox;
    let firefox: FirefoxWithExtension;
    let page: Page;
    let options: Page;

    beforeAll(async () => {
      around = await openAroundFirefox();
      firefox = await openFirefoxWithExtension({
        proxy: around.proxy.port,
        language: 'de',
        // A pointer that is coarse: a finger.
        preferences: { 'ui.primaryPointerCapabilities': 1, 'ui.allPointerCapabilities': 1 },
      });
      await firefox.chooseServer(around.terms.origin);
      options = await firefox.openExtensionPage('/options.html');
      page = await firefox.browser.newPage();
    });

    afterAll(async () => {
      await firefox?.close();
      await around?.close();
    });

    test('options and popup speak its language', async () => {
      expect(await languageOf(options)).toEqual(['de', 'Einstellungen']);
      await visit(SITES.changed);
      const popup = await firefox.toolbar.openPopup();
      expect(await popup.read((document) => document.documentElement.lang)).toBe('de');
      const text = await popup.text();
      expect(text).toContain('Larkmail');
      expect(text).toContain('Schiedsverfahren');
      expect(await popup.read((document) => document.querySelector('.redline')?.textContent)).toContain('arbitration');
      await popup.close();
    });

    test('an icon that may tell of sites says it in that language', async () => {
      await options.bringToFront();
      const asked = firefox.toolbar.answer(true);
      await options.click('#permission-tabs');
      await asked;
      await visit(SITES.shared);
      await expect.poll(() => firefox.toolbar.button()).toMatchObject({ icon: 'news' });
      await expect.poll(async () => (await firefox.toolbar.button())?.title).toMatch(/quay.example.*geändert/);
    });

    test.each([
      ['options', '/options.html', 'Einstellungen'],
      ['welcome page', '/welcome.html', 'Larkmail'],
      ['popup', '/popup.html', 'Schiedsverfahren'],
    ])(
      '%s on a telephone: nothing is wider than the window, and a finger meets what it means',
      async (_, path, words) => {
        await visit(SITES.changed);
        const shown = await firefox.openExtensionPage(path);
        // The popup looks at the tab in front, and telephones show it as a page.
        await page.bringToFront();
        await shown.setViewport({ width: 360, height: 740 });
        shown.reload().catch(() => undefined);
        await expect.poll(() => textOf(shown, 'main')).toContain(words);
        await shown.evaluate(() => document.documentElement.classList.add('is-page'));
        const { width, targets } = await measure(shown);
        expect(width).toBeLessThanOrEqual(360);
        expect(targets.length).toBeGreaterThan(3);
        expect(targets.filter(({ right, least, height }) => right > 360 || height < least)).toEqual([]);
        await shown.close();
      },
    );

    test('in private windows nothing is told, looked up or noted', async () => {
      await firefox.allowInPrivate();
      options = await firefox.openExtensionPage('/options.html');
      const before = await stored();
      await firefox.chrome.call(async (address) => {
        const opened = OpenBrowserWindow({ private: true });
        await new Promise((resolve) => opened.addEventListener('load', resolve, { once: true }));
        opened.openTrustedLinkIn(address, 'current');
      }, `http://www.${SITES.changed}/`);
      await expect.poll(() => around.sites.requests).toContain(`www.${SITES.changed}/`);
      expect(await firefox.toolbar.button()).toMatchObject({ badge: '', icon: 'plain' });
      const popup = await firefox.toolbar.openPopup();
      expect(await popup.text()).toContain('Privates Fenster');
      expect(await popup.text()).not.toContain('Larkmail');
      await popup.press('.foot button');
      const shown = () =>
        readInside(firefox.chrome, FRONT_TAB, (document) => document.querySelector('main .fault')?.textContent);
      await expect.poll(async () => (await shown())?.answer).toContain('in einem privaten Fenster');
      expect(await stored()).toEqual(before);
      await firefox.chrome.call(() => Services.wm.getMostRecentWindow('navigator:browser').close());
    });

    /** What can be pressed, but links within sentences, which WCAG 2.5.8 leaves out. */
    const measure = (shown: Page) =>
      shown.evaluate(() => {
        const pressed = [...document.querySelectorAll<HTMLElement>('button, select, summary, input, a[href]')];
        const targets = pressed
          .filter((one) => !(one.localName === 'a' && one.parentElement?.localName === 'p'))
          .map((one) => {
            const label =
              one instanceof HTMLInputElement && /checkbox|radio/.test(one.type) ? one.labels?.[0] : undefined;
            const { height, right } = (label ?? one).getBoundingClientRect();
            const what = `${one.localName} ${one.id} ${one.textContent?.trim().slice(0, 40)}`;
            const least = label || one.matches('button, select, summary, .title') ? 44 : 24;
            return { what, least, height: Math.round(height), right: Math.round(right) };
          })
          .filter(({ height }) => height > 0);
        return { width: document.documentElement.scrollWidth, targets };
      });

    const languageOf = (shown: Page): Promise<readonly string[]> =>
      shown.evaluate(() => [document.documentElement.lang, document.querySelector('h1')?.textContent ?? '']);

    async function visit(host: string): Promise<void> {
      await page.bringToFront();
      await page.goto(`http://${host}/`);
    }

    /** All that is kept of a person. */
    const stored = (): Promise<object> => options.evaluate(async () => browser.storage.local.get(null));
  },
);

/** Of Firefox's own. */
declare const Services: { readonly wm: { getMostRecentWindow(type: string): Window } };
declare function OpenBrowserWindow(how: { readonly private: boolean }): Window & {
  openTrustedLinkIn(address: string, where: 'current'): void;
};

/** What is used of it in the extension's own pages. */
declare const browser: { readonly storage: { readonly local: { get(keys: null): Promise<object> } } };

const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (found) => found.textContent ?? '').catch(() => '');
