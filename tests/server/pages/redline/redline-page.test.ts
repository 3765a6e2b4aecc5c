import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAGE_LANGUAGES } from '../../../../server/pages/languages.ts';
import { pagesOfTest } from '../../../helpers/pages.ts';
import { openServed, type ServedOfTest } from '../../../helpers/served.ts';

const LARKMAIL = '/en/harbour/services/Larkmail/Terms%20of%20Service';
let served: ServedOfTest;
let ids: readonly string[];

beforeAll(async () => {
  served = await openServed();
  const reader = served.get('harbour')?.index();
  ids = (reader?.versions({ serviceId: 'Larkmail', termsType: 'Terms of Service' }, { limit: 9 }) ?? [])
    .map(({ id }) => id)
    .toReversed();
});
afterAll(() => served.close());

describe('the redline of two versions', () => {
  test.each(PAGE_LANGUAGES)('in %s names both records and what is marked', async (language) => {
    const pages = pagesOfTest(served);
    const [first, second] = ids;
    const text = await pages.document(`${LARKMAIL.replace('/en/', `/${language}/`)}/redlines/${first}/${second}`);
    expect(text).toContain(`<html lang="${language}">`);
    for (const id of [first, second]) expect(text).toContain(`<code>${id}</code>`);
    expect(text).toContain('Disputes are settled by binding arbitration.');
    expect(text).toContain('https://terms.example/');
    expect(pages.errors).toEqual([]);
  });

  test('can be asked for side by side and as a whole', async () => {
    const pages = pagesOfTest(served);
    const text = await pages.document(`${LARKMAIL}/redlines/${ids[0]}/${ids[3]}?view=side&show=all`);
    expect(text).toContain('class="redline is-side"');
    expect(text).not.toContain('<details class="fold">');
  });

  test('of two services of two collections', async () => {
    const pages = pagesOfTest(served);
    const other = served.get('lighthouse')?.index().latestVersion('Gullnet', 'Privacy Policy')?.id;
    const query = 'collection=lighthouse&service=Gullnet&type=Privacy+Policy';
    const text = await pages.document(`${LARKMAIL}/redlines/${ids[0]}/${other}?${query}`);
    expect(text).toContain('<bdi>Larkmail</bdi> → <bdi>Gullnet</bdi>');
    expect(text).toContain('<input type="hidden" name="service" value="Gullnet">');
  });

  test.each([
    ['unknown ids', `/redlines/${'a'.repeat(40)}/${'b'.repeat(40)}`, 404],
    ['a view that there is not', '/redlines/FIRST/LAST?view=upside-down', 400],
    ['a date that is none', '/redlines?from=yesterday', 400],
    ['a service that there is not', '/redlines?service=Nobody', 404],
    ['a paragraph that there is not', '/versions/FIRST/paragraphs/900', 404],
    ['a paragraph that is no number', '/versions/FIRST/paragraphs/x', 404],
  ])('%s: a page that says so', async (_, path, status) => {
    const named = path.replace('FIRST', ids[0] ?? '').replace('LAST', ids.at(-1) ?? '');
    const response = await pagesOfTest(served).get(`${LARKMAIL}${named}`);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('text/html');
  });
});

describe('two days', () => {
  test.each([
    ['', 0, -1],
    ['?from=2024-01-10&to=2025-02-03', 0, 3],
    ['?from=&to=', 0, -1],
  ])('%s lead to the versions that stood then', async (query, from, to) => {
    const response = await pagesOfTest(served).get(`${LARKMAIL}/redlines${query}`);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(`/base${LARKMAIL}/redlines/${ids.at(from)}/${ids.at(to)}`);
  });

  test('that are not those of versions: it is said which versions stood then', async () => {
    const pages = pagesOfTest(served);
    const response = await pages.get(`${LARKMAIL}/redlines?from=2024-02-01&to=2026-01-02`);
    const address = response.headers.get('location') ?? '';
    expect(address).toBe(`/base${LARKMAIL}/redlines/${ids[0]}/${ids.at(-1)}?from=2024-02-01&to=2026-01-02`);
    const text = await pages.document(address.slice('/base'.length));
    expect(text).toContain('On 1 February 2024 the latest version recorded was that of 10 January 2024.');
    expect(text).toContain('On 2 January 2026 the latest version recorded was that of 3 February 2025.');
    expect(text).toContain('Harbour: no version is recorded after 3 February 2025.');
    expect(text).toContain('view=side&amp;from=2024-02-01T23%3A59%3A59.999Z');
  });

  test('an address that claims other versions than stood then is not believed', async () => {
    const text = await pagesOfTest(served).document(`${LARKMAIL}/redlines/${ids[0]}/${ids[1]}?from=2025-12-24`);
    expect(text).not.toContain('On 24 December 2025');
  });

  test.each([
    ['before the first version', '?from=2020-01-01&to=2024-07-01', 404, 'the first version is of 10 January 2024'],
    ['before the first version, the later', '?to=2020-01-02', 404, 'the first version is of 10 January 2024'],
    ['to come', '?to=2030-01-01', 400, '2030'],
  ])('%s: refused', async (_, query, status, said) => {
    const response = await pagesOfTest(served).get(`${LARKMAIL}/redlines${query}`);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(said);
  });

  test('other terms that are only recorded are found whatever the case', async () => {
    const response = await pagesOfTest(served).get(`${LARKMAIL}/redlines?service=old+harbour`);
    expect(response.headers.get('location')).toContain('service=Old+Harbour');
  });

  test('other terms are found by name', async () => {
    const response = await pagesOfTest(served).get(`${LARKMAIL}/redlines?service=ferry+%26+sons`);
    expect(response.headers.get('location')).toContain('service=Ferry+%26+Sons%21&type=Terms+of+Service');
  });
});

describe('the life of a clause', () => {
  test('is where a paragraph leads', async () => {
    const pages = pagesOfTest(served);
    const response = await pages.get(`${LARKMAIL}/versions/${ids[1]}/paragraphs/1`);
    expect(response.status).toBe(302);
    const path = response.headers.get('location')?.slice('/base'.length) ?? '';
    const text = await pages.document(path);
    expect(text).toContain('You may use Larkmail for <del>');
    expect(text).toContain(
      'Since 10 January 2024 or earlier (first record); stands in the latest version recorded, of 3 February 2025',
    );
    expect(text).toContain('Stood from 10 January 2024 or earlier (first record) to 3 February 2025');
    expect(text).toContain('2 wordings');
    const [, quote, rest] = /<q class="citation-quote"[^>]*>(.*?)<\/q>(.*?)<\/p>/s.exec(text) ?? [];
    expect(quote).toMatch(/^You may use Larkmail for /);
    expect(rest).toContain(`version recorded on 3 February 2025 at 08:00 UTC (record ${ids[3]}).`);
    expect(rest).toContain(`https://watch.example/base${LARKMAIL}/versions/${ids[3]} (read on 1 March 2026)`);
  });

  test.each(['999999', 'x', '1e3'])('%s: there is none', async (id) => {
    expect((await pagesOfTest(served).get(`/en/harbour/clauses/${id}`)).status).toBe(404);
  });
});
