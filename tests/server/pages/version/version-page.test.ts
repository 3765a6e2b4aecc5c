import { JSDOM } from 'jsdom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openServed, type ServedOfTest } from '../../../helpers/served.ts';
import { appOfTest } from '../../http/app-of-test.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const LARKMAIL = { serviceId: 'Larkmail', termsType: 'Terms of Service' };

let collections: ServedOfTest;
beforeAll(async () => {
  collections = await openServed();
});
afterAll(() => collections.close());

async function site() {
  const { app } = appOfTest({ collections, clock: () => NOW });
  const page = async (path: string, language = 'en') => {
    const answer = await app.request(`/${language}${path}`);
    const { document } = new JSDOM(await answer.text()).window;
    return { answer, document };
  };
  return { app, collections, page };
}

/** Ids of the versions of Larkmail's terms, oldest first. */
const idsOf = (collections: ServedOfTest): string[] =>
  (collections.get('harbour')?.index().versions(LARKMAIL, { limit: 10 }) ?? []).map(({ id }) => id).toReversed();

const TERMS = '/harbour/services/Larkmail/Terms%20of%20Service';

describe('the page of a version', () => {
  test('has the text, its paragraphs with their ids, and what is known of it', async () => {
    const { collections, page } = await site();
    const [first = '', second = ''] = idsOf(collections);
    const { answer, document } = await page(`${TERMS}/versions/${first}`);
    expect(answer.status).toBe(200);
    expect(document.title).toBe('Larkmail: Terms of Service, 10 January 2024 · Clausewatch');
    expect(document.querySelector('h1')?.textContent).toBe('Larkmail · Terms of Service');
    expect(document.querySelector('.dateline')?.textContent).toMatch(/10 January 2024.*stood until 1 June 2024/s);
    const paragraph = document.getElementById('b1');
    expect(paragraph?.firstChild?.textContent).toBe('You may use Larkmail for free.');
    const links = [...(paragraph?.querySelectorAll('.paragraph-tools a') ?? [])];
    expect(links.map((link) => [link.getAttribute('href'), link.getAttribute('aria-label')])).toEqual([
      ['#b1', 'Link to paragraph 2'],
      [`/en${TERMS}/versions/${first}/paragraphs/1`, 'since when? Paragraph 2'],
    ]);
    expect(document.querySelector('.provenance a')?.getAttribute('href')).toBe('https://terms.example/');
    expect(document.querySelector('.record')?.textContent).toContain(first);
    expect(document.querySelector('.declared')?.textContent).toMatch(/main.*nav, \.banner/s);
    expect(document.querySelector('a[rel=next]')?.getAttribute('href')).toBe(`/en${TERMS}/versions/${second}`);
    expect(document.querySelector('a[rel=prev]')).toBeNull();
    expect(document.querySelector('meta[property="og:description"]')?.getAttribute('content')).toBe(
      'Larkmail, Terms of Service, as recorded on 10 January 2024.',
    );
  });

  test('says what to cite: source, date, record, collection, address', async () => {
    const { collections, page } = await site();
    const [first = ''] = idsOf(collections);
    const { document } = await page(`${TERMS}/versions/${first}`);
    const citation = document.querySelector('.citation-text')?.textContent ?? '';
    for (const part of [
      'Larkmail, Terms of Service, version recorded on 10 January 2024',
      first,
      'https://terms.example/',
      'Harbour',
      `/en${TERMS}/versions/${first} (read on 1 March 2026)`,
      'licence',
    ]) {
      expect(citation).toContain(part);
    }
  });

  test('leads to what changed and to the latest', async () => {
    const { collections, page } = await site();
    const [first, second, third, last] = idsOf(collections);
    const { document } = await page(`${TERMS}/versions/${second}`);
    const links = [...document.querySelectorAll('.around a')].map((link) => link.getAttribute('href'));
    expect(links).toContain(`/en${TERMS}/redlines/${first}/${second}`);
    expect(links).toContain(`/en${TERMS}/redlines/${second}/${last}`);
    const latest = await page(`${TERMS}/versions/${last}`);
    expect(latest.document.querySelector('.dateline')?.textContent).toContain('latest version');
    const upgrade = await page(`${TERMS}/versions/${third}`);
    expect(upgrade.document.querySelector('.version-head')?.textContent).toContain('Technical upgrade');
  });

  test('is in the reader’s language, but for the text, whose language is its own', async () => {
    const { collections, page } = await site();
    const { document } = await page(`${TERMS}/versions/${idsOf(collections)[0]}`, 'de');
    expect(document.documentElement.lang).toBe('de');
    expect(document.querySelector('.dateline')?.textContent).toContain('10. Januar 2024');
    expect(document.querySelector('.terms-text')?.getAttribute('lang')).not.toBe('de');
  });

  test('offers the Markdown as recorded', async () => {
    const { app, collections, page } = await site();
    const { document } = await page(`${TERMS}/versions/${idsOf(collections)[0]}`);
    const href = document.querySelector('link[type="text/markdown"]')?.getAttribute('href') ?? '';
    expect(await (await app.request(href)).text()).toMatch(/^# Terms\n\nYou may use/);
  });

  test.each(['0'.repeat(40), 'x', '__proto__', '../..'])('is not found for the id %s', async (id) => {
    const { page } = await site();
    const { answer, document } = await page(`${TERMS}/versions/${encodeURIComponent(id)}`);
    expect(answer.status).toBe(404);
    expect(document.querySelector('h1')).not.toBeNull();
  });
});

describe('as it stood on a day', () => {
  test.each<[string, number]>([
    ['?date=2024-01-10', 0],
    ['?date=2024-05-31', 0],
    ['?date=2024-06-01', 2],
    ['', 3],
    ['?date=', 3],
  ])('%s leads to version %i', async (query, place) => {
    const { app, collections } = await site();
    const answer = await app.request(`/en${TERMS}/at${query}`);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(`/en${TERMS}/versions/${idsOf(collections)[place]}`);
  });

  test('what is said in the reader’s language is not marked as English', async () => {
    const { page } = await site();
    const { document } = await page(`${TERMS}/at?date=2023-01-01`, 'de');
    const notice = document.querySelector('.notice');
    expect(notice?.textContent).toContain('10. Januar 2024');
    expect(notice?.closest('[lang]')?.getAttribute('lang')).toBe('de');
  });

  test.each<[string, number, RegExp]>([
    ['?date=2023-01-01', 404, /Nothing had been recorded.*1 January 2023.*10 January 2024/],
    ['?date=2027-01-01', 400, /future/],
    ['?date=yesterday', 400, /date/],
  ])('%s is answered %i with a page that says why', async (query, status, words) => {
    const { page } = await site();
    const { answer, document } = await page(`${TERMS}/at${query}`);
    expect(answer.status).toBe(status);
    expect(document.querySelector('main')?.textContent).toMatch(words);
  });
});

describe('a snapshot', () => {
  test('is described, and given as data that no browser shows', async () => {
    const { app, collections, page } = await site();
    const version = collections
      .get('harbour')
      ?.index()
      .versionById(idsOf(collections)[0] ?? '');
    const id = version?.snapshotIds[0] ?? '';
    const { answer, document } = await page(`/harbour/snapshots/${id}`);
    expect(answer.status).toBe(200);
    expect(document.querySelector('.facts')?.textContent).toMatch(/text\/html.*[0-9a-f]{64}/s);
    const href = document.querySelector('a[download]')?.getAttribute('href') ?? '';
    const content = await app.request(href);
    expect(content.headers.get('content-type')).toBe('application/octet-stream');
    expect(content.headers.get('content-disposition')).toMatch(/^attachment; filename="snapshot-[0-9a-f]{12}\.txt"$/);
    expect(content.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(content.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('that is not there is not found', async () => {
    const { page } = await site();
    expect((await page(`/harbour/snapshots/${'0'.repeat(40)}`)).answer.status).toBe(404);
  });
});
