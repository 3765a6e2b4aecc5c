import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostileArchive } from '../helpers/hostile-archive.ts';
import { openWebsite, type WebsiteInBrowser } from '../helpers/website-in-browser.ts';

/** Pages that are opened besides those of each version and redline: what these lead to. */
const MOST_FURTHER = 160;
/** Of pages whose paths differ in names and ids alone. */
const MOST_OF_A_KIND = 24;

let site: WebsiteInBrowser;

beforeAll(async () => {
  site = await openWebsite({ collections: [hostileArchive()] });
});
afterAll(async () => {
  await site?.close();
});

/** Opens documents in a browser and notes whatever archived text has brought about. */
async function watchedPage(): Promise<{ page: Page; faults: string[] }> {
  const page = await site.browser.newPage();
  const faults: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (url.startsWith(`${site.origin}/`) || url.startsWith('data:')) return;
    faults.push(`a request for ${url.slice(0, 100)}`);
  });
  page.on('dialog', async (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('popup', () => faults.push('a popup'));
  page.on('pageerror', (error) => faults.push(`an error: ${String(error)}`));
  await page.exposeFunction('noteViolation', (what: string) => faults.push(`against the policy: ${what}`));
  await page.evaluateOnNewDocument(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      Reflect.get(window, 'noteViolation')(`${violatedDirective} ${blockedURI}`);
    });
  });
  return { page, faults };
}

/** What in a document is not the website's own, or could act. Runs in the browser. */
function foreignParts(): string[] {
  const faults: string[] = [];
  // An element whose id is `canary` would be found under the name too.
  if (Reflect.get(window, 'canary') !== undefined) faults.push('archived text has run');
  for (const element of document.querySelectorAll('*')) {
    const name = element.tagName.toLowerCase();
    if (['iframe', 'object', 'embed', 'base', 'style', 'frame', 'applet', 'portal', 'template'].includes(name)) {
      faults.push(`<${name}>`);
    }
    if (name === 'img' || name === 'video' || name === 'audio') faults.push(`<${name}>`);
    if (name === 'script' && !/^\/assets\/site\.[0-9a-f]{16}\.js$/.test(element.getAttribute('src') ?? '')) {
      faults.push('<script> of its own');
    }
    for (const attribute of element.getAttributeNames()) {
      if (/^on/i.test(attribute) || attribute === 'style' || attribute === 'formaction') {
        faults.push(`<${name} ${attribute}>`);
      }
    }
    if (name === 'form' && new URL((element as HTMLFormElement).action).origin !== location.origin)
      faults.push('<form>');
    const href = element.getAttribute('href') ?? element.getAttribute('xlink:href');
    if (href !== null && !['http:', 'https:', 'mailto:'].includes(new URL(href, location.href).protocol)) {
      faults.push(`a link to ${href.slice(0, 60)}`);
    }
  }
  return faults;
}

/** The path with names and ids taken out: what kind of page it is. */
const kindOf = (path: string): string =>
  path
    .replace(/\?.*$/s, '?')
    .replace(/[0-9a-f]{40}/g, 'id')
    .replace(/\/services\/[^/?]+/, '/services/S')
    .replace(/\/services\/S\/[^/?]+/, '/services/S/T')
    .replace(/\/clauses\/\d+/, '/clauses/n');

test('all pages over a hostile archive are inert', async () => {
  const { page, faults } = await watchedPage();
  const waiting = ['/en/', '/en/search?q=arbitration', '/en/services', '/en/health', '/en/compare', '/en/hostile'];
  const reader = site.served.get('hostile')?.index();
  for (const { serviceId, termsType } of reader?.terms() ?? []) {
    const terms = `/en/hostile/services/${encodeURIComponent(serviceId)}/${encodeURIComponent(termsType)}`;
    const [after, before] = reader?.versions({ serviceId, termsType }, { limit: 2 }).map(({ id }) => id) ?? [];
    waiting.push(`${terms}/versions/${before}`, `${terms}/versions/${after}`, `${terms}/redlines/${before}/${after}`);
    waiting.push(terms, `${terms}/at?date=<script>`);
  }
  const seen = new Set(waiting);
  const opened = new Map<string, number>();
  const most = waiting.length + MOST_FURTHER;
  const isNamed = new Set(waiting);
  let count = 0;
  for (let path = waiting.shift(); path !== undefined && count < most; path = waiting.shift()) {
    const kind = kindOf(path);
    const already = opened.get(kind) ?? 0;
    if (already >= MOST_OF_A_KIND && !isNamed.has(path)) continue;
    opened.set(kind, already + 1);
    count++;
    const answer = await page.goto(site.origin + path, { waitUntil: 'load' }).catch((cause: unknown) => {
      throw new Error(`${path} was not loaded`, { cause });
    });
    expect(answer?.status(), path).toBeLessThan(500);
    const found = await page.evaluate(foreignParts);
    expect([...found, ...faults], path).toEqual([]);
    // Of charts too, whose links have no address of their own that is a text.
    const links = await page.$$eval('a[href]:not([download])', (all) =>
      all.map((link) => new URL(link.getAttribute('href') ?? '', location.href).href),
    );
    for (const link of links) {
      const { pathname, search, origin: of } = new URL(link);
      if (of !== site.origin || !pathname.startsWith('/en/') || seen.has(pathname + search)) continue;
      seen.add(pathname + search);
      waiting.push(pathname + search);
    }
  }
  await page.close();
  expect(count).toBeGreaterThan(isNamed.size);
});

describe('what watches', () => {
  test.each([
    ['text that runs', '<img src="data:," onerror="canary=1">', /has run/],
    ['a handler', '<p onclick="x">', /<p onclick>/],
    ['a link to a program', '<a href="javascript:1">x</a>', /link to javascript/],
    ['a frame', '<iframe></iframe>', /<iframe>/],
    ['a picture from elsewhere', '<img src="http://127.0.0.1:9/p.gif">', /request for/],
  ])('sees %s', async (_name, html, fault) => {
    const { page, faults } = await watchedPage();
    await page.setContent(html, { waitUntil: 'load' });
    const found = await page.evaluate(foreignParts);
    await page.close();
    expect([...found, ...faults].join('\n')).toMatch(fault);
  });
});
