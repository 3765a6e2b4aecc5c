import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAGE_LANGUAGES } from '../../../../server/pages/languages.ts';
import { pagesOfTest } from '../../../helpers/pages.ts';
import { openServed, type ServedOfTest } from '../../../helpers/served.ts';

let served: ServedOfTest;
beforeAll(async () => {
  served = await openServed({
    lists: 'letters:\n  name: Letters\n  members:\n    - harbour/Larkmail\n',
  });
});
afterAll(() => served.close());

/** Links to redlines and versions in lines of changes, each with its service. */
const listed = (text: string): string[] =>
  [...text.matchAll(/<a class="change-link" href="[^"]*\/services\/([^/]+)\//g)].map(([, id]) =>
    decodeURIComponent(id ?? ''),
  );

const linkWith = (text: string, words: string): string | undefined =>
  [...text.matchAll(/<a [^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/gs)]
    .find(([, , inner]) => inner?.replace(/<[^>]*>/g, '').includes(words))?.[1]
    ?.replaceAll('&amp;', '&');

describe('the start', () => {
  test.each(PAGE_LANGUAGES)('in %s: what this is, what there is, what changed last', async (language) => {
    const pages = pagesOfTest(served);
    const text = await pages.document(`/${language}/`);
    expect(text).toContain(`<html lang="${language}">`);
    expect(text.match(/<h1/g)).toHaveLength(1);
    expect(text).toContain(`action="/base/${language}/search"`);
    expect(text).toContain('2024');
    expect(listed(text)).toEqual(['Gullnet', 'Larkmail', 'Larkmail']);
    expect(text).not.toContain('{');
    expect(pages.errors).toEqual([]);
  });

  test('names collections where there are several', async () => {
    const text = await pagesOfTest(served).document('/en/');
    expect(text).toMatch(/Gullnet<\/b> · <bdi>Privacy Policy<\/bdi><\/a> <span class="muted">in Lighthouse/);
  });

  test('offers the list in all forms, with its filters', async () => {
    const text = await pagesOfTest(served).document('/en/?topic=disputes/arbitration&service=Larkmail');
    const query = 'topic=disputes%2Farbitration&service=Larkmail';
    const sorted = (address: string | undefined): string[] =>
      (address ?? '')
        .replace(/^[^?]*\?/, '')
        .split('&')
        .sort();
    for (const name of ['Atom feed', 'JSON Feed'])
      expect(sorted(linkWith(text, name))).toEqual(query.split('&').sort());
    expect(sorted(linkWith(text, 'Table (CSV)'))).toEqual([...query.split('&'), 'format=csv'].sort());
    expect(text).toMatch(/<link rel="alternate" type="application\/atom\+xml"[^>]*topic=disputes%2Farbitration/);
  });
});

describe('filters', () => {
  test.each<[string, readonly string[]]>([
    ['show=everything', ['Gullnet', 'Larkmail', 'Larkmail']],
    ['show=alerts', ['Gullnet', 'Larkmail', 'Larkmail']],
    ['service=Gullnet', ['Gullnet']],
    ['service=Gullnet&service=Larkmail', ['Gullnet', 'Larkmail', 'Larkmail']],
    ['collection=lighthouse', ['Gullnet']],
    ['type=Terms+of+Service', ['Larkmail', 'Larkmail']],
    ['topic=disputes/arbitration', ['Larkmail']],
    ['since=2025-01-01', ['Gullnet', 'Larkmail']],
    ['until=2025-01-01', ['Larkmail']],
    ['list=letters', ['Larkmail', 'Larkmail']],
    ['technicalUpgrades=only', ['Larkmail']],
    ['service=&topic=&since=', ['Gullnet', 'Larkmail', 'Larkmail']],
  ])('%s', async (query, services) => {
    expect(listed(await pagesOfTest(served).document(`/en/?${query}`))).toEqual(services);
  });

  test('of a language: the texts in it', async () => {
    const pages = pagesOfTest(served);
    const all = listed(await pages.document('/en/'));
    const [english, polish] = await Promise.all(
      ['en', 'pl'].map((code) => pages.document(`/en/?language=${code}`).then(listed)),
    );
    expect(polish).toEqual([]);
    expect(english).not.toEqual([]);
    expect(all).toEqual(expect.arrayContaining(english ?? []));
  });

  test('stand in the form as they are in the address', async () => {
    const text = await pagesOfTest(served).document(
      '/en/?topic=disputes/arbitration&topic=money/fees&service=Larkmail&class=text&since=2024-01-01',
    );
    expect(text).toContain('<option value="disputes/arbitration" selected>');
    expect(text).toContain('<input type="hidden" name="topic" value="money/fees">');
    expect(text).toContain('name="service" value="Larkmail"');
    expect(text).toContain('<input type="checkbox" name="class" value="text" checked>');
    expect(text).toContain('<input type="date" name="since" value="2024-01-01">');
    expect(text).toContain('<details class="filters-more" open>');
  });

  test('topics have names in the reader’s language; addresses keep their ids', async () => {
    const text = await pagesOfTest(served).document('/de/?topic=disputes/arbitration');
    expect(text).toMatch(
      /<optgroup label="Streitfälle"><option value="disputes\/arbitration" selected>Schiedsverfahren</,
    );
    expect(linkWith(text, 'Schiedsverfahren ×')).toBe('/base/de/');
    expect(text).toContain('<title>Was sich geändert hat · Schiedsverfahren · ');
    expect(text).toContain('<a class="topic" href="/base/de/?topic=disputes%2Farbitration">Schiedsverfahren</a>');
    expect(text).not.toContain('>disputes/arbitration<');
  });

  test('are taken away one by one, and all at once', async () => {
    const text = await pagesOfTest(served).document('/en/?service=Larkmail&service=Gullnet&show=everything');
    expect(linkWith(text, 'Larkmail ×')).toBe('/base/en/?service=Gullnet&show=everything');
    expect(linkWith(text, 'Remove all filters')).toBe('/base/en/?show=everything');
  });

  test('names from the address are text', async () => {
    const text = await pagesOfTest(served).document(
      `/en/?service=${encodeURIComponent('"><script>alert(1)</script>')}`,
    );
    expect(text).not.toContain('<script>alert(1)');
    expect(text).toContain('&lt;script&gt;alert(1)');
  });

  test.each([
    ['a class that there is not', 'class=colour', 400],
    ['a topic that there is not', 'topic=weather', 400],
    ['a language that is not told', 'language=tlh', 400],
    ['a date that is none', 'since=yesterday', 400],
    ['a time that ends before it begins', 'since=2025-01-02&until=2025-01-01', 400],
    ['a cursor that is none', 'cursor=x', 400],
    ['a collection that there is not', 'collection=nowhere', 404],
    ['a list that there is not', 'list=nowhere', 404],
  ])('%s: a page that says so', async (_name, query, status) => {
    const response = await pagesOfTest(served).get(`/en/?${query}`);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain(query.split('=')[0]);
  });
});

describe('where nothing matches', () => {
  test('leads from a part of a name to the services', async () => {
    const text = await pagesOfTest(served).document('/en/?service=gull&since=2020-01-01');
    expect(listed(text)).toEqual([]);
    expect(linkWith(text, 'Gullnet')).toBe('/base/en/?service=Gullnet&since=2020-01-01');
    expect(text).not.toContain('class="week-chart"');
  });

  test.each([
    ['gullnet', '/base/en/?service=Gullnet'],
    ['ferry+%26+sons', '/base/en/?service=Ferry+%26+Sons%21'],
    ['LARKMAIL+', undefined],
  ])('who types %s is led to the service of that name, where there is one', async (typed, location) => {
    const response = await pagesOfTest(served).get(`/en/?service=${typed}`);
    expect([response.status, response.headers.get('location') ?? undefined]).toEqual([location ? 302 : 200, location]);
  });

  test('offers every change instead of alerts', async () => {
    const text = await pagesOfTest(served).document('/en/?service=Gullnet&until=2024-12-01');
    expect(linkWith(text, 'Show every change')).toBe('/base/en/?service=Gullnet&until=2024-12-01&show=everything');
  });
});

test('goes on where the list is longer than a page, with the filters', async () => {
  const long = await openServed({
    collections: [
      {
        id: 'tide',
        records: Array.from({ length: 60 }, (_, day) => ({
          serviceId: `Tide ${day % 2}`,
          termsType: 'Terms of Service',
          date: new Date(Date.UTC(2025, 0, 1 + day)).toISOString(),
          content: `# Terms\n\nYou pay ${day} euros for every boat that you moor here in the season.`,
          snapshots: [],
        })),
      },
    ],
  });
  try {
    const pages = pagesOfTest(long);
    const first = await pages.document('/en/?type=Terms+of+Service&show=everything');
    const next = linkWith(first, 'Next')?.replace('/base', '') ?? '';
    expect(next).toContain('type=Terms+of+Service');
    const second = await pages.document(next);
    expect(listed(first)).toHaveLength(30);
    expect(listed(second)).toHaveLength(28);
    expect(linkWith(second, 'From the beginning')).toBe('/base/en/?type=Terms+of+Service&show=everything');
    expect(first).toContain('class="week-chart"');
    expect(second).not.toContain('class="week-chart"');
  } finally {
    await long.close();
  }
});
