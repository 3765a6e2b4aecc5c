import { parseAtomFeed } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Apis, apisOfTest, askThrough, PUBLIC_URL, TRANSPORTS } from '../api/open-terms-archive/apis-of-test.ts';
import { appOfTest } from '../http/app-of-test.ts';
import { atomFaults } from './check-atom.ts';

const LISTS = `
ferries:
  name: Ferries & mail
  description: What one needs to cross.
  members:
    - harbour/Ferry & Sons!
    - lighthouse/Gullnet
`;

let apis: Apis;
beforeAll(async () => {
  apis = await apisOfTest({ lists: LISTS });
});
afterAll(() => apis.close());

/** Places of versions, `collection place`, in the order in which a feed should have them. */
const idsOf = (...names: string[]): string[] =>
  names.map((name) => {
    const [collection = '', place] = name.split(' ');
    return `tag:opentermsarchive.org,2026:version:${collection}:git:${apis.versions(collection)[Number(place)]?.id}`;
  });

describe.each(TRANSPORTS)('through %s', (_, open) => {
  const ask = askThrough(open, () => apis.app);

  test.each([
    ['', ['lighthouse 2', 'harbour 6', 'harbour 3']],
    ['collection=harbour', ['harbour 6', 'harbour 3']],
    ['collection=harbour&collection=lighthouse', ['lighthouse 2', 'harbour 6', 'harbour 3']],
    ['service=Gullnet', ['lighthouse 2']],
    ['service=Gullnet&service=Larkmail', ['lighthouse 2', 'harbour 6', 'harbour 3']],
    ['type=Privacy+Policy', ['lighthouse 2']],
    ['since=2025-02-03', ['lighthouse 2', 'harbour 6']],
    ['until=2025-02-03', ['harbour 3']],
    ['technicalUpgrades=included&collection=harbour', ['harbour 6', 'harbour 4', 'harbour 3']],
    ['technicalUpgrades=only', ['harbour 4']],
    ['firstRecords=only&type=Privacy+Policy', ['lighthouse 1', 'harbour 2']],
    ['list=ferries&firstRecords=included', ['lighthouse 2', 'harbour 5', 'lighthouse 1']],
    ['service=Nobody', []],
    ['type=Imprint', []],
  ])('?%s has %j, in both formats', async (query, expected) => {
    const atom = await ask(`/feeds/atom?${query}`);
    const text = await atom.text();
    expect(atom.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    expect(atomFaults(text)).toEqual([]);
    expect((parseAtomFeed(text).entries ?? []).map(({ id }) => id)).toEqual(idsOf(...expected));
    const json = await ask(`/feeds/json?${query}`);
    expect(json.headers.get('content-type')).toBe('application/feed+json; charset=utf-8');
    const { items } = (await json.json()) as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).toEqual(idsOf(...expected));
  });

  test.each([
    ['colection=harbour', '“colection” is no parameter of feeds'],
    ['since=yesterday', '“since” is no date'],
    ['technicalUpgrades=maybe', '“technicalUpgrades” has to be one of included, excluded, only'],
    ['service=', '“service.0” is empty'],
    ['since=2025-01-02&until=2025-01-01', '“since” is after “until”; nothing is in between'],
    ['list=a&list=b', '“list” is given more than once'],
    [`service=${'a'.repeat(300)}`, 'is longer than 255 characters'],
    ['service=%00', 'has a control character'],
  ])('?%s is refused: %s', async (query, message) => {
    const response = await ask(`/feeds/atom?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: expect.stringContaining(message) });
  });

  test.each([
    ['list=ferris', 'There is no list “ferris” here. Did you mean “ferries”? The lists are listed under /api/lists.'],
    ['list=unknown', 'There is no list “unknown” here. The lists are listed under /api/lists.'],
    [
      'collection=harbor',
      'There is no collection “harbor” here. Did you mean “harbour”? The collections are listed under /api/collections.',
    ],
    [
      'collection=harbour&collection=nowhere',
      'There is no collection “nowhere” here. The collections are listed under /api/collections.',
    ],
  ])('?%s is not found: %s', async (query, error) => {
    for (const format of ['atom', 'json']) {
      const response = await ask(`/feeds/${format}?${query}`);
      expect(response.status).toBe(404);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toEqual({ error });
    }
  });

  test('one filter has one feed, however it is written; its formats lead to each other', async () => {
    const texts = await Promise.all(
      ['type=Privacy+Policy&collection=lighthouse', 'collection=lighthouse&type=Privacy%20Policy'].map(async (query) =>
        (await ask(`/feeds/atom?${query}`)).text(),
      ),
    );
    expect(texts[1]).toBe(texts[0]);
    const feed = parseAtomFeed(texts[0] ?? '');
    const address = `${PUBLIC_URL}/feeds/atom?collection=lighthouse&type=Privacy+Policy`;
    expect(feed).toMatchObject({ id: address, title: { value: 'Changes of terms: Lighthouse, Privacy Policy' } });
    expect(feed.links).toEqual([
      { rel: 'self', type: 'application/atom+xml', href: address },
      {
        rel: 'alternate',
        type: 'text/html',
        href: `${PUBLIC_URL}/en/?collection=lighthouse&type=Privacy+Policy`,
      },
      { rel: 'alternate', type: 'application/feed+json', href: address.replace('/atom', '/json') },
    ]);
    const json = (await (await ask('/feeds/json?list=ferries')).json()) as Record<string, unknown>;
    expect(json).toMatchObject({
      title: 'Changes of terms: Ferries & mail',
      description: 'What one needs to cross.',
      feed_url: `${PUBLIC_URL}/feeds/json?list=ferries`,
    });
  });

  test('the feed of a collection leads to the same entries as JSON', async () => {
    for (const path of ['/feed', '/feed/Larkmail', '/feed/Larkmail/Terms%20of%20Service']) {
      const feed = parseAtomFeed(await (await ask(`/harbour/api/v1${path}`)).text());
      const json = feed.links?.find(({ type }) => type === 'application/feed+json')?.href ?? '';
      const response = await ask(json.slice(PUBLIC_URL.length));
      const { items } = (await response.json()) as { items: { id: string }[] };
      expect(items.map(({ id }) => id)).toEqual(feed.entries?.map(({ id }) => id));
    }
  });

  test('/feeds lists them, for programs and for people', async () => {
    const answer = await ask('/feeds');
    expect(answer.headers.get('vary')).toMatch(/\bAccept\b/);
    const { feeds, parameters } = (await answer.json()) as {
      feeds: { type: string; url: string }[];
      parameters: string[];
    };
    expect(feeds.map(({ url }) => url.slice(PUBLIC_URL.length))).toEqual([
      '/feeds/atom',
      '/feeds/json',
      '/harbour/api/v1/feed',
      '/lighthouse/api/v1/feed',
    ]);
    const page = await (await ask('/feeds', { headers: { accept: 'text/html' } })).text();
    for (const { url, type } of feeds) {
      expect(page).toContain(`<a href="${url}" type="${type}">`);
      const feed = await ask(url.slice(PUBLIC_URL.length));
      expect([feed.status, feed.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
    }
    for (const name of parameters) expect((await ask(`/feeds/atom?${name}=`)).status).toBe(400);
    expect(parameters).toContain('list');
  });

  test('who has it is told so', async () => {
    for (const format of ['atom', 'json']) {
      const first = await ask(`/feeds/${format}`);
      expect(first.headers.get('last-modified')).toBe('Sat, 01 Mar 2025 09:30:00 GMT');
      const etag = first.headers.get('etag') ?? '';
      expect((await ask(`/feeds/${format}`, { headers: { 'if-none-match': etag } })).status).toBe(304);
      // Of several collections a date tells nothing: another may have taken in an older record.
      const since = first.headers.get('last-modified') ?? '';
      expect((await ask(`/feeds/${format}`, { headers: { 'if-modified-since': since } })).status).toBe(200);
    }
  });
});

test('a feed is made once, until something comes that is in it', async () => {
  const own = await apisOfTest({ lists: LISTS });
  onTestFinished(() => own.close());
  let made = 0;
  const all = own.served.all().map((collection) => {
    const index = () => {
      const reader = collection.index();
      const versions: typeof reader.versions = (...asked) => {
        made++;
        return reader.versions(...asked);
      };
      return { ...reader, versions };
    };
    return { ...collection, index };
  });
  const collections = { ...own.served, all: () => all, get: (id: string) => all.find((one) => one.id === id) };
  const { app } = appOfTest({ collections });
  const etags = new Set<string | null>();
  const ask = async (query: string): Promise<number> => {
    made = 0;
    etags.add((await app.request(`/feeds/atom?${query}`)).headers.get('etag'));
    return made;
  };
  const filters = ['', 'collection=harbour&firstRecords=included', 'list=ferries&firstRecords=included'];
  for (const filter of filters) {
    expect(await ask(filter)).toBeGreaterThan(0);
    expect(await ask(filter)).toBe(0);
  }
  expect(etags.size).toBe(3);
  await own.served.record('harbour', [
    { serviceId: 'Ferry & Sons!', termsType: 'Terms of Service', date: '2025-05-01T00:00:00Z', content: 'New.' },
  ]);
  for (const filter of filters) {
    expect(await ask(filter)).toBeGreaterThan(0);
    expect(await ask(filter)).toBe(0);
  }
  expect(etags.size).toBe(6);
});
