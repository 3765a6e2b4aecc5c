import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtExtension } from '../../helpers/extension/built-extension.ts';
import { FORMS, VISITS } from '../../helpers/extension/fifty-sites.ts';
import { hintsOfSites } from '../../helpers/extension/hints-of-sites.ts';
import { leaksIn, type Session } from '../../helpers/extension/leaks.ts';
import {
  grantedExtension,
  openRecordedChromium,
  type RecordedChromium,
} from '../../helpers/extension/recorded-chromium.ts';
import { type RecordedRequest, TAG } from '../../helpers/extension/recording-proxy.ts';
import { openFiftySites, type ServedFiftySites } from '../../helpers/extension/served-fifty-sites.ts';

/** What Chromium asks by itself, with any extension or none: the hour, its components, accounts, kinds of fields in forms. */
const CHROMIUMS_OWN = [
  'accounts.google.com',
  'clients2.google.com',
  'content-autofill.googleapis.com',
  'update.googleapis.com',
];
const HALF = VISITS.length / 2;

let served: ServedFiftySites;
beforeAll(async () => {
  served = await openFiftySites();
});
afterAll(() => served?.close());

const session = (): Session => served.session(CHROMIUMS_OWN);
const toServer = ({ proxy }: RecordedChromium): readonly RecordedRequest[] => served.toServer(proxy.requests);
/** What came since, but for what the browser itself asks. */
const since = ({ proxy }: RecordedChromium, count: number): readonly string[] =>
  proxy.requests
    .slice(count)
    .filter(({ url }) => !CHROMIUMS_OWN.includes(new URL(url).hostname))
    .map(({ url }) => url);

async function openBoth(folder: string): Promise<{ visitor: RecordedChromium; nobody: RecordedChromium }> {
  const [visitor, nobody] = await Promise.all([
    openRecordedChromium(folder, served.portOf),
    openRecordedChromium(folder, served.portOf),
  ]);
  return { visitor, nobody };
}

/** Goes there; every fifth time, the popup is opened and what it has marked as read: nothing is asked of anybody by that. */
async function visit(visitor: RecordedChromium, hosts: readonly string[]): Promise<number> {
  let marked = 0;
  const asked = toServer(visitor).length;
  for (const [place, host] of hosts.entries()) {
    await visitor.page.goto(`http://${host}/`);
    if (place % 5 > 0 && !FORMS.includes(host)) continue;
    const before = visitor.proxy.requests.length;
    const popup = await visitor.openPopup();
    marked += await markEverything(popup);
    await popup.close();
    expect(since(visitor, before)).toEqual([]);
  }
  // Neither by the visits.
  expect(toServer(visitor)).toHaveLength(asked);
  return marked;
}

async function markEverything(popup: Page): Promise<number> {
  const buttons = await popup.$$('.mark-read');
  for (const button of buttons) await button.evaluate((one) => (one as HTMLElement).click());
  return buttons.length;
}

