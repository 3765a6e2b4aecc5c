import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ServedCollections } from '../../../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../../../archive/index/index-error.ts';
import { openServed, type ServedOfTest } from '../../../helpers/served.ts';
import { appOfTest } from '../../http/app-of-test.ts';

const T = 'Terms%20of%20Service';

let served: ServedOfTest;
let ask: (path: string, init?: RequestInit) => Promise<Response>;
beforeAll(async () => {
  served = await openServed();
  const settings = { basePath: '/terms', publicUrl: 'https://watch.example/terms', collectionApiBasePath: '/own' };
  const { app } = appOfTest({ collections: served, settings });
  ask = async (path, init) => app.request(`/terms${path}`, init);
});
afterAll(() => served.close());

test.each([
  ['/harbour/api/v1'],
  ['/harbour/api/v1/'],
  ['/harbour/api/v1/SERVICES/'],
  [`/harbour/api/v1/Version/Larkmail/${T}/Latest/`],
  ['/lighthouse/api/v1/services'],
  ['/v1/services'],
  ['/collection-api/v1/feed'],
  ['/own/v1/Feed/'],
  [`/v1/version/Larkmail/${T}/latest`],
  ['/federation/v1/collections'],
  ['/federation/v1/Service/Larkmail/'],
  ['/feeds/atom'],
  ['/feeds/json/'],
])('the server answers %s below its base path', async (path) => {
  expect((await ask(path)).status).toBe(200);
});

test('the server says of its own addresses what readers see', async () => {
  const collections = (await (await ask('/federation/v1/collections')).json()) as { endpoint: string }[];
  expect(collections.map(({ endpoint }) => endpoint)).toEqual([
    'https://watch.example/terms/harbour/api/v1',
    'https://watch.example/terms/lighthouse/api/v1',
  ]);
});

test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('%s is not for reading', async (method) => {
  const response = await ask('/harbour/api/v1/services', { method });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toContain('GET');
});

test.each([
  '/harbour/api/v1/service/%00',
  '/harbour/api/v1/service/%E0%A4%A',
  '/harbour/api/v1/version/%2e%2e%2f%2e%2e/x/latest',
  '/harbour/api/v1/nowhere',
  '/nowhere/api/v1/services',
  '/federation/v1/nowhere',
  '/feeds/rss',
])('%s is refused, as JSON', async (path) => {
  const response = await ask(path);
  expect([400, 404]).toContain(response.status);
  expect(await response.json()).toEqual({ error: expect.any(String) });
});

test.each(['/harbour/api/v1/versions', '/harbour/api/v1/versions/', '/harbour/api/v1/Versions', '/v1/FEED/'])(
  '%s says when to ask again while the index is built, however it is written',
  async (path) => {
    const index = () => {
      throw new IndexUnavailableError('The index is being built.', { reason: 'being-built' });
    };
    const all = served.all().map((one) => ({ ...one, index }));
    const collections: ServedCollections = {
      ...served,
      all: () => all,
      get: (id) => all.find((one) => one.id === id),
      default: () => all[0],
    };
    const { app, lines } = appOfTest({ collections });
    const response = await app.request(path);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.json()).toEqual({ error: expect.stringContaining('being built') });
    expect(lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  },
);
