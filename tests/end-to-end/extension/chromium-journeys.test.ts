import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ChromiumWithExtension,
  openChromiumWithExtension,
} from '../../helpers/extension/chromium-with-extension.ts';
import { type FakeSites, openFakeSites } from '../../helpers/extension/fake-sites.ts';
import { openServedTerms, type ServedTerms } from '../../helpers/extension/served-terms.ts';
import { readPopup, type ShownPopup } from '../../helpers/extension/shown-popup.ts';
import { PRIVACY, SITES, TERMS } from '../../helpers/extension/terms-for-extension.ts';

// In a real Chromium, with the permissions of the installation alone: the browser itself changes the icon, by rules, and
// what its toolbar shows is read from a picture of it. The tests of each part go on from those before.

let sites: FakeSites;
let terms: ServedTerms;
let chromium: ChromiumWithExtension;

beforeAll(async () => {
  sites = await openFakeSites();
  terms = await openServedTerms();
  chromium = await openChromiumWithExtension({ sites });
});
afterAll(async () => {
  await chromium?.close();
  await terms?.close();
  await sites?.close();
});

/** Opens the popup on a tab, has it read or used, and closes it. */
async function inPopup<Result>(tab: Page, use: (popup: Page) => Promise<Result>): Promise<Result> {
  const popup = await chromium.popupOn(tab);
  const result = await use(popup);
  await popup.close();
  return result;
}

const manifest = async (): Promise<Record<string, unknown>> => (await fetch(`${terms.origin}/api/extension`)).json();
const popupOn = (tab: Page): Promise<ShownPopup> => inPopup(tab, readPopup);
const isShown = (icon: string) => expect.poll(() => chromium.icon()).toBe(icon);
const unread = ({ documents }: ShownPopup): string[] =>
  documents.filter(({ isUnread }) => isUnread).map(({ name }) => name);

describe('the welcome page, by keyboard alone', () => {
  let page: Page;

  test('opens after the installation, and takes the address of a server', async () => {
    page = await welcomePage();
    expect(await page.$eval('main', ({ innerText }) => innerText)).toContain('There is no public server yet');
    await tabTo('server');
    await page.keyboard.type(terms.origin);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.body.innerText.includes('Changes are read from Harbour'));
  });

  test('takes services that somebody uses already', async () => {
    await page.waitForSelector('#picker');
    await tabTo('picker');
    await page.keyboard.type('ferry');
    await page.waitForFunction(() => document.querySelectorAll('.found input').length === 1);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.waitForFunction(() => document.body.innerText.includes('One chosen.'));
    await page.close();
  });

  test('what changes at these is unread, although nobody has looked there', async () => {
    await terms.addClause('Ferry', 'We may cancel a crossing without paying you back.');
    await chromium.refresh();
    const tab = await chromium.visit(SITES.unchanged);
    await isShown('unread');
    await inPopup(tab, async (popup) => {
      const { title, documents } = await readPopup(popup);
      expect(title).toBe('Ferry & Sons: 1 unread document');
      expect(documents[0]?.inserted.join()).toContain('We may cancel a crossing');
      await popup.click('.mark-read');
      await isShown('plain');
    });
    await tab.close();
  });

  async function welcomePage(): Promise<Page> {
    const target = await chromium.browser().waitForTarget((one) => one.url().endsWith('/welcome.html'));
    const found = await target.page();
    if (!found) throw new Error('The welcome page was closed');
    await found.bringToFront();
    await found.waitForSelector('#server');
    return found;
  }

  async function tabTo(id: string): Promise<void> {
    for (let stops = 0; stops < 40; stops++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate(() => document.activeElement?.id)) === id) return;
    }
    throw new Error(`Tab does not lead to ${id}`);
  }
});