describe.each([
  ['with nothing but what is given at installation', false],
  ['with everything optional granted, and the note beside forms turned on', true],
])('fifty sites, %s', (_, isGranted) => {
  let folder: string;
  let visitor: RecordedChromium;
  /** Has the same extension, settings and files, and visits nothing. */
  let nobody: RecordedChromium;
  beforeAll(async () => {
    folder = isGranted ? await grantedExtension() : await builtExtension('chrome-mv3');
    ({ visitor, nobody } = await openBoth(folder));
  });
  afterAll(async () => {
    await Promise.all([visitor?.close(), nobody?.close()]);
    if (isGranted) await rm(folder, { recursive: true });
  });

  test('nobody learns which', async () => {
    expect(new Set(VISITS).size).toBe(50);
    const both = [visitor, nobody];
    const earlier = served.sites.requests.length;
    const notifications = isGranted ? 'each' : 'off';
    const settings = { server: served.origin, agreeMoment: isGranted, notifications } as const;
    await Promise.all(both.map((one) => one.settings(settings)));
    for (const one of both) await expect.poll(async () => (await one.lastRefresh())?.failure).toBe(null);
    await visit(visitor, VISITS.slice(0, HALF));

    // There is something new for a site that is known, and for one that is visited later.
    await served.change(['amberquill', 'lanternfig'], isGranted ? 30 : 20);
    for (const one of both) expect(await one.refresh()).toMatchObject({ failure: null });
    expect(await visit(visitor, VISITS.slice(HALF))).toBeGreaterThan(0);
    // The last one of them has a form of a covered site.
    await expect.poll(() => chips(visitor)).toBe(isGranted ? 1 : 0);

    await nobody.refresh();
    const before = await visitor.lastRefresh();
    const options = await visitor.browser.newPage();
    await options.goto(`${visitor.origin}/options.html`);
    await options.waitForSelector('#refresh');
    await options.click('#refresh');
    await expect.poll(visitor.lastRefresh).not.toEqual(before);
    await options.close();

    // Nothing went past the proxy.
    const seen = visitor.proxy.requests.filter(({ host, isTunnel }) => host.endsWith('.test') && !isTunnel);
    expect(seen.length).toBeGreaterThanOrEqual(VISITS.length);
    expect(served.sites.requests.length - earlier).toBe(seen.length);
    expect(leaksIn(visitor.proxy.requests, session())).toEqual([]);
    expect(leaksIn(nobody.proxy.requests, session())).toEqual([]);
    expect(toServer(visitor)).toEqual(toServer(nobody));
    // Three times the manifest, all files at first, two deltas and the alerts at the second time.
    expect(toServer(visitor).map(({ url }) => url.replace(/[\da-f]{64}/g, '*').replace(served.origin, ''))).toEqual([
      ...['/api/extension', ...Array(3).fill('/api/extension/files/*')],
      ...['/api/extension', ...Array(2).fill('/api/extension/deltas/*/*'), '/api/extension/files/*'],
      '/api/extension',
    ]);
  });

  test('a link in the popup leads where it says, and only a click follows it', async () => {
    await visitor.page.goto('http://amberquill.test/');
    const popup = await visitor.openPopup();
    const link = await popup.waitForSelector(`a[href^="${served.origin}/"]`);
    const address = (await link?.evaluate((one) => (one as HTMLAnchorElement).href)) ?? 'no link';
    const before = visitor.proxy.requests.length;
    // Chromium closes the popup as soon as the tab is there.
    await link?.click().catch(() => undefined);
    const opened = await visitor.browser.waitForTarget((one) => one.url() === address);
    await (await opened.asPage()).waitForSelector('h1');
    const [first, ...others] = served.toServer(visitor.proxy.requests.slice(before));
    expect([first?.method, first?.url, first?.body]).toEqual(['GET', address, '']);
    expect(namesOf(first)).not.toContain('referer');
    expect(namesOf(first)).not.toContain('origin');
    expect(namesOf(first)).not.toContain('cookie');
    // What the website's own page loads.
    for (const { headers } of others)
      expect(Object.fromEntries(headers)).toMatchObject({ 'Sec-Fetch-Site': 'same-origin' });
  });
});

const namesOf = (request: RecordedRequest | undefined): readonly string[] =>
  (request?.headers ?? []).map(([name]) => name.toLowerCase());

/** Of the note beside a form, in the tab. */
const chips = ({ page }: RecordedChromium): Promise<number> =>
  page.evaluate(() => [...document.documentElement.children].filter((one) => one.matches(':not(head, body)')).length);

