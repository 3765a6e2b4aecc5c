import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAddresses } from '../../server/pages/addresses.ts';
import { openWebsite, type WebsiteInBrowser } from '../helpers/website-in-browser.ts';

const LISTS = `
letters:
  name: Letters
  description: Whoever carries letters.
  members: [harbour/Larkmail, lighthouse/Gullnet]
`;
const TERMS = { collection: 'harbour', serviceId: 'Larkmail', termsType: 'Terms of Service' };
const ELSEWHERE = { collection: 'lighthouse', serviceId: 'Gullnet', termsType: 'Privacy Policy' };

let site: WebsiteInBrowser;
let axe: string;
let page: Page;

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  site = await openWebsite({ lists: LISTS });
  page = await site.browser.newPage();
  // What was not changed would be answered with 304.
  await page.setCacheEnabled(false);
});
afterAll(async () => {
  await site?.close();
});

/** First to last. */
const idsOf = ({ collection, serviceId, termsType }: typeof TERMS): string[] =>
  (site.served.get(collection)?.index().versions({ serviceId, termsType }, { limit: 10 }) ?? [])
    .map(({ id }) => id)
    .reverse();
const version = (place: number) => ({ ...TERMS, id: idsOf(TERMS).at(place) ?? '' });
const elsewhere = () => ({ ...ELSEWHERE, id: idsOf(ELSEWHERE).at(-1) ?? '' });
const snapshotId = (): string =>
  site.served.get(TERMS.collection)?.index().firstVersion(TERMS.serviceId, TERMS.termsType)?.snapshotIds[0] ?? '';

const to = createAddresses('', 'en');

/** Every kind of page, full and empty: name, status, address, and what tells that it is this page that was looked at. */
const PAGES: readonly (readonly [name: string, status: number, address: () => string, mark: string])[] = [
  ['start', 200, () => to.start(), '.change'],
  ['start, everything', 200, () => to.start({ show: 'everything' }), '.change'],
  [
    'start, with upgrades and first records',
    200,
    () => to.start({ show: 'everything', technicalUpgrades: 'included', firstRecords: 'included' }),
    '.change',
  ],
  ['start, filtered', 200, () => to.start({ topic: 'disputes/arbitration', collection: 'harbour' }), '.chip'],
  ['start, nothing found', 200, () => to.start({ since: '2031-01-01' }), '.filters'],
  ['search, nothing asked', 200, () => to.search(), '#q'],
  ['search, hits', 200, () => to.search({ q: 'arbitration' }), 'mark'],
  ['search, no hits', 200, () => to.search({ q: 'zeppelin' }), '#q'],
  ['search for a passage', 200, () => to.search({ q: 'We may end the service.', match: 'passage' }), 'textarea#q'],
  ['compare, nothing asked', 200, () => to.compare(), 'form'],
  ['compare, rows', 200, () => to.compare({ type: TERMS.termsType, q: 'arbitration', show: 'all' }), 'table'],
  ['compare, by topic', 200, () => to.compare({ topic: 'disputes/arbitration', show: 'all' }), '.gist'],
  ['services', 200, () => to.services(), 'a[href$="/services/Larkmail"]'],
  ['services, none found', 200, () => to.services({ name: 'zeppelin' }), 'form'],
  ['lists', 200, () => to.lists(), 'a[href$="/lists/letters"]'],
  ['list', 200, () => to.list('letters'), 'h1'],
  ['health', 200, () => to.health(), 'h1'],
  ['about', 200, () => to.about(), 'h1'],
  ['privacy', 200, () => to.privacy(), 'h1'],
  ['collection', 200, () => to.collection('harbour'), 'h1'],
  ['collection that is mirrored', 200, () => to.collection('lighthouse'), 'h1'],
  ['service', 200, () => to.service('harbour', 'Larkmail'), '.terms-of-service'],
  ['service, odd name', 200, () => to.service('harbour', 'Ferry & Sons!'), '.terms-of-service'],
  ['service, never recorded', 200, () => to.service('harbour', 'Unrecorded'), '.terms-of-service'],
  ['terms', 200, () => to.terms(TERMS), 'svg'],
  ['terms, everything', 200, () => to.terms(TERMS, { show: 'everything' }), '.change'],
  ['terms of two documents', 200, () => to.terms({ ...TERMS, termsType: 'Privacy Policy' }), 'h1'],
  ['checks', 200, () => to.checks(TERMS), 'h1'],
  ['version', 200, () => to.version(version(0)), '#b1'],
  ['version, latest', 200, () => to.version(version(-1)), '#b1'],
  ['snapshot', 200, () => to.snapshot('harbour', snapshotId()), 'h1'],
  ['analysis', 200, () => to.analysis(version(-1)), 'h1'],
  ['redline', 200, () => to.redline(version(0), version(1)), 'ins'],
  ['redline, side by side', 200, () => to.redline(version(0), version(-1), { view: 'side', show: 'all' }), 'ins'],
  ['redline, nothing changed', 200, () => to.redline(version(0), version(0)), '.said'],
  ['redline across services', 200, () => to.redline(version(-1), elsewhere()), 'ins'],
  ['clause', 200, () => to.paragraph(version(1), 3), 'h1'],
  ['the API', 200, () => '/api/docs', 'h1'],
  ['the API of a collection', 200, () => '/harbour/api/v1/docs', 'h1'],
  ['the federation', 200, () => '/federation/v1/docs', 'h1'],
  ['the feeds', 200, () => '/feeds', 'h1'],
  ['nothing here', 404, () => `${to.start()}nothing/here`, 'h1'],
  ['wrong question', 400, () => to.search({ since: 'yesterday' }), 'h1'],
  ['no version then', 404, () => `${to.versionAt(TERMS)}?date=2001-01-01`, 'h1'],
];

