import { parseAtomFeed } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SMALL_COLLECTIONS } from '../../helpers/small-collections.ts';
import { type Apis, apisOfTest, askThrough, PUBLIC_URL, TRANSPORTS } from '../api/open-terms-archive/apis-of-test.ts';
import { ODD_COLLECTION, ODD_SERVICES } from '../api/open-terms-archive/odd-collection.ts';
import { atomFaults, childrenOf, entriesOf, textOf } from './check-atom.ts';

const T = 'Terms%20of%20Service';
const TAG = 'tag:opentermsarchive.org,2026';
const LOGO = 'https://harbour.example/logo.png?a=1&b=2';

let apis: Apis;
beforeAll(async () => {
  const [harbour, ...others] = SMALL_COLLECTIONS;
  const metadata = `id: harbour-id\nname: Harbour & Co\ntagline: Ships < boats\nlanguages: [en]\njurisdictions: [EU]\nlogo: ${LOGO}\n`;
  const collections = [...(harbour ? [{ ...harbour, metadata }] : []), ...others, ODD_COLLECTION];
  apis = await apisOfTest({ collections });
});
afterAll(() => apis.close());

describe.each(TRANSPORTS)('through %s', (_, open) => {
  const ask = askThrough(open, () => apis.app);

  test('the feed of a collection is what Open Terms Archive makes of it', async () => {
    const response = await ask('/harbour/api/v1/feed');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    const text = await response.text();
    expect(atomFaults(text)).toEqual([]);
    const feed = parseAtomFeed(text);
    expect(feed).toMatchObject({
      id: `${TAG}:feed:harbour-id`,
      title: { value: 'Harbour & Co' },
      subtitle: { value: 'Ships < boats' },
      logo: LOGO,
      updated: '2025-02-03T08:00:00.000Z',
    });
    expect(feed.links?.[0]).toEqual({
      rel: 'self',
      type: 'application/atom+xml',
      href: `${PUBLIC_URL}/harbour/api/v1/feed`,
    });
    const versions = apis.versions('harbour').filter(({ isTechnicalUpgrade }) => !isTechnicalUpgrade);
    expect(versions).toHaveLength(6);
    expect(feed.entries).toEqual(
      versions.toReversed().map(({ id, serviceId, termsType, fetchDate, isFirstRecord }) => ({
        id: `${TAG}:version:harbour-id:git:${id}`,
        title: { value: `${isFirstRecord ? 'First record of' : 'Record new changes of'} ${serviceId} ${termsType}` },
        updated: fetchDate.toISOString(),
        links: [{ rel: 'alternate', type: 'application/json', href: `${PUBLIC_URL}/harbour/api/v1/version/${id}` }],
        categories: [
          { term: serviceId, scheme: `${TAG}:scheme:service` },
          { term: termsType, scheme: `${TAG}:scheme:terms-type` },
          { term: isFirstRecord ? 'First record' : 'Change', scheme: `${TAG}:scheme:record-type` },
        ],
      })),
    );
    const [entry] = feed.entries ?? [];
    const linked = new URL(entry?.links?.[0]?.href ?? '').pathname.replace('/terms/', '/');
    expect((await ask(linked)).status).toBe(200);
  });

  test.each([
    ['/feed/Larkmail', ':Larkmail', 4, '/feed/Larkmail'],
    [`/feed/Larkmail/${T}`, ':Larkmail:Terms of Service', 3, `/feed/Larkmail/${T}`],
    ['/feed/Ferry%20%26%20Sons!', ':Ferry & Sons!', 1, '/feed/Ferry%20%26%20Sons!'],
    ['/feed/Unrecorded', ':Unrecorded', 0, '/feed/Unrecorded'],
    ['/feed/Unrecorded/Privacy%20Policy', ':Unrecorded:Privacy Policy', 0, '/feed/Unrecorded/Privacy%20Policy'],
  ])('%s has its own id, address and entries', async (path, id, entries, self) => {
    const text = await (await ask(`/harbour/api/v1${path}`)).text();
    expect(atomFaults(text)).toEqual([]);
    const feed = parseAtomFeed(text);
    expect(feed.id).toBe(`${TAG}:feed:harbour-id${id}`);
    expect(feed.links?.[0]?.href).toBe(`${PUBLIC_URL}/harbour/api/v1${self}`);
    expect(feed.entries ?? []).toHaveLength(entries);
    if (entries === 0) expect(feed.updated).toBe('1970-01-01T00:00:00.000Z');
  });

  test.each([
    ['/feed/Nobody', 'Service not found'],
    ['/feed/larkmail', 'Service not found'],
    ['/feed/__proto__', 'Service not found'],
    ['/feed/Larkmail/Imprint', 'Terms type not found for this service'],
    [`/feed/Nobody/${T}`, 'Service not found'],
  ])('%s is not found', async (path, message) => {
    const response = await ask(`/harbour/api/v1${path}`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toBe(message);
  });

  test('odd names stay what they are, and the feed readable', async () => {
    const text = await (await ask('/cape/api/v1/feed')).text();
    expect(atomFaults(text)).toEqual([]);
    const terms = entriesOf(text).map((entry) => childrenOf(entry, 'category')[0]?.attributes.term);
    expect(terms.toSorted()).toEqual(ODD_SERVICES.toSorted());
    expect(entriesOf(text).map((entry) => textOf(entry, 'title'))).toContain(
      `First record of ${ODD_SERVICES[0]} Terms of Service`,
    );
    for (const name of ODD_SERVICES) {
      const own = await (await ask(`/cape/api/v1/feed/${encodeURIComponent(name)}`)).text();
      expect(atomFaults(own)).toEqual([]);
      expect(parseAtomFeed(own).id).toBe(`${TAG}:feed:cape:${name}`);
    }
  });
});

test('a template says where entries lead', async () => {
  const own = await apisOfTest({ versionUrlTemplate: 'https://code.example/?v=%VERSION_ID&again=%VERSION_ID' });
  try {
    const text = await (await own.app.request('/harbour/api/v1/feed/Larkmail')).text();
    expect(atomFaults(text)).toEqual([]);
    const [entry] = parseAtomFeed(text).entries ?? [];
    const id = own.versions('harbour').at(-1)?.id;
    expect(entry?.links).toEqual([
      { rel: 'alternate', type: 'text/html', href: `https://code.example/?v=${id}&again=${id}` },
    ]);
  } finally {
    await own.close();
  }
});

test('a feed has the last hundred changes', async () => {
  const records = Array.from({ length: 103 }, (_, place) => ({
    serviceId: 'Busy',
    termsType: 'Terms of Service',
    date: new Date(Date.UTC(2024, 0, 1 + place)).toISOString(),
    content: `Text ${place}.`,
    snapshots: [],
    isTechnicalUpgrade: place === 101,
  }));
  const own = await apisOfTest({ collections: [{ id: 'busy', records }] });
  try {
    const text = await (await own.app.request('/busy/api/v1/feed')).text();
    const ids = own.versions('busy').map(({ id }) => `${TAG}:version:busy:git:${id}`);
    const expected = ids.filter((_, place) => place !== 101).slice(-100);
    expect(entriesOf(text).map((entry) => textOf(entry, 'id'))).toEqual(expected.toReversed());
  } finally {
    await own.close();
  }
});
