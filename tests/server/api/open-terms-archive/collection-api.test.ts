import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SMALL_COLLECTIONS } from '../../../helpers/small-collections.ts';
import { type Apis, apisOfTest, askThrough, TRANSPORTS } from './apis-of-test.ts';
import { ODD_COLLECTION, ODD_SERVICES } from './odd-collection.ts';

const T = 'Terms%20of%20Service';
const P = 'Privacy%20Policy';
const HARBOUR = '/harbour/api/v1';

let apis: Apis;
beforeAll(async () => {
  apis = await apisOfTest({ collections: [...SMALL_COLLECTIONS, ODD_COLLECTION] });
});
afterAll(() => apis.close());

/** Version of harbour by its place in the order of recording. */
const nth = (place: number) => {
  const version = apis.versions('harbour')[place];
  if (!version) throw new Error(`Harbour has no version ${place}`);
  return version;
};
const item = (place: number, fetchDate: string, [serviceId, termsType] = ['Larkmail', 'Terms of Service']) => {
  const { id, isFirstRecord, isTechnicalUpgrade } = nth(place);
  return { id, serviceId, termsType, fetchDate, isFirstRecord, isTechnicalUpgrade };
};
const lines = (place: number) => ({ additions: nth(place).additions ?? null, deletions: nth(place).deletions ?? null });
const links = (first: number, prev: number | null, next: number | null, last: number) => ({
  first: nth(first).id,
  prev: prev === null ? null : nth(prev).id,
  next: next === null ? null : nth(next).id,
  last: nth(last).id,
});

interface Case {
  readonly path: string;
  readonly status: number;
  /** Compared with its order of keys, as JSON. */
  readonly body: () => unknown;
}

const error = (message: string) => () => ({ error: message });
const LIMIT = 'Invalid limit parameter. Must be a positive integer.';
const LIMIT_500 = 'Invalid limit parameter. Must not exceed 500.';
const OFFSET = 'Invalid offset parameter. Must be a non-negative integer.';
const NO_VERSIONS_AT_ALL = error('No versions found for service "Nobody"');

/** Larkmail's terms are the records 0, 3, 4 (a technical upgrade of the same date) and 6; its privacy policy is 2. */
const FIRST_TERMS = () => ({
  ...item(0, '2024-01-10T08:00:00Z'),
  content: '# Terms\n\nYou may use Larkmail for free.\n\nWe may end the service at any time.',
  fetchUrls: ['https://terms.example/'],
  links: links(0, null, 3, 6),
  ...lines(0),
});
const detail = (of: () => object) => () => {
  const { id, serviceId, termsType, fetchDate, content, isFirstRecord, isTechnicalUpgrade, ...rest } =
    of() as ReturnType<typeof FIRST_TERMS>;
  return { id, serviceId, termsType, fetchDate, content, isFirstRecord, isTechnicalUpgrade, ...rest };
};
const UPGRADED = detail(() => ({
  ...item(4, '2024-06-01T08:00:00Z'),
  content:
    'Terms\n=====\n\nYou may use Larkmail for free.\n\nWe may end the service at any time.\n\nDisputes are settled by binding arbitration.',
  fetchUrls: ['https://terms.example/'],
  links: links(0, 3, 6, 6),
  ...lines(4),
}));
const PRIVACY = detail(() => ({
  ...item(2, '2024-01-12T08:00:00Z', ['Larkmail', 'Privacy Policy']),
  content: '# Privacy\n\nWe keep your letters for thirty days.\n\n- - -\n\n# Cookies\n\nWe set one cookie.',
  fetchUrls: ['https://www.larkmail.example/privacy', 'https://www.larkmail.example/cookies'],
  links: links(2, null, null, 2),
  ...lines(2),
}));

