import puppeteer, { type Browser } from 'puppeteer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../crawler/fetch/browser-executable.ts';
import { type Listening, listen } from '../../server/http/listen.ts';
import { openServed, type ServedOfTest } from '../helpers/served.ts';
import { appOfTest } from '../server/http/app-of-test.ts';

const LARKMAIL = { serviceId: 'Larkmail', termsType: 'Terms of Service' };

let served: ServedOfTest;
let server: Listening;
let browser: Browser;
let address: string;
let id: string;

beforeAll(async () => {
  served = await openServed();
  server = await listen(appOfTest({ collections: served }).app, { host: '127.0.0.1', port: 0, trustedProxies: [] });
  id = served.get('harbour')?.index().firstVersion(LARKMAIL.serviceId, LARKMAIL.termsType)?.id ?? '';
  address = `http://127.0.0.1:${server.port}/en/harbour/services/Larkmail/Terms%20of%20Service/versions/${id}`;
  const executablePath = await findBrowser(process.env.PUPPETEER_EXECUTABLE_PATH);
  browser = await puppeteer.launch({ executablePath, headless: true, args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  await server?.close(100);
  await served?.close();
});

test('words that are marked are quoted, with the address of their paragraph', async () => {
  const page = await browser.newPage();
  await browser
    .defaultBrowserContext()
    .overridePermissions(new URL(address).origin, ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write']);
  await page.goto(address);
  await page.click('.citation summary');
  await page.evaluate(() => document.getSelection()?.selectAllChildren(document.getElementById('b1') ?? document.body));
  await page.waitForFunction(() => document.querySelector('.citation-quote')?.textContent !== '');
  await page.click('.citation-tools button');
  await page.waitForFunction(() => document.querySelector('.citation-tools button')?.textContent === 'Copied');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^“You may use Larkmail for free\.” Larkmail, Terms of Service, version recorded on/);
  expect(copied).toContain(`${address}#b1 (read on`);
  await page.close();
});

test('the paragraph under the pointer offers its link and its life', async () => {
  const page = await browser.newPage();
  await page.goto(address);
  await page.hover('#b2');
  const links = await page.$$eval('#b2 .paragraph-tools a', (all) => all.map(({ href }) => href));
  expect(links).toEqual([`${address}#b2`, `${address}/paragraphs/2`]);
  await page.close();
});

test('without scripts there is everything but these', async () => {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto(`${address}#b2`);
  expect(await page.$eval('#b2', ({ textContent }) => textContent)).toBe('We may end the service at any time.');
  expect(await page.$eval('.citation-text', ({ textContent }) => textContent)).toContain(id);
  expect(await page.$('.citation-tools[hidden]')).not.toBeNull();
  await page.close();
});

test('on paper stand the text, its source and id, and no tools', async () => {
  const page = await browser.newPage();
  await page.goto(address);
  await page.emulateMediaType('print');
  const seen = await page.evaluate(() => document.body.innerText);
  expect(seen).toContain('You may use Larkmail for free.');
  expect(seen).toContain('https://terms.example/');
  expect(seen).toContain(id);
  expect(seen).not.toMatch(/Copy citation|As it stood on|Search/);
  await page.close();
});
