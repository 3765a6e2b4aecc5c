import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

// In a real Chromium that lets the extension know tabs, private ones too: badges, and what becomes of them when the background
// sleeps, the extension is updated, or what it has kept is damaged. Each test goes on from those before.

let sites: FakeSites;
let terms: ServedTerms;
let chromium: ChromiumWithExtension;
let tab: Page;
let unreadVersion: string;

beforeAll(async () => {
  sites = await openFakeSites();
  terms = await openServedTerms();
  chromium = await openChromiumWithExtension({ sites, server: terms.origin, granted: ['tabs'], isInPrivate: true });
});
afterAll(async () => {
  await chromium?.close();
  await terms?.close();
  await sites?.close();
});

const PLAIN = { text: '', title: '' };
const NEWS = { text: '', title: `${SITES.shared}: its terms changed in the last 30 days` };
const unreadOn = (host: string) => ({ text: '1', title: `${host}: 1 document with changes you have not read` });
const badgeIs = (badge: { readonly text: string; readonly title: string }) =>
  expect.poll(() => chromium.badgeOf(tab)).toEqual(badge);
const iconIs = (icon: string) => expect.poll(() => chromium.icon()).toBe(icon);

async function popup(): Promise<ShownPopup> {
  const opened = await chromium.popupOn(tab);
  const shown = await readPopup(opened);
  await opened.close();
  return shown;
}

const unread = ({ documents }: ShownPopup): string[] =>
  documents.filter(({ isUnread }) => isUnread).map(({ name }) => name);

describe('badges', () => {
  test('say in words what the icon says, and nothing where nothing is to be told', async () => {
    tab = await chromium.visit(SITES.unchanged);
    await badgeIs(PLAIN);
    await tab.goto(`http://${SITES.shared}/`);
    await badgeIs(NEWS);
    await tab.goto(`http://${SITES.noise}/`);
    await badgeIs(PLAIN);
  });

  test('count documents, on the open tab as soon as something changed', async () => {
    await tab.goto(`http://${SITES.changed}/`);
    await popup();
    await badgeIs(PLAIN);
    unreadVersion = await terms.addClause('Larkmail', 'We may share your address book with our partners.');
    await chromium.refresh();
    await badgeIs(unreadOn(SITES.changed));
    await terms.addClause('Larkmail', 'Letters are deleted after ten days.', PRIVACY);
    await chromium.refresh();
    await badgeIs({ text: '2', title: `${SITES.changed}: 2 documents with changes you have not read` });
    await iconIs('unread');
  });

  test('go with what is marked as read', async () => {
    const opened = await chromium.popupOn(tab);
    await opened.evaluate((name) => {
      const documents = [...document.querySelectorAll('.document')];
      const own = documents.find((one) => one.querySelector('.stop')?.textContent === name);
      own?.querySelector<HTMLElement>('.mark-read')?.focus();
    }, PRIVACY);
    await opened.keyboard.press('Enter');
    await badgeIs(unreadOn(SITES.changed));
    await opened.close();
    expect(unread(await popup())).toEqual([TERMS]);
  });
});

test('a background that was put to sleep is woken by a visit, and its badge is right', async () => {
  await chromium.sleepWorker();
  await tab.goto(`http://${SITES.below}/`);
  await badgeIs(unreadOn(SITES.below));
  await iconIs('unread');
  expect(chromium.isAwake()).toBe(true);
  await chromium.sleepWorker();
  await tab.goto(`http://${SITES.shop}/`);
  await iconIs('plain');
  await badgeIs(PLAIN);
});

test('in a private window nothing is told, and nothing is kept', async () => {
  const before = await chromium.stored();
  await chromium.inExtension(async (url) => {
    await chrome.windows.create({ incognito: true, url });
  }, `http://${SITES.changed}/?private`);
  const target = await chromium
    .browser()
    .waitForTarget((one) => one.type() === 'page' && one.url() === `http://${SITES.changed}/?private`);
  const page = await target.page();
  if (!page) throw new Error('No private window was opened');
  const former = tab;
  tab = page;
  await expect.poll(() => chromium.icon('private')).toBe('plain');
  expect((await popup()).title).toBe('Private window');
  await page.goto(`http://${SITES.shared}/`);
  expect((await popup()).title).toBe('Private window');
  await expect.poll(() => chromium.icon('private')).toBe('plain');
  await page.close();
  tab = former;
  expect(await chromium.stored()).toEqual(before);
});

describe('an update', () => {
  test('takes over what an older schema has kept', async () => {
    await tab.goto(`http://${SITES.changed}/`);
    await chromium.inExtension(async () => {
      const items = await chrome.storage.local.get(null);
      for (const [item, value] of Object.entries(items)) {
        if (!item.startsWith('mark:')) continue;
        const { after: _, known: __, ...mark } = value as Record<string, unknown>;
        // Records have no fractions of a second: one of the very second in which a mark began would be before it.
        items[item] = { ...mark, since: new Date(Date.parse(String(mark.since)) - 1_000).toISOString() };
      }
      await chrome.storage.local.set({ ...items, schema: 1 });
    });
    const manifest = join(chromium.folder, 'manifest.json');
    await writeFile(manifest, JSON.stringify({ ...JSON.parse(await readFile(manifest, 'utf8')), version: '9.0.0' }));
    await chromium.restart();
    // Before anybody opens one of its pages.
    await expect.poll(async () => (await chromium.stored()).schema).toBeGreaterThan(1);
    expect(await chromium.inExtension(() => chrome.runtime.getManifest().version)).toBe('9.0.0');
    tab = await chromium.visit(SITES.changed);
    await badgeIs(unreadOn(SITES.changed));
    await iconIs('unread');
    const shown = await popup();
    expect(unread(shown)).toEqual([TERMS]);
    expect(shown.documents[0]?.links['Archived version']).toContain(unreadVersion);
  });
});

describe('what is kept, damaged', () => {
  test('items of any kind: what cannot be read is as if it had never been there', async () => {
    const items = await chromium.stored();
    const garbage = [42, 'half a wor', [[[]]], { since: 'yesterday', read: { 0: 1 } }, false, ''];
    const kept = ['settings'];
    const damaged = Object.keys(items).filter((item) => !kept.includes(item));
    expect(damaged.length).toBeGreaterThan(60);
    await chromium.store(Object.fromEntries(damaged.map((item, place) => [item, garbage[place % garbage.length]])));
    await chromium.restart();
    expect(await chromium.refresh()).toEqual({ kind: 'same' });
    tab = await chromium.visit(SITES.shared);
    await iconIs('news');
    await badgeIs(NEWS);
    await tab.goto(`http://${SITES.changed}/`);
    expect((await popup()).text).toContain('You look here for the first time');
    await terms.addClause('Larkmail', 'You may not leave.');
    await chromium.refresh();
    await badgeIs(unreadOn(SITES.changed));
  });

  test('files of which parts are gone: they are downloaded again', async () => {
    await chromium.inExtension(async () => {
      const opening = indexedDB.open('files');
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      const change = database.transaction(['files', 'parts'], 'readwrite');
      change.objectStore('parts').clear();
      change.objectStore('files').clear();
      await new Promise((resolve) => {
        change.oncomplete = resolve;
      });
      database.close();
    });
    await chromium.restart();
    await expect.poll(chromium.refresh).toMatchObject({ kind: expect.stringMatching(/^(same|newer)$/) });
    tab = await chromium.visit(SITES.changed);
    await badgeIs(unreadOn(SITES.changed));
    expect(unread(await popup())).toEqual([TERMS]);
  });
});
