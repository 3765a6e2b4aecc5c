import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWebsite, type WebsiteInBrowser } from '../helpers/website-in-browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SERVICE = '/harbour/services/Larkmail';
const NOWHERE = '/en/nothing/here';
const TERMS = `${SERVICE}/Terms%20of%20Service`;

let site: WebsiteInBrowser;
let ids: readonly string[];

beforeAll(async () => {
  site = await openWebsite({ lists: 'letters:\n  name: Letters\n  members:\n    - harbour/Larkmail\n' });
  const reader = site.served.get('harbour')?.index();
  ids = (reader?.versions({ serviceId: 'Larkmail', termsType: 'Terms of Service' }, { limit: 9 }) ?? [])
    .map(({ id }) => id)
    .toReversed();
});
afterAll(async () => {
  await site?.close();
});

/** What axe finds fault with, all of its rules: rule and first element. */
async function faultsOf(path: string, scheme: 'light' | 'dark', width = 1280): Promise<string[]> {
  const page = await site.browser.newPage();
  await page.setViewport({ width, height: 900 });
  await page.setCacheEnabled(false);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  const answer = await page.goto(`${site.origin}${path}`);
  // What could not be shown would be found faultless.
  expect(answer?.status(), path).toBe(path === NOWHERE ? 404 : 200);
  // What is folded is to be read as well.
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });
  await page.evaluate(AXE);
  const faults = await page.evaluate(async () => {
    const axe = Reflect.get(window, 'axe') as {
      run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0]?.html.slice(0, 200)}`);
  });
  await page.close();
  return faults;
}

const PAGES: readonly (readonly [string, () => string])[] = [
  ['the start', () => '/en/'],
  ['every change', () => '/en/?show=everything&technicalUpgrades=included&firstRecords=included'],
  ['a list without changes', () => '/en/?topic=money/fees'],
  ['the search', () => '/en/search'],
  ['what a search finds', () => '/en/search?q=larkmail'],
  ['what a passage finds', () => '/en/search?q=You%20may%20use%20Larkmail%20for%20free&match=passage'],
  ['the comparison', () => '/en/compare'],
  ['what a comparison finds', () => '/en/compare?q=larkmail&show=all'],
  ['the services', () => '/en/services'],
  ['the lists', () => '/en/lists'],
  ['a list', () => '/en/lists/letters'],
  ['the health', () => '/en/health'],
  ['about', () => '/en/about'],
  ['privacy', () => '/en/privacy'],
  ['a collection', () => '/en/harbour'],
  ['a service', () => `/en${SERVICE}`],
  ['terms', () => `/en${TERMS}?show=everything`],
  ['checks', () => `/en${TERMS}/checks`],
  ['a version', () => `/en${TERMS}/versions/${ids[1]}`],
  ['reasons', () => `/en${TERMS}/versions/${ids[1]}/analysis`],
  ['a redline', () => `/en${TERMS}/redlines/${ids[0]}/${ids[3]}`],
  ['a redline side by side', () => `/en${TERMS}/redlines/${ids[0]}/${ids[3]}?view=side&show=all`],
  ['the life of a clause', () => `/en${TERMS}/versions/${ids[1]}/paragraphs/1`],
  ['an error', () => NOWHERE],
  ['the API', () => '/api/docs'],
  ['the API of a collection', () => '/harbour/api/v1/docs'],
  ['the federation', () => '/federation/v1/docs'],
  ['the feeds', () => '/feeds'],
];

describe.each(['light', 'dark'] as const)('axe finds nothing, %s', (scheme) => {
  test.each(PAGES)('on %s', async (_name, path) => {
    expect(await faultsOf(path(), scheme)).toEqual([]);
  });
});

test.each(PAGES)('axe finds nothing in a narrow window on %s', async (_name, path) => {
  expect(await faultsOf(path(), 'light', 360)).toEqual([]);
});

test('what looks for faults finds one', async () => {
  const page = await site.browser.newPage();
  await page.setContent('<html lang="en"><title>x</title><main><h1>x</h1><img src="data:,"></main></html>');
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { violations } = await (
      Reflect.get(window, 'axe') as { run(): Promise<{ violations: { id: string }[] }> }
    ).run();
    return violations.map(({ id }) => id);
  });
  await page.close();
  expect(found).toContain('image-alt');
});