const cases: readonly Case[] = [
  {
    path: '/metadata',
    status: 200,
    body: () => ({
      id: 'harbour',
      name: 'Harbour',
      tagline: 'Fictional services of Harbour',
      languages: ['en'],
      jurisdictions: ['EU'],
      totalServices: 3,
      totalTerms: 4,
      engineVersion: '1.2.3',
    }),
  },
  {
    path: '/services',
    status: 200,
    body: () => [
      { id: 'Ferry & Sons!', name: 'Ferry & Sons', terms: [{ type: 'Terms of Service' }] },
      { id: 'Larkmail', name: 'Larkmail', terms: [{ type: 'Terms of Service' }, { type: 'Privacy Policy' }] },
      { id: 'Unrecorded', name: 'Unrecorded', terms: [{ type: 'Privacy Policy' }] },
    ],
  },
  {
    path: '/service/Larkmail',
    status: 200,
    body: () => ({
      id: 'Larkmail',
      name: 'Larkmail',
      terms: [
        {
          type: 'Terms of Service',
          sourceDocuments: [
            {
              location: 'https://www.larkmail.example/terms',
              contentSelectors: 'main',
              insignificantContentSelectors: ['nav', '.banner'],
            },
          ],
        },
        {
          type: 'Privacy Policy',
          sourceDocuments: [
            {
              location: 'https://www.larkmail.example/privacy',
              contentSelectors: 'main',
              executeClientScripts: false,
            },
            {
              location: 'https://www.larkmail.example/cookies',
              contentSelectors: ['article', '#details'],
              executeClientScripts: false,
            },
          ],
        },
      ],
    }),
  },
  {
    path: '/service/Ferry%20%26%20Sons!',
    status: 200,
    body: () => ({
      id: 'Ferry & Sons!',
      name: 'Ferry & Sons',
      terms: [{ type: 'Terms of Service', sourceDocuments: [{ location: 'https://ferry.test/legal/terms.pdf' }] }],
    }),
  },
  { path: '/service/larkmail', status: 404, body: error('Service not found') },
  { path: '/service/Old%20Harbour', status: 404, body: error('Service not found') },
  { path: '/service/constructor', status: 404, body: error('Service not found') },

  { path: `/version/Larkmail/${T}/2024-01-10T08:00:00Z`, status: 200, body: detail(FIRST_TERMS) },
  { path: `/version/Larkmail/${T}/2024-05-31T23%3A59%3A59.999Z`, status: 200, body: detail(FIRST_TERMS) },
  { path: `/version/Larkmail/${T}/2024-03-01`, status: 200, body: detail(FIRST_TERMS) },
  { path: `/version/Larkmail/${T}/2024-01-10T10:00:00+02:00`, status: 200, body: detail(FIRST_TERMS) },
  { path: `/version/Larkmail/${T}/2024-01-10T08:00`, status: 200, body: detail(FIRST_TERMS) },
  // Of two with the same date, the later in the order of recording.
  { path: `/version/Larkmail/${T}/2024-06-01T08:00:00Z`, status: 200, body: UPGRADED },
  { path: `/version/Larkmail/${P}/latest`, status: 200, body: PRIVACY },
  {
    path: `/version/Larkmail/${T}/2024-01-10T07:59:59Z`,
    status: 404,
    body: error('No version found for date 2024-01-10T07:59:59Z'),
  },
  {
    path: `/version/Nobody/${T}/2024-01-10T08:00:00Z`,
    status: 404,
    body: error('No version found for date 2024-01-10T08:00:00Z'),
  },
  {
    path: `/version/Larkmail/${T}/2025-06-01T12:00:01Z`,
    status: 416,
    body: error('Requested version is in the future'),
  },
  { path: `/version/Nobody/${T}/2999-01-01`, status: 416, body: error('Requested version is in the future') },
  ...['tomorrow', '2024-13-01', '2024-02-30T99:00:00Z', '1', 'May 5, 2024', "2024-01-01' OR 1=1", 'Latest.', ' '].map(
    (date) => ({
      path: `/version/Larkmail/${T}/${encodeURIComponent(date)}`,
      status: 400,
      body: error('Invalid date parameter. Must be an ISO 8601 date and time, such as 2024-03-01T10:00:00Z.'),
    }),
  ),
  {
    path: `/version/Nobody/${T}/latest`,
    status: 404,
    body: error('No version found for service "Nobody" and terms type "Terms of Service"'),
  },
  ...['abc', '0'.repeat(40), '--all', 'HEAD', 'main', `${'a'.repeat(39)}'`].map((id) => ({
    path: `/version/${encodeURIComponent(id)}`,
    status: 404,
    body: error(`No version found with ID "${id}"`),
  })),

  {
    path: '/versions?limit=2',
    status: 200,
    body: () => ({
      data: [item(6, '2025-02-03T08:00:00Z'), item(5, '2024-07-01T08:00:00Z', ['Ferry & Sons!', 'Terms of Service'])],
      count: 7,
      limit: 2,
      offset: 0,
    }),
  },
  {
    path: '/versions?limit=1&offset=6',
    status: 200,
    body: () => ({ data: [item(0, '2024-01-10T08:00:00Z')], count: 7, limit: 1, offset: 6 }),
  },
  { path: '/versions?offset=7', status: 200, body: () => ({ data: [], count: 7, limit: 100, offset: 7 }) },
  {
    path: '/versions?offset=999999999999999999999',
    status: 200,
    body: () => ({ data: [], count: 7, limit: 100, offset: 1e21 }),
  },
  {
    path: '/versions/Old%20Harbour',
    status: 200,
    body: () => ({
      data: [item(1, '2024-01-11T08:00:00Z', ['Old Harbour', 'Terms of Service'])],
      count: 1,
      limit: 100,
      offset: 0,
    }),
  },
  {
    path: `/versions/Larkmail/${T}?limit=500`,
    status: 200,
    body: () => ({
      data: [
        { ...item(6, '2025-02-03T08:00:00Z'), ...lines(6) },
        { ...item(4, '2024-06-01T08:00:00Z'), ...lines(4) },
        { ...item(3, '2024-06-01T08:00:00Z'), ...lines(3) },
        { ...item(0, '2024-01-10T08:00:00Z'), ...lines(0) },
      ],
      count: 4,
      limit: 500,
      offset: 0,
    }),
  },
  // An empty value is an absent one; what follows the digits does not count (as in OTA).
  { path: '/versions?limit=&offset=7.9x', status: 200, body: () => ({ data: [], count: 7, limit: 100, offset: 7 }) },
  ...['', '/Larkmail', `/Larkmail/${T}`].flatMap((below) =>
    [
      ['limit=0', LIMIT],
      ['limit=-1', LIMIT],
      ['limit=many', LIMIT],
      ['limit=501', LIMIT_500],
      ['limit=99999999999999999999', LIMIT_500],
      ['offset=-1', OFFSET],
      ['offset=x', OFFSET],
    ].map(([query = '', message = '']) => ({
      path: `/versions${below}?${query}`,
      status: 400,
      body: error(message),
    })),
  ),
  { path: '/versions/Nobody', status: 404, body: NO_VERSIONS_AT_ALL },
  {
    path: `/versions/Larkmail/Imprint`,
    status: 404,
    body: error('No versions found for service "Larkmail" and terms type "Imprint"'),
  },
  { path: '/versions/Nobody?limit=0', status: 400, body: error(LIMIT) },

  // Nothing was tracked here: as before the first run.
  { path: '/tracking-results', status: 200, body: () => ({ data: [], count: 0, limit: 100, offset: 0 }) },
  { path: '/tracking-results?limit=0', status: 400, body: error(LIMIT) },
  { path: '/tracking-results/run', status: 404, body: error('No tracking run has completed yet') },
  {
    path: '/tracking-result/Larkmail',
    status: 404,
    body: error('No tracking results found for service "Larkmail"'),
  },
  {
    path: `/tracking-result/Larkmail/${T}`,
    status: 404,
    body: error('No tracking result found for service "Larkmail" and terms type "Terms of Service"'),
  },
  { path: '/dataset/latest', status: 404, body: error('No dataset has been generated yet') },
  { path: '/dataset/latest/download', status: 404, body: error('No dataset has been generated yet') },
  { path: '/Dataset/Latest/', status: 404, body: error('No dataset has been generated yet') },
  { path: '/nowhere', status: 404, body: error('There is no such route in this API.') },
  { path: '/service', status: 404, body: error('There is no such route in this API.') },
  { path: `/version/Larkmail/${T}/latest/more`, status: 404, body: error('There is no such route in this API.') },
  { path: '/versions/a/b/c', status: 404, body: error('There is no such route in this API.') },
];

