import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IndexUnavailableError } from '../../../../archive/index/index-error.ts';
import { SMALL_COLLECTIONS } from '../../../helpers/small-collections.ts';
import { type Apis, apisOfTest, askThrough, PUBLIC_URL, TRANSPORTS } from './apis-of-test.ts';
import { ODD_COLLECTION, ODD_SERVICES } from './odd-collection.ts';

const API = '/federation/v1';

let apis: Apis;
beforeAll(async () => {
  apis = await apisOfTest({ collections: [...SMALL_COLLECTIONS, ODD_COLLECTION] });
});
afterAll(() => apis.close());

const service = (collection: string, id: string, name: string, ...termsTypes: string[]) => ({
  collection,
  service: { id, name, url: `${PUBLIC_URL}/${collection}/api/v1/service/${encodeURIComponent(id)}`, termsTypes },
});
const T = 'Terms of Service';
const P = 'Privacy Policy';
const FERRY = service('harbour', 'Ferry & Sons!', 'Ferry & Sons', T);
const LARKMAIL = service('harbour', 'Larkmail', 'Larkmail', T, P);
const UNRECORDED = service('harbour', 'Unrecorded', 'Unrecorded', P);
const GULLNET = service('lighthouse', 'Gullnet', 'Gullnet', P);
const LARKMAIL_AGAIN = service('lighthouse', 'larkmail', 'Larkmail', T);

describe.each(TRANSPORTS)('through %s', (_, open) => {
  const ask = askThrough(open, () => apis.app);

  test.each([
    ['/services?name=larkmail', 200, [LARKMAIL, LARKMAIL_AGAIN]],
    ['/services?name=ARKMA', 200, [LARKMAIL, LARKMAIL_AGAIN]],
    ['/services?name=%26', 200, [FERRY, service('cape', ODD_SERVICES[0], ODD_SERVICES[0], T)]],
    ['/services?name=unknown', 200, []],
    ['/services?termsType=Privacy%20Policy', 200, [LARKMAIL, UNRECORDED, GULLNET]],
    ['/services?termsType=privacy%20policy', 200, []],
    ['/services?name=l&termsType=Privacy%20Policy', 200, [LARKMAIL, GULLNET]],
    ['/services?name=ferry&termsType=', 200, [FERRY]],
    ['/services?name=larkmail&termsType=Imprint&termsType=Privacy%20Policy', 200, [LARKMAIL]],
    ['/service/Larkmail', 200, [LARKMAIL]],
    ['/service/larkmail', 200, [LARKMAIL_AGAIN]],
    ['/service/Ferry%20%26%20Sons!', 200, [FERRY]],
    ['/service/Nobody', 404, []],
    ['/service/__proto__', 404, []],
  ])('GET %s is answered with %i', async (path, status, results) => {
    const response = await ask(API + path);
    expect({ status: response.status, body: await response.json() }).toEqual({
      status,
      body: { results, failures: [] },
    });
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  test('all services of all collections are listed, and can be had at their addresses', async () => {
    const { results } = (await (await ask(`${API}/services`)).json()) as { results: (typeof FERRY)[] };
    expect(results).toHaveLength(3 + 2 + ODD_SERVICES.length);
    for (const { service } of results) {
      const answer = await ask(service.url.slice(PUBLIC_URL.length));
      expect(await answer.json()).toMatchObject({ id: service.id, name: service.name });
      const found = await ask(`${API}/service/${encodeURIComponent(service.id)}`);
      expect(found.status).toBe(200);
    }
  });

  test('the collections are listed with their addresses', async () => {
    const collections = (await (await ask(`${API}/collections`)).json()) as { endpoint: string }[];
    expect(collections).toEqual([
      { id: 'harbour', name: 'Harbour', endpoint: `${PUBLIC_URL}/harbour/api/v1` },
      { id: 'lighthouse', name: 'Lighthouse', endpoint: `${PUBLIC_URL}/lighthouse/api/v1` },
      { id: 'cape', name: 'cape', endpoint: `${PUBLIC_URL}/cape/api/v1` },
    ]);
    for (const { endpoint } of collections) {
      expect((await ask(`${endpoint.slice(PUBLIC_URL.length)}/services`)).status).toBe(200);
    }
  });

  test.each(['service:', 'a/b', 'a\\b'])('no service can have the id %s', async (id) => {
    const response = await ask(`${API}/service/${encodeURIComponent(id)}`);
    expect({ status: response.status, body: await response.json() }).toEqual({
      status: 400,
      body: { error: `Invalid service ID "${id}"` },
    });
  });

  test.each(['/collections/', '/Collections', '/SERVICES/?name=gullnet', '/Service/Gullnet/'])(
    '%s is read as OTA’s router reads it',
    async (path) => {
      expect((await ask(API + path)).status).toBe(200);
    },
  );

  test('the first answer says where the documentation is', async () => {
    expect(await (await ask(API)).json()).toEqual({ message: expect.stringContaining('/docs') });
  });
});

test('a collection that cannot answer is told of, and the others answer', async () => {
  const own = await apisOfTest({ collections: [...SMALL_COLLECTIONS, ODD_COLLECTION] });
  try {
    const cape = own.collection('cape');
    const ask = async () => (await own.app.request(`${API}/services?name=gullnet`)).json();
    const failing = (error: Error) =>
      Object.assign(cape, {
        index: () => {
          throw error;
        },
      });
    failing(new IndexUnavailableError('The index /srv/cape/index.sqlite is being built.'));
    expect(await ask()).toEqual({
      results: [GULLNET],
      failures: [
        { collection: 'cape', message: 'The index is being built; it can be read as soon as it has records.' },
      ],
    });
    failing(new Error('ENOENT: /secret/path'));
    expect(await ask()).toEqual({
      results: [GULLNET],
      failures: [{ collection: 'cape', message: expect.not.stringContaining('secret') }],
    });
  } finally {
    await own.close();
  }
});