describe('a site whose terms changed', () => {
  let tab: Page;
  let latest: string;

  test('the icon says so', async () => {
    tab = await chromium.visit(SITES.unchanged);
    await isShown('plain');
    await tab.goto(`http://${SITES.changed}/inbox?letter=7`);
    await isShown('news');
  });

  test('the popup shows documents, class, topics and redline, with ways to the archive', async () => {
    const { documents, title, text } = await popupOn(tab);
    expect(title).toBe('Larkmail: nothing unread');
    expect(text).toContain('You look here for the first time');
    expect(documents.map(({ name }) => name)).toEqual([TERMS, PRIVACY]);
    const [changed, quiet] = documents;
    expect(changed?.facts).toMatch(/text.*arbitration.*class actions.*15 added, 0 removed/s);
    expect(changed?.inserted.join()).toContain('All disputes are settled by binding arbitration.');
    expect(changed?.deleted).toEqual([]);
    expect(quiet?.facts).toMatch(/^nothing new since records began/);
    for (const link of Object.values(changed?.links ?? {})) {
      const page = await fetch(link).then((answer) => answer.text());
      expect(page).toContain('Larkmail');
    }
    expect(Object.keys(changed?.links ?? {})).toEqual(['Archived version', 'Full history']);
  });

  test('once it was looked at, the icon is plain again', () => isShown('plain'));

  test('while the background sleeps, icons are right, and no visit wakes it', async () => {
    await chromium.sleepWorker();
    for (const [host, icon] of [
      [SITES.shared, 'news'],
      [SITES.changed, 'plain'],
      [`www.${SITES.shared}`, 'news'],
      [SITES.changed, 'plain'],
    ] as const) {
      await tab.goto(`http://${host}/`);
      await isShown(icon);
    }
    expect(chromium.isAwake()).toBe(false);
  });

  test('what changes from then on is unread: on the open tab at once, and in the popup', async () => {
    latest = await terms.addClause('Larkmail', 'We may share your address book with our partners.');
    await chromium.refresh();
    await tab.bringToFront();
    await isShown('unread');
    const shown = await popupOn(tab);
    expect(shown.title).toBe('Larkmail: 1 unread document');
    expect(unread(shown)).toEqual([TERMS]);
    expect(shown.documents[0]?.inserted.join()).toContain('We may share your address book');
    expect(shown.documents[0]?.links['Archived version']).toContain(latest);
    await isShown('unread');
  });

  test('it is marked as read, and that is taken back; a background that slept is woken', async () => {
    await inPopup(tab, async (popup) => {
      await chromium.sleepWorker();
      await popup.click('.mark-read');
      await isShown('plain');
      expect(unread(await readPopup(popup))).toEqual([]);
      await popup.click('.undo');
      await isShown('unread');
      expect(unread(await readPopup(popup))).toEqual([TERMS]);
      await popup.keyboard.press('r');
      await isShown('plain');
    });
  });

  test('a restart of the browser keeps it read', async () => {
    await chromium.restart();
    tab = await chromium.visit(SITES.shared);
    await isShown('news');
    await tab.goto(`http://${SITES.changed}/`);
    await isShown('plain');
    expect(unread(await popupOn(tab))).toEqual([]);
  });

  test('another change raises it again, on all its domains', async () => {
    await terms.addClause('Larkmail', 'Letters are deleted after ten days.', PRIVACY);
    await chromium.refresh();
    await tab.bringToFront();
    await isShown('unread');
    for (const host of [SITES.below, SITES.alias]) {
      await tab.goto(`http://${host}/`);
      await isShown('unread');
      expect(unread(await popupOn(tab))).toEqual([PRIVACY]);
    }
    await tab.goto(`http://${SITES.shop}/`);
    await isShown('plain');
    const shop = await popupOn(tab);
    expect(shop.text).toMatch(/^Quayside\n/);
    expect(unread(shop)).toEqual([]);
  });

  test('an index made anew by other rules makes nothing unread again', async () => {
    await inPopup(await chromium.visit(SITES.changed), (popup) => popup.click('.mark-read'));
    // Former rules took this for noise.
    const version = await terms.addClause('Larkmail', 'We may change these terms without telling you.');
    await terms.judgeAsNoise(version);
    expect(await chromium.refresh()).toEqual({ kind: 'same' });
    const before = await manifest();
    await terms.rebuildIndex();
    const after = await manifest();
    expect(after.epoch).not.toBe(before.epoch);
    expect(after.recent).not.toEqual(before.recent);
    expect(await chromium.refresh()).toEqual({ kind: 'newer' });
    tab = await chromium.visit(SITES.shared);
    await isShown('news');
    await tab.goto(`http://${SITES.changed}/`);
    await isShown('plain');
    const shown = await popupOn(tab);
    expect(unread(shown)).toEqual([]);
    expect(shown.documents[0]?.links['Archived version']).toContain(version);
  });
});

test('a site that only had noise shows nothing, before the first look and after', async () => {
  const tab = await chromium.visit(SITES.shared);
  await isShown('news');
  await tab.goto(`http://${SITES.noise}/`);
  await isShown('plain');
  expect((await popupOn(tab)).documents.map(({ facts }) => facts.replace(/ on .*/, ''))).toEqual([
    'nothing new since records began',
  ]);
  const before = await newestRecord();
  await terms.addClause('Gullnet', '---');
  expect(await newestRecord()).not.toBe(before);
  expect(await chromium.refresh()).toEqual({ kind: 'same' });
  await isShown('plain');
  expect(unread(await popupOn(tab))).toEqual([]);
});

const newestRecord = async (): Promise<unknown> => (await manifest()).newestRecord;

test('a host of two services shows both', async () => {
  const tab = await chromium.visit(`www.${SITES.shared}`);
  await isShown('news');
  const { services, documents, text } = await popupOn(tab);
  expect(text).toMatch(/^www\.quay\.example\n/);
  expect(services).toEqual(['Moorings', 'Pilotage']);
  expect(documents.map(({ name }) => name)).toEqual([TERMS, TERMS]);
  expect(documents[0]?.inserted.join()).toContain('half of');
  await isShown('plain');
});

test('a site that is not covered says so, and how to request it', async () => {
  const tab = await chromium.visit(SITES.notCovered);
  await isShown('plain');
  const { text, request } = await inPopup(tab, async (popup) => ({
    text: (await readPopup(popup)).text,
    request: await popup.$eval('.empty a', ({ href }) => href),
  }));
  expect(text).toContain('nowhere.example is not covered');
  expect(request).not.toContain('nowhere');
  expect((await fetch(request)).status).toBe(200);
});

test.each([
  // Of these Chromium says nothing to extensions.
  ['chrome://version/', 'This tab cannot be seen'],
  ['about:blank', 'This tab cannot be seen'],
  ['file:///', 'Not a website'],
  ['options', 'Not a website'],
] as const)('on %s there is nothing to be told', async (address, title) => {
  const tab = address === 'options' ? await chromium.page(address) : await chromium.visit(address);
  await isShown('plain');
  expect((await popupOn(tab)).title).toBe(title);
  await tab.close();
});

test('a server without a name is not covered', async () => {
  const tab = await chromium.visit(`http://127.0.0.1:${sites.port}/`);
  expect((await popupOn(tab)).text).toContain('127.0.0.1 is not covered');
});