describe.each(TRANSPORTS)('through %s', (_, open) => {
  const ask = askThrough(open, () => apis.app);

  test.each(cases)('GET $path is answered with $status', async ({ path, status, body }) => {
    const response = await ask(HARBOUR + path);
    const text = await response.text();
    expect({ status: response.status, text }).toEqual({ status, text: JSON.stringify(body()) });
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('cache-control')).toMatch(status === 200 ? /^public, max-age=\d+/ : /^no-store$/);
  });

  test('the first answer says where the documentation is', async () => {
    const response = await ask(HARBOUR);
    expect(await response.json()).toEqual({ message: expect.stringContaining('/docs') });
  });

  test.each([0, 1, 2, 3, 4, 5, 6])('version %i by its id is what its terms and date give', async (place) => {
    const version = nth(place);
    const byId = await (await ask(`${HARBOUR}/version/${version.id}`)).text();
    expect(JSON.parse(byId).id).toBe(version.id);
    if (place === 3) return; // The technical upgrade of the same date hides it.
    const terms = [version.serviceId, version.termsType].map(encodeURIComponent).join('/');
    const byDate = await ask(`${HARBOUR}/version/${terms}/${version.fetchDate.toISOString()}`);
    expect(await byDate.text()).toBe(byId);
  });

  test('a version is found by a shortened id, in upper case too', async () => {
    const { id } = nth(2);
    const whole = await (await ask(`${HARBOUR}/version/${id}`)).text();
    for (const short of [id.slice(0, 7), id.slice(0, 12).toUpperCase(), id.toUpperCase()]) {
      const response = await ask(`${HARBOUR}/version/${short}`);
      expect(await response.text()).toBe(whole);
      expect(response.headers.get('cache-control')).toBe('public, max-age=10');
    }
    expect((await ask(`${HARBOUR}/version/${id.slice(0, 6)}`)).status).toBe(404);
  });

  test('an answer of the default collection is the same at each of its addresses', async () => {
    for (const path of ['/services', '/feed', `/version/Larkmail/${T}/latest`]) {
      const texts = await Promise.all([HARBOUR, '/collection-api/v1'].map(async (at) => (await ask(at + path)).text()));
      expect(texts[1]).toBe(texts[0]);
    }
  });

  test.each(ODD_SERVICES)('a service of any name is found: %s', async (name) => {
    const id = encodeURIComponent(name);
    const at = '/cape/api/v1';
    const answers = await Promise.all(
      [
        `/service/${id}`,
        `/versions/${id}`,
        `/versions/${id}/${T}`,
        `/version/${id}/${T}/latest`,
        `/feed/${id}/${T}`,
      ].map(async (path) => ask(at + path)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await answers[0]?.json()).toMatchObject({ id: name, name, terms: [{ type: 'Terms of Service' }] });
    expect(await answers[3]?.json()).toMatchObject({ serviceId: name, content: `# ${name}\n\nPlain words.` });
    // Decoded once: what it looks like when decoded twice is another name.
    const twice = await ask(`${at}/service/${encodeURIComponent(id)}`);
    expect(twice.status).toBe(id === name ? 200 : 404);
  });

  test('a mirror without declarations tells what its records tell', async () => {
    const at = '/cape/api/v1';
    expect(await (await ask(`${at}/metadata`)).json()).toEqual({
      id: 'cape',
      name: 'cape',
      totalServices: ODD_SERVICES.length,
      totalTerms: ODD_SERVICES.length,
      engineVersion: '1.2.3',
    });
    const services: { id: string }[] = await (await ask(`${at}/services`)).json();
    expect(services.map(({ id }) => id).toSorted()).toEqual(ODD_SERVICES.toSorted());
    const [odd] = ODD_SERVICES;
    expect(await (await ask(`${at}/service/${encodeURIComponent(odd)}`)).json()).toEqual({
      id: odd,
      name: odd,
      terms: [{ type: 'Terms of Service', sourceDocuments: [{ location: 'https://odd.example/?a=1&b=2' }] }],
    });
  });

  test.each([
    ['/services/', '/services'],
    ['/SERVICES', '/services'],
    ['/Service/Larkmail/', '/service/Larkmail'],
    [`/Version/Larkmail/${T}/LATEST/`, `/version/Larkmail/${T}/latest`],
    ['/versions/Larkmail/?limit=1', '/versions/Larkmail?limit=1'],
    ['/Feed/', '/feed'],
    ['/', ''],
  ])('%s is read as OTA’s router reads it', async (odd, plain) => {
    const [as, meant] = await Promise.all([ask(HARBOUR + odd), ask(HARBOUR + plain)]);
    expect(as.status).toBe(200);
    expect(await as.text()).toBe(await meant.text());
  });

  test('HEAD has the headers of GET and no body', async () => {
    for (const path of ['/services', `/version/Larkmail/${T}/latest`, '/feed', '/Services/']) {
      const [got, headed] = await Promise.all([ask(HARBOUR + path), ask(HARBOUR + path, { method: 'HEAD' })]);
      expect(headed.status).toBe(got.status);
      expect(await headed.text()).toBe('');
      for (const name of ['etag', 'content-type', 'cache-control', 'last-modified']) {
        expect(headed.headers.get(name)).toBe(got.headers.get(name));
      }
    }
  });
});
