import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageOf } from '../../helpers/extension/agree-fixtures.ts';
import { builtExtension } from '../../helpers/extension/built-extension.ts';
import { readChip } from '../../helpers/extension/chip-in-page.ts';
import {
  type ChromiumWithExtension,
  openChromiumWithExtension,
} from '../../helpers/extension/chromium-with-extension.ts';
import { type FakeSites, openFakeSites } from '../../helpers/extension/fake-sites.ts';
import { formSource } from '../../helpers/extension/form-fixtures.ts';
import { buildMadeUp, type MadeUpService } from '../../helpers/extension/made-up-files.ts';
import { type FileServer, startFileServer } from '../../helpers/extension/start-file-server.ts';

// What a hostile server may call its services, terms, topics, and itself, and what its redlines may hold, in a real Chromium. What
// would run sets `hit`; what would be fetched, is from beacon.example.

const RUNS = 'globalThis.hit=1';
const PAYLOADS: Readonly<Record<string, string>> = {
  script: `</title></style><script>${RUNS}</script><img src="//beacon.example/1" onerror="${RUNS}">`,
  frame: `<iframe srcdoc="<script>parent.hit=1</script>"></iframe><svg onload="${RUNS}"><base href="//beacon.example/">`,
  'javascript: link': `[a](javascript:${RUNS}) <a href="javascript:${RUNS}">a</a> javascript:${RUNS}//`,
  'style and refresh': `<style>*{display:none;background:url(//beacon.example/2)}</style><meta http-equiv="refresh" content="0;url=//beacon.example/3">`,
  'out of an attribute': `" autofocus onfocus="${RUNS}" x="' onmouseover='${RUNS}'`,
  'bidirectional overrides': '\u202Egnihton ees uoy\u2066\u2067\u2028\u2029 terms',
  'a megabyte': 'W'.repeat(1_000_000),
  'controls and NUL': 'nul\0 escape\u001b[2J\u0007 tab\t\r\n',
  'lone surrogates': 'half \uD83D and \uDE00 \uDFFF',
  zalgo: `Z${'\u0300\u0316\u0489'.repeat(3_000)}algo`,
  'right to left': 'شروط الخدمة '.repeat(40),
  placeholders: '$COUNT$ $NAME$ $1 {name} %s __MSG_extensionName__',
};
const NAMES = Object.keys(PAYLOADS);
const hostOf = (name: string): string => `h${NAMES.indexOf(name)}.example`;
const WEBSITE = 'https://watch.example';

let sites: FakeSites;
let server: FileServer;
let chromium: ChromiumWithExtension;

beforeAll(async () => {
  sites = await openFakeSites();
  sites.show('*', pageOf(formSource('sign-up')));
  server = await startFileServer();
  server.show(await buildMadeUp(NAMES.flatMap(hostileServices)), {
    name: PAYLOADS.script ?? '',
    website: `${WEBSITE}/"onclick="${RUNS}`,
    newestRecord: new Date().toISOString(),
  });
  chromium = await openChromiumWithExtension({ sites, granted: ['*://*/*', 'tabs'] });
  const welcome = await chromium.browser().waitForTarget((one) => one.url().endsWith('/welcome.html'));
  await (await welcome.page())?.close();
  await chromium.chooseServer(server.address);
  await chromium.store({ settings: { server: server.address, agreeMoment: true } });
});
afterAll(async () => {
  await chromium?.close();
  await server?.close();
  await sites?.close();
});

/** Two services of a host, so that their names are told apart, with the text wherever a server may put one. */
function hostileServices(name: string): readonly MadeUpService[] {
  const text = PAYLOADS[name] ?? '';
  const domain = hostOf(name);
  const number = String(NAMES.indexOf(name)).padStart(2, '0');
  const date = new Date(Date.now() - 2 * 86_400_000).toISOString();
  const terms = ['Terms of Service', text, 'Privacy Policy'].map(
    (type) => [type, '2025-01-10', date.slice(0, 10), 3] as const,
  );
  const spans = (['equal', 'deleted', 'inserted'] as const).map((kind) => ({ kind, text: `${text} ` }));
  const common = { headings: [text, text], from: 0, to: 0, spans, gap: text };
  const blocks = (['heading', 'paragraph', 'list-item', 'table-row', 'code'] as const).map((block) => ({
    ...common,
    ...{ kind: 'changed' as const, block },
  }));
  const alert = { termsType: 'Terms of Service', date, topics: [text, `${text}/x`], language: text, blocks };
  return [
    {
      key: `hostil${number}`,
      domain,
      coverage: { name: text, serviceId: text, collection: text, terms },
      alerts: [alert, { ...alert, termsType: text.slice(0, 200) }],
    },
    { key: `second${number}`, domain, coverage: { name: `${text}2`, serviceId: `${text}2` } },
  ];
}

