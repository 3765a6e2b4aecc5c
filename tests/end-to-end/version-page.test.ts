import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWebsite, type WebsiteInBrowser } from '../helpers/website-in-browser.ts';

const LARKMAIL = { serviceId: 'Larkmail', termsType: 'Terms of Service' };

let site: WebsiteInBrowser;
let address: string;
let id: string;

beforeAll(async () => {
  site = await openWebsite();
  const reader = site.served.get('harbour')?.index();
  id = reader?.firstVersion(LARKMAIL.serviceId, LARKMAIL.termsType)?.id ?? '';
  address = `${site.origin}/en/harbour/services/Larkmail/Terms%20of%20Service/versions/${id}`;
  await site.browser
    .defaultBrowserContext()
    .overridePermissions(site.origin, ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write']);
});
afterAll(async () => {
  await site?.close();
});

/** From the first version of the same terms to the latest. */
function redline(): string {
  const latest = site.served.get('harbour')?.index().latestVersion(LARKMAIL.serviceId, LARKMAIL.termsType);
  return `${address.replace(`/versions/${id}`, '')}/redlines/${id}/${latest?.id}`;
}

test('words that are marked are quoted, with the address of their paragraph', async () => {
  const page = await site.browser.newPage();
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
  const page = await site.browser.newPage();
  await page.goto(address);
  await page.hover('#b2');
  const links = await page.$$eval('#b2 .paragraph-tools a', (all) => all.map(({ href }) => href));
  expect(links).toEqual([`${address}#b2`, `${address}/paragraphs/2`]);
  await page.close();
});

test.each([
  ['of a version', () => address, '#b2', 'We may end the service at any time.'],
  ['of a redline, as it says now', redline, '.para[id]:has(del)', undefined],
])('the citation of a paragraph %s is copied by the button beside it', async (_, from, selector, words) => {
  const page = await site.browser.newPage();
  await page.goto(from());
  const id = await page.$eval(selector, (paragraph) => paragraph.id);
  const now = await page.$eval(selector, (paragraph) => {
    const copied = paragraph.cloneNode(true) as Element;
    for (const other of copied.querySelectorAll('.aside, del, .vh')) other.remove();
    return copied.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  });
  await page.hover(`${selector} :is(p, .place), p${selector}`);
  await page.click('.cite-paragraph');
  await page.waitForFunction(() => document.querySelector('.cite-paragraph')?.textContent === 'Copied');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(now).not.toBe('');
  expect(copied.startsWith(`“${words ?? now}” Larkmail, Terms of Service`)).toBe(true);
  expect(copied).toContain(`${from()}#${id} (read on`);
  await page.close();
});

test('without scripts there is everything but these', async () => {
  const page = await site.browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto(`${address}#b2`);
  expect(await page.$eval('#b2', ({ firstChild }) => firstChild?.textContent)).toBe(
    'We may end the service at any time.',
  );
  // Of the paragraph that was linked to, both are seen.
  const links = await page.$$eval('#b2 .paragraph-tools a', (all) =>
    all.filter((link) => link.checkVisibility({ opacityProperty: true })).map(({ href }) => href),
  );
  expect(links).toEqual([`${address}#b2`, `${address}/paragraphs/2`]);
  expect(await page.$eval('.citation-text', ({ textContent }) => textContent)).toContain(id);
  expect(await page.$('.citation-tools[hidden]')).not.toBeNull();
  await page.close();
});

test('on paper stand the text, its source and id, and no tools', async () => {
  const page = await site.browser.newPage();
  await page.goto(address);
  await page.emulateMediaType('print');
  const seen = await page.evaluate(() => document.body.innerText);
  expect(seen).toContain('You may use Larkmail for free.');
  expect(seen).toContain('https://terms.example/');
  expect(seen).toContain(id);
  expect(seen).not.toMatch(/Copy citation|As it stood on|Search/);
  await page.close();
});
