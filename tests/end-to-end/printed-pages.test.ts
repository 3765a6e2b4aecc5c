import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAddresses } from '../../server/pages/addresses.ts';
import type { TestCollection } from '../helpers/small-collections.ts';
import { openWebsite, type WebsiteInBrowser } from '../helpers/website-in-browser.ts';

const TERMS = { collection: 'long', serviceId: 'Longship', termsType: 'Terms of Service' };
const SOURCE = 'https://terms.example/';

/** Long enough for several sheets. */
const LONG: TestCollection = {
  id: 'long',
  records: ['weekly', 'daily'].map((often, place) => ({
    ...TERMS,
    date: `2024-0${place + 1}-01T08:00:00Z`,
    content: `${Array.from({ length: 90 }, (_, number) => `Bench ${number} seats one rower, and no other.`).join('\n\n')}\n\nOars are counted ${often}.`,
  })),
};

let site: WebsiteInBrowser;
let ids: readonly string[];
beforeAll(async () => {
  site = await openWebsite({ collections: [LONG] });
  const versions = site.served.get(TERMS.collection)?.index().versions(TERMS, { limit: 10 }) ?? [];
  ids = versions.map(({ id }) => id).reverse();
});
afterAll(async () => {
  await site?.close();
});

/** The text of each sheet that a browser prints of a page. */
async function sheetsOf(path: string): Promise<string[]> {
  const page = await site.browser.newPage();
  try {
    await page.goto(site.origin + path);
    const printed = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    const { text } = await extractText(await getDocumentProxy(printed));
    return text;
  } finally {
    await page.close();
  }
}

const to = createAddresses('', 'en');
const version = (place: number) => ({ ...TERMS, id: ids[place] ?? '' });

test.each(['inline', 'side'])(
  'every sheet of a redline (%s) names both dates, records and the source',
  async (view) => {
    const sheets = await sheetsOf(to.redline(version(0), version(1), { view, show: 'all' }));
    expect(sheets.length).toBeGreaterThan(2);
    for (const [place, sheet] of sheets.entries()) {
      for (const id of ids) expect(sheet, `sheet ${place + 1}`).toContain(id);
      for (const day of ['1 January 2024', '1 February 2024']) expect(sheet, `sheet ${place + 1}`).toContain(day);
      expect(sheet).toContain(SOURCE);
      expect(sheet).toContain(`${place + 1} / ${sheets.length}`);
    }
  },
);

test('every sheet of a version names its date, record and source', async () => {
  const sheets = await sheetsOf(to.version(version(1)));
  expect(sheets.length).toBeGreaterThan(2);
  for (const [place, sheet] of sheets.entries()) {
    expect(sheet).toContain(ids[1]);
    expect(sheet).toContain('1 February 2024');
    expect(sheet).toContain(SOURCE);
    expect(sheet).toContain(`${place + 1} / ${sheets.length}`);
  }
});