/** What came of it in a page of the extension. */
const look = (page: Page) =>
  page.evaluate(() => {
    const elements = [...document.querySelectorAll('body, body *')];
    const isKnown =
      /^(body|a|article|bdi|button|caption|dd|del|details|dialog|div|dl|dt|fieldset|footer|form|h[1-4]|header|input|ins|label|legend|li|main|nav|ol|option|p|section|select|span|strong|summary|table|tbody|td|th|thead|time|tr|ul|svg|circle|g|line|path|rect|text)$/;
    const { scrollWidth, clientWidth } = document.documentElement;
    return {
      hit: (globalThis as { hit?: unknown }).hit,
      strangers: elements.map(({ localName }) => localName).filter((name) => !isKnown.test(name)),
      handlers: elements.flatMap((one) => one.getAttributeNames().filter((name) => name.startsWith('on'))),
      links: [...document.querySelectorAll('a')]
        .map(({ protocol }) => protocol)
        .filter((one) => !/^(https?|chrome-extension):$/.test(one)),
      isWider: scrollWidth > clientWidth,
    };
  });
const INERT = { hit: undefined, strangers: [], handlers: [], links: [], isWider: false };

/** Requests that no page was told to make by this test. */
const fetched = (): readonly string[] => sites.requests.filter((one) => !/^h\d+\.example\//.test(one));

/** Adds a listener before anything of the page runs. */
async function openPage(name: 'options' | 'welcome'): Promise<{ readonly page: Page; readonly dialogs: string[] }> {
  const dialogs: string[] = [];
  const page = await chromium.browser().newPage();
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(`chrome-extension://${chromium.extensionId}/${name}.html`);
  await page.waitForSelector('section');
  return { page, dialogs };
}

describe.each(NAMES)('%s', (name) => {
  test('is text in the popup and in the note beside a form', async () => {
    const tab = await chromium.visit(hostOf(name));
    const popup = await chromium.popupOn(tab);
    await popup.waitForSelector('.redline');
    for (const button of await popup.$$('button.more, .title[aria-expanded="false"]')) await button.click();
    expect(await look(popup)).toEqual(INERT);
    const foot = await popup.evaluate(() => {
      const options = document.querySelector('.foot button')?.getBoundingClientRect();
      return { bottom: options?.bottom ?? Number.NaN, right: options?.right ?? Number.NaN, innerHeight, innerWidth };
    });
    expect(foot.bottom).toBeLessThanOrEqual(foot.innerHeight);
    expect(foot.right).toBeLessThanOrEqual(foot.innerWidth);
    await popup.close();
    await expect.poll(async () => (await readChip(tab))?.names.length).toBe(3);
    const chip = await readChip(tab);
    expect(chip?.elements).toEqual(['button', 'div', 'h2', 'p', 'span', 'strong']);
    expect(chip?.box.width).toBe(280);
    expect(chip?.text.length).toBeLessThan(2_000);
    expect(await tab.evaluate(() => (globalThis as { hit?: unknown }).hit)).toBeUndefined();
    expect(fetched()).toEqual([]);
    await tab.close();
  });
});

describe('all of them at once', () => {
  test('are text in the options, where services that were looked at are listed', async () => {
    const { page, dialogs } = await openPage('options');
    await expect
      .poll(() => page.evaluate(() => document.querySelectorAll('.rows > li').length))
      .toBeGreaterThan(NAMES.length);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    await expect.poll(() => page.evaluate(() => document.querySelectorAll('.found .choice').length)).toBeGreaterThan(0);
    for (const width of [1000, 360]) {
      await page.setViewport({ width, height: 700 });
      expect(await look(page)).toEqual(INERT);
    }
    expect({ dialogs, fetched: fetched() }).toEqual({ dialogs: [], fetched: [] });
    await page.close();
  });

  test('are text on the welcome page, where they can be chosen', async () => {
    const { page, dialogs } = await openPage('welcome');
    await expect.poll(() => page.evaluate(() => document.querySelectorAll('.found .choice').length)).toBeGreaterThan(0);
    for (const width of [1000, 360]) {
      await page.setViewport({ width, height: 700 });
      expect(await look(page)).toEqual(INERT);
    }
    expect({ dialogs, fetched: fetched() }).toEqual({ dialogs: [], fetched: [] });
    await page.close();
  });
});

describe('were one of them markup after all', () => {
  test.each(['chrome-mv3', 'firefox-mv3'] as const)('%s: the policy of pages allows nothing unsafe', async (kind) => {
    const manifest = JSON.parse(await readFile(join(await builtExtension(kind), 'manifest.json'), 'utf8'));
    const { extension_pages: policy = "script-src 'self'" } = manifest.content_security_policy ?? {};
    expect(policy).not.toMatch(/unsafe|http:|data:|blob:|\*/);
    expect(manifest.web_accessible_resources ?? []).toEqual([]);
  });

  test.each(['options', 'welcome', 'popup'] as const)('%s: no script of a page’s own text runs', async (name) => {
    const page = await chromium.page(name);
    const blocked = await page.evaluate(
      (source) =>
        new Promise<string>((resolve) => {
          document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
          const script = document.createElement('script');
          script.textContent = source;
          document.body.append(script);
          const image = document.createElement('div');
          image.innerHTML = `<img src="x:" onerror="${source}">`;
          document.body.append(image);
        }),
      RUNS,
    );
    expect(blocked).toMatch(/^script-src/);
    expect(await page.evaluate(() => (globalThis as { hit?: unknown }).hit)).toBeUndefined();
    await page.close();
  });
});
