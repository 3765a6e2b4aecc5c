import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { createApp } from '../../server/app.ts';
import { createQueryPool } from '../../server/queries/create-query-pool.ts';
import type { QueryPool } from '../../server/queries/query-pool.ts';
import { openServed, type ServedOfTest } from '../helpers/served.ts';
import { appOfTest, listenInTest } from './http/app-of-test.ts';

describe('the whole server', () => {
  let served: ServedOfTest;
  let queries: QueryPool;
  let app: ReturnType<typeof createApp>;
  beforeAll(async () => {
    served = await openServed();
    queries = createQueryPool({ threads: 1 });
    app = appOfTest({ collections: served, queries }).app;
  });
  afterAll(async () => {
    await queries.close();
    await served.close();
  });

  test.each([
    '/harbour/api/v1/services',
    '/v1/services',
    '/collection-api/v1/services',
    '/federation/v1/collections',
    '/api/collections',
    '/feeds/atom',
    '/feeds',
    '/v1/feed',
    '/health',
    '/',
  ])('%s is answered', async (path) => {
    const answer = await app.request(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('the root leads programs to the feeds, and people to the start', async () => {
    expect(await (await app.request('/')).json()).toMatchObject({ feeds: 'http://localhost/feeds' });
    const led = await app.request('/', { headers: { accept: 'text/html', 'accept-language': 'fr-CH, de;q=0.5' } });
    expect([led.status, led.headers.get('location')]).toEqual([302, '/fr/']);
    expect(led.headers.get('vary')).toContain('Accept-Language');
  });

  test('what is nowhere is told to people as a page in their language, to programs in short', async () => {
    const page = await app.request('/no/where', { headers: { accept: 'text/html', 'accept-language': 'es' } });
    expect([page.status, page.headers.get('vary')]).toEqual([404, expect.stringContaining('Accept-Language')]);
    expect(await page.text()).toContain('<h1>No hay nada en esta dirección</h1>');
    const refusal = await app.request('/no/where');
    expect([refusal.status, await refusal.json()]).toEqual([404, { error: 'There is nothing at this address.' }]);
  });

  test('datasets have their place in the Collection API', async () => {
    const answer = await app.request('/harbour/api/v1/dataset/latest');
    expect(await answer.json()).toEqual({ error: 'No dataset has been generated yet' });
  });

  test('the default collection is the same at all three places', async () => {
    const [first, ...others] = await Promise.all(
      ['/harbour/api/v1', '/v1', '/collection-api/v1'].map(async (base) =>
        (await app.request(`${base}/services`)).text(),
      ),
    );
    expect(new Set(others)).toEqual(new Set([first]));
  });

  test('a base path stands before everything, and nothing is without it', async () => {
    const settings = { basePath: '/terms', collectionApiBasePath: '/ota' };
    const { app: below } = appOfTest({ collections: served, queries, settings });
    for (const path of ['/terms/health', '/terms/v1/services', '/terms/ota/v1/services', '/terms/api/collections']) {
      expect([path, (await below.request(path)).status]).toEqual([path, 200]);
    }
    for (const path of ['/health', '/v1/services', '/api/collections', '/termsx/health']) {
      expect([path, (await below.request(path)).status]).toEqual([path, 404]);
    }
    const led = await below.request('/terms', { headers: { Accept: 'text/html' } });
    expect(led.headers.get('location')).toBe('/terms/en/');
    const page = await below.request('/terms/en/about');
    expect(await page.text()).toContain('href="/terms/en/services"');
  });

  test('headers that keep browsers safe; HSTS only behind https', async () => {
    const plain = await app.request('/health');
    expect(Object.fromEntries(plain.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'content-security-policy': expect.stringMatching(
        /default-src 'none'; script-src 'self';.*frame-ancestors 'none'/,
      ),
    });
    expect(plain.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(plain.headers.get('strict-transport-security')).toBeNull();
    const { origin } = await listenInTest(
      appOfTest({ collections: served, queries, settings: { trustedProxies: ['loopback'] } }).app,
    );
    const secure = await fetch(`${origin}/health`, { headers: { 'X-Forwarded-Proto': 'https' } });
    expect(secure.headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/);
  });

  test('refusals carry them too', async () => {
    for (const path of ['/nothing', '/%00', '/api/%zz']) {
      const answer = await app.request(path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  test('OPTIONS, for browsers and others', async () => {
    const headers = { Origin: 'https://other.example', 'Access-Control-Request-Method': 'GET' };
    const preflight = await app.request('/v1/services', { method: 'OPTIONS', headers });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      allow: 'GET, HEAD, OPTIONS',
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
    });
    expect((await app.request('/', { method: 'OPTIONS' })).headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('%s is not answered', async (method) => {
    const answer = await app.request('/v1/services', { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });

  test('HEAD has the headers of GET and no body', async () => {
    const [get, head] = await Promise.all([
      app.request('/v1/services'),
      app.request('/v1/services', { method: 'HEAD' }),
    ]);
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
  });

  test('a compressed answer is confirmed by its own, weak validator', async () => {
    const { origin } = await listenInTest(app);
    const ask = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${origin}/v1/feed`, { headers: { 'Accept-Encoding': 'gzip', ...headers } });
    const first = await ask({});
    const etag = first.headers.get('etag') ?? '';
    expect([first.headers.get('content-encoding'), etag]).toEqual(['gzip', expect.stringMatching(/^W\/"/)]);
    const second = await ask({ 'If-None-Match': etag });
    expect([second.status, second.headers.get('etag')]).toEqual([304, etag]);
  });

  test.each([
    ['paths', [{ method: 'GET', path: '/v1/services', status: 200 }], ['secret', '203.0.113.9']],
    ['full', [{ query: '?q=secret', address: '203.0.113.9' }], []],
    ['off', [], ['/v1/services', 'secret', '203.0.113.9']],
  ] as const)('access log: %s', async (accessLog, expected, absent) => {
    const { app: logging, lines } = appOfTest({
      ...{ collections: served, queries },
      settings: { accessLog, trustedProxies: ['loopback'] },
    });
    const { origin } = await listenInTest(logging);
    await fetch(`${origin}/v1/services?q=secret`, { headers: { 'X-Forwarded-For': '203.0.113.9' } });
    const requests = lines.filter(({ msg }) => msg === 'request');
    expect(requests).toEqual(expected.map((line) => expect.objectContaining({ ...line, ms: expect.any(Number) })));
    for (const text of absent) expect(JSON.stringify(lines)).not.toContain(text);
  });

  test('a proxy that nobody trusts is pointed out once', async () => {
    const { app: warning, lines } = appOfTest();
    const { origin } = await listenInTest(warning);
    for (let time = 0; time < 3; time++) await fetch(`${origin}/`, { headers: { 'X-Forwarded-For': '203.0.113.9' } });
    expect(lines.filter(({ msg }) => String(msg).includes('--trust-proxy'))).toHaveLength(1);
  });
});
