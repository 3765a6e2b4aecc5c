import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AroundFirefox, openAroundFirefox } from '../../helpers/extension/around-firefox.ts';
import { isWithoutFirefox } from '../../helpers/extension/find-firefox.ts';
import { type FirefoxWithExtension, openFirefoxWithExtension } from '../../helpers/extension/firefox-with-extension.ts';
import { SITES } from '../../helpers/extension/terms-for-extension.ts';

const isLeftOut = await isWithoutFirefox();

describe.skipIf(isLeftOut)(`a person with Firefox${isLeftOut ? ' (left out: no Firefox is installed)' : ''}`, () => {
  let around: AroundFirefox;
  let profile: string;
  let firefox: FirefoxWithExtension;
  let page: Page;
  /** Open all the time, beside the sites. */
  let options: Page;

  beforeAll(async () => {
    around = await openAroundFirefox();
    profile = await mkdtemp(join(tmpdir(), 'clausewatch-profile-'));
    await start();
  });

  async function start(): Promise<void> {
    firefox = await openFirefoxWithExtension({ profile, proxy: around.proxy.port });
    options = await firefox.openExtensionPage('/options.html');
    page = await firefox.browser.newPage();
  }

  afterAll(async () => {
    await firefox?.close();
    await around?.close();
    if (profile) await rm(profile, { recursive: true, force: true });
  });

  test('is asked by Firefox whether the chosen server may be read; nothing is asked of it before', async () => {
    const welcome = await firefox.openedByExtension('/welcome.html');
    await welcome.bringToFront();
    await welcome.type('#server', around.terms.origin);
    const refused = firefox.toolbar.answer(false);
    await welcome.click('#reading button[type=submit]');
    expect(await refused).toContain('127.0.0.1');
    await expect.poll(() => textOf(welcome, '#server-state')).toContain('without this permission');
    expect(askedOfServer()).toEqual([]);

    const allowed = firefox.toolbar.answer(true);
    await welcome.click('#reading button[type=submit]');
    await allowed;
    await expect.poll(() => textOf(welcome, '#server-state')).toContain('Harbour');
    await expect.poll(() => textOf(welcome, '#choose')).toContain('Larkmail');
  });

  test('sees what changed on a site never looked at, and nothing of it is unread', async () => {
    await visit(`www.${SITES.changed}`);
    // Nothing tells of it before: Firefox has no rules for icons.
    expect(await firefox.toolbar.button()).toMatchObject({ badge: '', icon: 'plain' });
    const popup = await firefox.toolbar.openPopup();
    const text = await popup.text();
    expect(text).toContain('Larkmail');
    expect(text).toContain('weighty');
    expect(text).toContain('arbitration');
    expect(text).toContain('All disputes are settled by binding arbitration.');
    expect(text).not.toContain('unread\n');
    expect(await popup.read((document) => document.querySelectorAll('.count, .mark-read').length)).toBe(0);
    await popup.close();
  });

  test.each([
    ['a domain below', SITES.below, 'Larkmail', 'Terms of Service'],
    ['another domain of a service', SITES.alias, 'Larkmail', 'Terms of Service'],
    ['a domain below with a service of its own', SITES.shop, 'Quayside', 'nothing new'],
    ['a site of which only a date changed', SITES.noise, 'Gullnet', 'nothing new'],
    ['a site of two services', SITES.shared, 'Moorings', 'Pilotage'],
    ['a site that is not covered', SITES.notCovered, `${SITES.notCovered} is not covered`, 'How to request it'],
  ])('sees in the popup of %s what there is', async (_, host, ...expected) => {
    await visit(host);
    const popup = await firefox.toolbar.openPopup();
    const text = await popup.text();
    for (const words of expected) expect(text).toContain(words);
    await popup.close();
  });

  test('sees on a page of the browser itself that it is none of a website', async () => {
    // Firefox does not say when such a page has loaded.
    page.goto('about:license').catch(() => undefined);
    await expect.poll(() => page.evaluate(() => document.title).catch(() => '')).toBe('Licenses');
    const popup = await firefox.toolbar.openPopup();
    expect(await popup.text()).toMatch(/Not a website|This tab cannot be seen/);
    await popup.close();
  });

  test('marks what changed since as read, takes it back, and marks it again', async () => {
    await around.terms.addClause('Larkmail', 'We share your letters with our partners.');
    await refresh();
    await visit(SITES.changed);
    const popup = await firefox.toolbar.openPopup();
    expect(await popup.text()).toContain('We share your letters with our partners.');
    const count = () => popup.read((document) => document.querySelector('.count')?.textContent);
    expect(await count()).toBe('1 unread');
    await popup.press('.mark-read');
    expect(await popup.text()).toContain('Read: Terms of Service');
    expect(await count()).toBeUndefined();
    await popup.press('.undo');
    expect(await count()).toBe('1 unread');
    await popup.press('.mark-read');
    await expect.poll(readOnDisk).toBe(1);
    await popup.close();
  });

  test('finds it read after a restart of the browser, with the extension and its permission still there', async () => {
    await firefox.close();
    await start();
    expect(await unreadAt(SITES.changed)).toBeUndefined();
    await refresh();
    expect(await unreadAt(SITES.changed)).toBeUndefined();
  });

  test('is told again of the next change alone, and of nothing more by an index built anew', async () => {
    await around.terms.addClause('Larkmail', 'We may raise our prices at any time.');
    await refresh();
    expect(await unreadAt(SITES.changed)).toBe('1 unread');
    const popup = await firefox.toolbar.openPopup();
    await popup.press('.mark-read');
    await expect.poll(readOnDisk).toBe(2);
    await popup.close();
    await around.terms.rebuildIndex();
    await refresh();
    expect(await unreadAt(SITES.changed)).toBeUndefined();
  });

  test('was asked for by the server as everybody is: no request names a site or this installation', () => {
    const asked = askedOfServer();
    expect(asked.length).toBeGreaterThan(3);
    for (const { url, headers, body } of asked) {
      expect(new URL(url).pathname).toMatch(/^\/api\/extension(\/(files|deltas)\/[0-9a-f/]+)?$/);
      const names = headers.map(([name]) => name.toLowerCase());
      expect(names).not.toContain('origin');
      expect(names).not.toContain('cookie');
      expect(names).not.toContain('referer');
      expect(body).toBe('');
    }
  });

  const askedOfServer = () => around.proxy.requests.filter(({ host }) => host === new URL(around.terms.origin).host);

  async function visit(host: string): Promise<void> {
    await page.bringToFront();
    await page.goto(`http://${host}/`);
  }

  async function unreadAt(host: string): Promise<string | undefined> {
    await visit(host);
    const popup = await firefox.toolbar.openPopup();
    const count = await popup.read((document) => document.querySelector('.count')?.textContent);
    await popup.close();
    return count;
  }

  /** As a person does that does not want to wait six hours. */
  async function refresh(): Promise<void> {
    await options.bringToFront();
    await options.waitForSelector('#refresh');
    await options.click('#refresh');
    await expect.poll(() => textOf(options, '.said')).toMatch(/Newer files|Nothing newer/);
  }

  /** Writing goes on for a moment after it was shown as done. */
  const readOnDisk = (): Promise<number> =>
    options.evaluate(async () => {
      const items = await browser.storage.local.get(null);
      return Object.values(items).reduce((sum, { read }) => sum + (read?.length ?? 0), 0);
    });
});

/** What is used of it in the extension's own pages. */
declare const browser: {
  readonly storage: {
    readonly local: { get(keys: null): Promise<Readonly<Record<string, { readonly read?: readonly unknown[] }>>> };
  };
};

const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (found) => found.textContent ?? '').catch(() => '');
