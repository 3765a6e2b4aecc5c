import type { Page } from 'puppeteer';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { SMALL_COLLECTIONS, type TestCollection } from '../helpers/small-collections.ts';
import { openWebsite, type WebsiteInBrowser } from '../helpers/website-in-browser.ts';

const TERMS = '/en/harbour/services/Larkmail/Terms%20of%20Service';

/** Terms of which most stays as it is, and so is folded away. */
const LONG_TERMS: TestCollection = {
  id: 'long',
  records: ['weekly', 'daily'].map((often, place) => ({
    serviceId: 'Longship',
    termsType: 'Terms of Service',
    date: `2024-0${place + 1}-01T08:00:00Z`,
    content: `${Array.from({ length: 40 }, (_, number) => `Bench ${number} seats one rower.`).join('\n\n')}\n\nOars are counted ${often}.`,
  })),
};

let site: WebsiteInBrowser;
let page: Page;
/** Versions of Larkmail's terms of service, first to last; the third is a technical upgrade of the second. */
let ids: readonly string[];

beforeAll(async () => {
  site = await openWebsite({ collections: [...SMALL_COLLECTIONS, LONG_TERMS] });
  const reader = site.served.get('harbour')?.index();
  const versions = reader?.versions({ serviceId: 'Larkmail', termsType: 'Terms of Service' }, { limit: 10 }) ?? [];
  ids = versions.map(({ id }) => id).reverse();
  await site.browser
    .defaultBrowserContext()
    .overridePermissions(site.origin, ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write']);
});
afterAll(async () => {
  await site?.close();
});
beforeEach(async () => {
  const opened = await site.browser.newPage();
  page = opened;
  await page.setViewport({ width: 1280, height: 900 });
  onTestFinished(() => opened.close());
});

const goTo = (path: string) => page.goto(site.origin + path);

/** Clicks what leads to another page, and waits for it. */
const follow = async (selector: string): Promise<void> => {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
};
const path = (): string => page.url().slice(site.origin.length);
const text = (selector: string): Promise<string> =>
  page.$eval(selector, (element) => (element as HTMLElement).innerText.replace(/\s+/g, ' ').trim());
const texts = (selector: string): Promise<string[]> =>
  page.$$eval(selector, (all) => all.map((element) => (element as HTMLElement).innerText.replace(/\s+/g, ' ').trim()));

/** The rows of a file that a link leads to, as lines. */
async function linesOf(selector: string): Promise<string[]> {
  const answer = await fetch(await page.$eval(selector, (link) => (link as HTMLAnchorElement).href));
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/csv/)]);
  return (await answer.text()).trim().split(/\r?\n/);
}

/** Sets a date as a reader's picker does; keys depend on the language of the browser. */
const setDate = (selector: string, date: string): Promise<void> =>
  page.$eval(
    selector,
    (field, value) => {
      (field as HTMLInputElement).value = value;
    },
    date,
  );

test('a regulator finds arbitration, sees the change that brought it, compares two days, takes the table along', async () => {
  await goTo('/en/');
  await page.type('.opening [name=q]', 'arbitration');
  await follow('.opening button');
  expect(path()).toMatch(/^\/en\/search\?q=arbitration/);
  expect(await texts('.hit mark')).toContain('arbitration');
  const found = await linesOf('.exports a[type="text/csv"]');
  expect(found.slice(1).join('\n')).toContain('Disputes are settled by binding arbitration.');

  // To the clause, and from there to the change that brought it.
  await follow('.hit h3 a');
  expect(path()).toMatch(/^\/en\/harbour\/clauses\/\d+$/);
  expect(await text('main')).toContain('Disputes are settled by binding arbitration.');
  await follow(`main a[href$="/redlines/${ids[0]}/${ids[1]}"]`);
  expect(await texts('.redline ins')).toEqual(['Disputes are settled by binding arbitration.']);
  expect(await texts('.redline del')).toEqual([]);
  await page.keyboard.press('n');
  expect(path()).toBe(`${TERMS}/redlines/${ids[0]}/${ids[1]}#c1`);

  // From the first record to the last.
  await setDate('.redline-picker [name=from]', '2024-03-01');
  await setDate('.redline-picker [name=to]', '2025-03-01');
  await follow('.redline-picker form button');
  // The days asked for stay in the address, and which versions stood then is said.
  expect(path()).toBe(`${TERMS}/redlines/${ids[0]}/${ids[3]}?from=2024-03-01&to=2025-03-01`);
  expect((await texts('.redline del')).join(' ')).toContain('We may end the service at any time.');
  expect((await texts('.redline ins')).join(' ')).toMatch(/ten euros a year.*arbitration/);

  // Everything of this kind as a table.
  await goTo('/en/');
  await page.select('select[name=topic]', 'disputes/arbitration');
  await follow('.filters button');
  expect(await page.$$('.change')).toHaveLength(1);
  const changes = await linesOf('.exports a[type="text/csv"]');
  expect([changes.length, changes[1]]).toEqual([2, expect.stringContaining(ids[1] ?? 'no version')]);
});

