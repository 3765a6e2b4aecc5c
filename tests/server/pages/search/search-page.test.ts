import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAGE_LANGUAGES } from '../../../../server/pages/languages.ts';
import { pagesOfTest } from '../../../helpers/pages.ts';
import { openServed, type ServedOfTest } from '../../../helpers/served.ts';

const PASTED = 'We promise that larkmail shall be free for all who use it, today and tomorrow and at any later time.';

let served: ServedOfTest;

beforeAll(async () => {
  served = await openServed({
    lists: 'mail:\n  name: Mail\n  members:\n    - harbour/Larkmail\n',
  });
  await served.record('harbour', [
    {
      serviceId: 'Larkmail',
      termsType: 'Terms of Service',
      date: '2025-06-01T08:00:00Z',
      content: `# Terms\n\n${PASTED}\n\nUse <script>alert(1)</script> and "quotes" & signs.`,
    },
  ]);
});
afterAll(() => served.close());

const hitsOf = (text: string): number => text.split('<li class="hit"').length - 1;

describe('the search', () => {
  test.each(PAGE_LANGUAGES)('in %s says how to ask before anything was', async (language) => {
    const text = await pagesOfTest(served).document(`/${language}/search`);
    expect(text).toContain('class="search-help"');
    expect(hitsOf(text)).toBe(0);
  });

  test('finds paragraphs with the time in which they stood, marked, each with its clause and version', async () => {
    const text = await pagesOfTest(served).document('/en/search?q=larkmail%20free&collection=harbour&state=removed');
    expect(hitsOf(text)).toBe(1);
    expect(text).toContain('Stood from 10 January 2024 or earlier (first record) to 3 February 2025');
    expect(text).toContain('<mark>Larkmail</mark>');
    expect(text).toMatch(/href="\/base\/en\/harbour\/clauses\/\d+"/);
    expect(text).toMatch(
      /href="\/base\/en\/harbour\/services\/Larkmail\/Terms%20of%20Service\/versions\/[0-9a-f]{40}"/,
    );
    expect(text).toContain('/base/api/search?q=larkmail+free&amp;collection=harbour&amp;state=removed&amp;format=csv');
  });

  test.each([
    ['free', undefined],
    ['keep your letters for thirty days', 'keep+your+letters+for+thirty+days'],
    ['私たちはあなたの手紙を三十日間保管します', encodeURIComponent('私たちはあなたの手紙を三十日間保管します')],
  ])('leads from “%s” to the search for a passage, with words that are enough for one', async (q, carried) => {
    const text = await pagesOfTest(served).document(`/en/search?q=${encodeURIComponent(q)}`);
    const href = `/base/en/search?${carried === undefined ? '' : `q=${carried}&amp;`}match=passage`;
    expect(text).toContain(`href="${href}"`);
    expect((await pagesOfTest(served).get(href.replace('/base', '').replaceAll('&amp;', '&'))).status).toBe(200);
  });

  test('takes a long text without signs of a query for a passage', async () => {
    const pages = pagesOfTest(served);
    const pasted = encodeURIComponent(PASTED.replace('promise', 'guarantee'));
    const text = await pages.document(`/en/search?q=${pasted}`);
    expect(text).toContain('<textarea id="q" name="q"');
    expect(hitsOf(text)).toBe(1);
    expect(text).toMatch(/\d\d% the same/);
    const asWords = await pages.document(`/en/search?q=${pasted}&match=words`);
    expect(hitsOf(asWords)).toBe(0);
    expect(asWords).toContain('<input type="hidden" name="match" value="words">');
    expect(asWords).toContain('match=words&amp;state=removed');
    expect(await pages.document('/en/search?q=free')).toContain('<input type="hidden" name="match" value="">');
  });

  test('keeps what is asked for in the form, and takes filters away by links', async () => {
    const text = await pagesOfTest(served).document(
      '/en/search?q=terms&type=Terms+of+Service&service=LARKMAIL&list=mail&since=2024-01-01&until=&sort=date',
    );
    expect(text).toContain('value="terms"');
    expect(text).toContain('<option value="Terms of Service" selected>');
    expect(text).toContain('name="service" value="Larkmail"');
    expect(text).toContain('<option value="mail" selected>');
    expect(text).toContain('name="since" value="2024-01-01"');
    expect(text).toContain('<input type="hidden" name="sort" value="date">');
    expect(text).toContain('<bdi>Mail</bdi>');
    expect(text.split('class="chip"').length - 1).toBe(5);
  });

  test('says what to do where nothing is found', async () => {
    const text = await pagesOfTest(served).document('/en/search?q=zeppelin&state=in-force');
    expect(text).toContain('No paragraph ever recorded matches.');
    expect(text).toContain('href="/base/en/search?q=zeppelin"');
  });

  test.each([
    ['what must not be there alone', 'q=-arbitration', 400],
    ['a passage of two words', 'q=binding%20arbitration&match=passage', 400],
    ['an unknown state', 'q=a&state=maybe', 400],
    ['an unknown collection', 'q=a&collection=nowhere', 404],
    ['a time that ends before it begins', 'q=a&since=2025-01-01&until=2024-01-01', 400],
  ])('refuses %s on a page that says why', async (_case, query, status) => {
    const pages = pagesOfTest(served);
    const response = await pages.get(`/en/search?${query}`);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain('data-page="error"');
    expect(pages.errors).toEqual([]);
  });

  test('shows archived text and what was asked for as text', async () => {
    const text = await pagesOfTest(served).document(
      `/en/search?q=${encodeURIComponent('"quotes" OR "<script>alert(1)</script>"')}`,
    );
    expect(text).not.toContain('<script>alert');
    expect(hitsOf(text)).toBe(1);
  });
});
