import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAGE_LANGUAGES } from '../../../../server/pages/languages.ts';
import { pagesOfTest } from '../../../helpers/pages.ts';
import { openServed, type ServedOfTest } from '../../../helpers/served.ts';

let served: ServedOfTest;

beforeAll(async () => {
  served = await openServed();
});
afterAll(() => served.close());

const rowsOf = (text: string): string[] =>
  [...text.matchAll(/<tr role="row"[^>]*><th scope="row" role="rowheader">.*?<bdi>(.*?)<\/bdi>/g)].map(
    ([, name = '']) => name,
  );

describe('comparing services', () => {
  test.each(PAGE_LANGUAGES)('in %s begins with the terms types that are recorded', async (language) => {
    const text = await pagesOfTest(served).document(`/${language}/compare`);
    expect(text).toContain(`href="/base/${language}/compare?type=Terms+of+Service"`);
    expect(rowsOf(text)).toEqual([]);
  });

  test('lists all terms of a type', async () => {
    const text = await pagesOfTest(served).document('/en/compare?type=Terms+of+Service&collection=harbour');
    expect(rowsOf(text)).toEqual(['Ferry &amp; Sons', 'Larkmail', 'Old Harbour']);
  });

  test('by topic says since when terms changed about it, when last, and in which words', async () => {
    const path = '/en/compare?collection=harbour&topic=disputes%2Farbitration';
    const text = await pagesOfTest(served).document(path);
    expect(rowsOf(text)).toEqual(['Larkmail']);
    expect(text).toMatch(/>since \d+ \w+ \d{4}<\/a> <small class="muted">first change about it</);
    expect(text).toMatch(/<p class="gist"[^>]*>.*[Aa]rbitration/s);
  });

  test('says since when terms hold something, and in which words', async () => {
    const pages = pagesOfTest(served);
    const text = await pages.document('/en/compare?type=Terms+of+Service&q=arbitration&collection=harbour');
    expect(rowsOf(text)).toEqual(['Larkmail']);
    expect(text).toContain('<mark>arbitration</mark>');
    expect(text).toContain('1 of 3 hold it in the latest version recorded');
    const all = await pages.document('/en/compare?type=Terms+of+Service&q=arbitration&collection=harbour&show=all');
    expect(rowsOf(all)).toEqual(['Ferry &amp; Sons', 'Larkmail', 'Old Harbour']);
    expect(all).toContain('never');
    expect(text).toContain(
      '/base/api/compare?q=arbitration&amp;collection=harbour&amp;type=Terms+of+Service&amp;format=csv',
    );
  });

  test('sets the latest versions of others against the chosen one', async () => {
    const text = await pagesOfTest(served).document(
      '/en/compare?type=Terms+of+Service&collection=harbour&base=harbour%2FLarkmail%2FTerms+of+Service',
    );
    expect(text).toContain('against Larkmail');
    expect(text).toMatch(/Larkmail\/Terms%20of%20Service\/redlines\/[0-9a-f]{40}\/[0-9a-f]{40}\?service=Old\+Harbour/);
  });

  test.each([
    ['words that are no query', 'q=-arbitration', 400],
    ['an unknown topic', 'topic=weather', 400],
    ['an unknown list', 'list=nowhere', 404],
  ])('refuses %s', async (_case, query, status) => {
    const pages = pagesOfTest(served);
    expect((await pages.get(`/en/compare?${query}`)).status).toBe(status);
    expect(pages.errors).toEqual([]);
  });

  test('says where nothing is found', async () => {
    const pages = pagesOfTest(served);
    expect(await pages.document('/en/compare?type=Imprint')).toContain('No such terms are recorded.');
    expect(await pages.document('/en/compare?type=Terms+of+Service&q=zeppelin')).toContain('class="empty"');
  });
});