describe('the check', () => {
  const hash = (kind: string, text: string): Buffer => createHash(kind).update(text).digest();
  const hints = hintsOfSites(['accounts.amberquill.test', 'hollowreed.test'], ['Ab3-_xyZ']);

  test.each([
    ['a host', '/?on=accounts.amberquill.test'],
    ['a name in capitals', 'X-About: AMBERQUILL'],
    ['percent signs', '/?on=%61%6Dberquil%6C'],
    ['a word of its own', '/files/Ab3-_xyZ'],
    ['base64 within something', `/${Buffer.from('see http://hollowreed.test/a').toString('base64url')}`],
    ['hexadecimal digits', `/x${Buffer.from('hollowreed').toString('hex')}`],
    ['letters backwards', '/lliuqrebma'],
    ['SHA-256 of the host', hash('sha256', 'accounts.amberquill.test').toString('hex')],
    ['SHA-256 of the domain, its beginning', `?q=${hash('sha256', 'amberquill.test').toString('hex').slice(0, 10)}`],
    ['SHA-1 of the address, base64url', `?q=${hash('sha1', 'https://hollowreed.test/').toString('base64url')}`],
    ['MD5 in capitals, its beginning', hash('md5', 'hollowreed.test').toString('hex').slice(0, 8).toUpperCase()],
    ['CRC-32', `?q=${crc32('hollowreed.test').toString(16).padStart(8, '0')}`],
    ['CRC-32, decimal', `?q=${crc32('hollowreed.test')}`],
  ])('sees %s', (_, text) => {
    expect(hints.find(text)).not.toEqual([]);
  });

  test('knows FNV by what its authors publish', () => {
    // http://www.isthe.com/chongo/tech/comp/fnv/: of “foobar”, FNV-1a of 32 and 64 bits.
    const ofWord = hintsOfSites(['foobar.test']);
    expect(ofWord.find('bf9cf968')).toEqual(['FNV-1a of foobar']);
    expect(ofWord.find('85944171f73967e8')).toEqual(['FNV-1a of 64 bits of foobar']);
  });

  test('takes nothing else for a hint', () => {
    const files = ['a', 'b', 'c'].map((text) => hash('sha256', text).toString('hex')).join('/');
    expect(hints.find(`GET /api/extension/files/${files}\nMozilla/5.0 (X11; Linux x86_64) quill, hollow`)).toEqual([]);
  });

  test('takes the address of an extension in Firefox for what it is: an identifier of an installation', () => {
    const headers = [['Origin', 'moz-extension://5b7a5b53-0c5e-4c0b-9b1e-0c1a3b5d7e90']] as const;
    const url = `${served.origin}/api/extension`;
    const request = { ...{ method: 'GET', url, host: new URL(url).host, isTunnel: false }, headers, body: '' };
    expect(leaksIn([request], session())).toEqual([expect.stringContaining('says Origin: moz-extension://')]);
    expect(leaksIn([{ ...request, headers: [] }], session())).toEqual([]);
  });

  test('finds an extension that asks the server about sites, in any way', async () => {
    const server = served.origin;
    const folder = await grantedExtension(`chrome.tabs.onUpdated.addListener(async (_, { status }, { url }) => {
      if (status !== 'complete' || !url?.startsWith('http:')) return;
      const host = new URL(url).hostname;
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(host)));
      const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      const ask = (address, more) => fetch(address, more).catch(() => undefined);
      await ask('${server}/api/extension?' + hex.slice(0, 8));
      await ask('${server}/api/extension', { headers: { 'x-about': btoa(url) } });
      await ask('${server}/api/extension', { credentials: 'include' });
      await ask('${server}/api/extension', { method: 'POST', body: host, mode: 'no-cors' });
      await ask('https://elsewhere.test/');
      await ask('http://update.googleapis.com/?' + hex);
    });`);
    const visitor = await openRecordedChromium(folder, served.portOf);
    try {
      await visitor.page.goto('http://amberquill.test/');
      await expect
        .poll(() => visitor.proxy.requests.some(({ url }) => url.startsWith('http://update.googleapis.com/?')))
        .toBe(true);
      const leaks = leaksIn(visitor.proxy.requests, session()).join('\n');
      expect(leaks).toMatch(/GET \S+\?[\da-f]{8}: nobody else asks for this/);
      expect(leaks).toMatch(/hints at a site by sha256 of amberquill\.test/);
      expect(leaks).toMatch(/says x-about: /);
      expect(leaks).toMatch(/hints at a site by “amberquill”/);
      expect(leaks).toMatch(new RegExp(`says cookie: ${TAG}=1`, 'i'));
      expect(leaks).toMatch(/says if-none-match: /i);
      expect(leaks).toMatch(/POST \S+: it is no plain question/);
      expect(leaks).toMatch(/https:\/\/elsewhere\.test.*nobody knows why this host is asked/);
      expect(leaks).toMatch(/http:\/\/update\.googleapis\.com\/\S+: hints at a site by sha256/);
    } finally {
      await visitor.close();
      await rm(folder, { recursive: true });
    }
  });
});