test('a citizen finds a service by its name and sees what changed last', async () => {
  await goTo('/en/');
  await follow('header a[href="/en/services"]');
  await page.type('form [name=name]', 'lark');
  await follow('main form.fields button');
  expect(path()).toMatch(/^\/en\/services\?name=lark/);
  expect(await texts('.row-name a')).toEqual(['Larkmail', 'Larkmail']);
  await follow('.row-name a[href="/en/harbour/services/Larkmail"]');
  expect(await text('h1')).toBe('Larkmail');
  await follow('.ways a.button');
  expect(path()).toBe(`${TERMS}/redlines/${ids[2]}/${ids[3]}`);
  expect((await texts('.redline ins')).join(' ')).toContain('ten euros a year');
  expect((await texts('.redline del')).join(' ')).toContain('free');
});

test('without scripts a citizen comes as far', async () => {
  await page.setJavaScriptEnabled(false);
  await goTo('/en/services');
  await follow('.row-name a[href="/en/harbour/services/Larkmail"]');
  await follow('.ways a.button');
  expect(path()).toBe(`${TERMS}/redlines/${ids[2]}/${ids[3]}`);
  expect((await texts('.redline ins')).join(' ')).toContain('ten euros a year');
});

/** Marks a paragraph's words, has them cited, and reads what was copied. */
async function copyCitation(of: string): Promise<string> {
  await page.click('.citation summary');
  await page.$eval(of, (element) => document.getSelection()?.selectAllChildren(element));
  await page.waitForFunction(() => document.querySelector('.citation-quote')?.textContent !== '');
  await page.click('.citation-tools button');
  await page.waitForFunction(() => document.querySelector('.citation-tools button')?.textContent === 'Copied');
  return page.evaluate(() => navigator.clipboard.readText());
}

test('a journalist links to a paragraph of a version, and cites it', async () => {
  const version = `${TERMS}/versions/${ids[0]}`;
  await goTo(version);
  await page.hover('#b2');
  await page.click('#b2 .paragraph-tools a');
  expect(path()).toBe(`${version}#b2`);
  // Whoever follows the link sees this paragraph.
  await goTo('/en/about');
  await goTo(`${version}#b2`);
  expect(await text('#b2:target')).toContain('We may end the service at any time.');

  const copied = await copyCitation('#b2');
  expect(copied).toMatch(/^“We may end the service at any time\.” Larkmail, Terms of Service, version recorded on/);
  expect(copied).toContain(ids[0]);
  expect(copied).toContain('https://terms.example/');
  expect(copied).toContain(`${version}#b2 (read on`);
});

test('a journalist links to a paragraph of a redline, and cites it', async () => {
  const redline = `${TERMS}/redlines/${ids[0]}/${ids[1]}`;
  await goTo(redline);
  const inserted = await page.$eval('.redline ins', (element) => element.closest('.para')?.id ?? '');
  await page.click(`#${inserted} a.place`);
  expect(path()).toBe(`${redline}#${inserted}`);
  expect(await page.$(`#${inserted}:target`)).not.toBeNull();

  const copied = await copyCitation(`#${inserted} p`);
  expect(copied).toMatch(/^“Disputes are settled by binding arbitration\.” Larkmail, Terms of Service/);
  expect(copied).toContain(ids[0]);
  expect(copied).toContain(ids[1]);
  expect(copied).toContain(`${redline}#${inserted} (read on`);
});

test('a link to a paragraph that is folded away unfolds it', async () => {
  const terms = '/en/long/services/Longship/Terms%20of%20Service';
  await goTo(`${terms}/redlines`);
  const redline = path();
  expect(await page.$eval('#b10', (element) => element.checkVisibility())).toBe(false);
  await goTo('/en/about');
  await goTo(`${redline}#b10`);
  expect(await page.$eval('#b10', (element) => element.checkVisibility())).toBe(true);
  expect(await text('#b10:target')).toContain('Bench 10 seats one rower.');
});