/** Faults that axe finds in the document as it stands, each with the first elements that have it. */
async function faultsOf(scheme: 'light' | 'dark'): Promise<string[]> {
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: scheme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  // The dark sets other colours and nothing else (styles/tokens.css): the rules that look at no colours are asked once.
  const rules =
    scheme === 'dark' ? ", runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }" : '';
  const { violations } = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'], elementRef: false${rules} })`,
  )) as AxeResults;
  return violations.map(
    ({ id, help, nodes }) =>
      `${id} (${help}): ${nodes
        .slice(0, 3)
        .map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ''}`)
        .join(' | ')}`,
  );
}

describe.each(PAGES)('%s', (_name, status, address, mark) => {
  test('has no fault that axe finds, light or dark, wide or narrow, with everything unfolded', async () => {
    const faults: string[] = [];
    for (const width of [1280, 360]) {
      await page.setViewport({ width, height: 900 });
      const answer = await page.goto(site.origin + address(), { waitUntil: 'load' });
      expect([answer?.status(), (await page.$(mark)) !== null]).toEqual([status, true]);
      await page.evaluate(axe);
      for (const scheme of ['light', 'dark'] as const) {
        faults.push(...(await faultsOf(scheme)).map((fault) => `${width} ${scheme}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
  });
});

test.each(['fr', 'de', 'es'] as const)('the start in another language has no fault: %s', async (language) => {
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(site.origin + createAddresses('', language).start(), { waitUntil: 'load' });
  await page.evaluate(axe);
  expect(await faultsOf('light')).toEqual([]);
});

describe('what looks for faults', () => {
  test.each([
    ['too little contrast in the dark', '<p class="faint">Some words.</p>', 'dark', /^color-contrast/],
    [
      'a field without a label, in what was folded',
      '<details><summary>x</summary><input></details>',
      'light',
      /^label/,
    ],
    ['an image without words', '<img src="data:,">', 'light', /^image-alt/],
  ] as const)('sees %s', async (_name, html, scheme, fault) => {
    // Of its own: what the website's policy forbids is forbidden to what takes its place.
    await page.goto('about:blank');
    const style = '<style>@media (prefers-color-scheme: dark) { .faint { color: #444; background: #333 } }</style>';
    await page.setContent(`<html lang="en"><title>x</title>${style}<main><h1>x</h1>${html}</main></html>`);
    await page.evaluate(axe);
    expect((await faultsOf(scheme)).join('\n')).toMatch(new RegExp(fault.source, 'm'));
  });
});
