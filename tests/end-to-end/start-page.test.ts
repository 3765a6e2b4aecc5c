import type { Page } from 'puppeteer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWebsite, type WebsiteInBrowser } from '../helpers/website-in-browser.ts';

let site: WebsiteInBrowser;
let address: string;

beforeAll(async () => {
  site = await openWebsite();
  address = `${site.origin}/en/`;
});
afterAll(async () => {
  await site?.close();
});

/** A filter that is set. */
const SET = '[aria-label="Filters that are set"] .chip';

/** Lines that are seen, and those of them that are new. */
const lines = (page: Page) =>
  page.$$eval('.change', (all) => ({
    seen: all.filter((line) => line instanceof HTMLElement && line.offsetParent !== null).length,
    fresh: all.filter((line) => line.classList.contains('is-new')).length,
  }));

const isTold = (page: Page) =>
  page.$eval('.visit', (place) => place instanceof HTMLElement && getComputedStyle(place).visibility === 'visible');

test('what came since the last visit is marked, can be shown alone, and is known to the browser alone', async () => {
  const page = await site.browser.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(address);
  expect([await isTold(page), await lines(page)]).toEqual([false, { seen: 3, fresh: 0 }]);

  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) localStorage[key] = '{"latest":1735689600000}';
  });
  await page.goto(address);
  expect([await isTold(page), await lines(page)]).toEqual([true, { seen: 3, fresh: 2 }]);
  expect(await page.$eval('.visit [role=status]', (words) => (words as HTMLElement).innerText)).toMatch(
    /^2 new on this page since your last visit, 1 January 2025/,
  );
  await page.click('.visit button');
  expect(await lines(page)).toEqual({ seen: 2, fresh: 2 });
  await page.click('.visit button');
  expect(await lines(page)).toEqual({ seen: 3, fresh: 2 });

  // The same visit goes on: what was new stays so.
  await page.goto(address);
  expect(await lines(page)).toEqual({ seen: 3, fresh: 2 });
  expect(asked.filter((url) => url.includes('1735689600') || url.includes('2025-01-01'))).toEqual([]);
  await page.close();
});

test.each(['nothing', '{"latest":"<img>"}', 'null', '[]', '{'])('what is kept may be anything: %s', async (kept) => {
  const page = await site.browser.newPage();
  const errors: unknown[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(address);
  await page.evaluate((text) => {
    for (const key of Object.keys(localStorage)) localStorage[key] = text;
  }, kept);
  await page.goto(address);
  expect([await isTold(page), errors]).toEqual([false, []]);
  await page.close();
});

test('filters that are set stand in the address alone, and go again one by one', async () => {
  const page = await site.browser.newPage();
  await page.goto(address);
  await page.select('select[name=topic]', 'disputes/arbitration');
  await Promise.all([page.waitForNavigation(), page.click('.filters button')]);
  expect(page.url()).toBe(`${address}?topic=disputes%2Farbitration`);
  expect((await lines(page)).seen).toBe(1);
  await Promise.all([page.waitForNavigation(), page.click(SET)]);
  expect(page.url()).toBe(address);
  await page.close();
});

test('filters work without scripts', async () => {
  const page = await site.browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto(address);
  await page.type('.filters [name=service]', 'Gullnet');
  await Promise.all([page.waitForNavigation(), page.click('.filters button')]);
  expect((await lines(page)).seen).toBe(1);
  expect(await page.$eval(SET, ({ textContent }) => textContent)).toContain('Gullnet');
  await page.close();
});
