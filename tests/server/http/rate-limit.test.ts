import { request } from 'node:http';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import type { ClientOf } from '../../../server/http/client.ts';
import { networkOf } from '../../../server/http/network.ts';
import { createBudget, rateLimit } from '../../../server/http/rate-limit.ts';
import { REQUEST_COST, requestKind } from '../../../server/http/request-kind.ts';
import { appOfTest, listenInTest } from './app-of-test.ts';

describe('the limit of each client', () => {
  /** A client at an address, as a trusted proxy tells it. */
  async function clients(settings: { rateLimit: number; basePath?: string }) {
    const { app } = appOfTest({ settings: { ...settings, trustedProxies: ['loopback'] } });
    const { port } = await listenInTest(app, { trustedProxies: ['loopback'] });
    return (address: string, path = '/') =>
      new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
        const headers = { 'X-Forwarded-For': address };
        request({ port, host: '127.0.0.1', path, headers }, (response) => {
          let body = '';
          response.on('data', (chunk) => {
            body += chunk;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
        })
          .on('error', reject)
          .end();
      });
  }

  test('counts down, refuses with what to wait, and knows clients apart', async () => {
    const ask = await clients({ rateLimit: 3 });
    expect((await ask('203.0.113.1')).headers).toMatchObject({
      'ratelimit-policy': '"client";q=3;w=60',
      ratelimit: expect.stringMatching(/^"client";r=2;t=\d+$/),
    });
    expect((await ask('203.0.113.1')).status).toBe(200);
    expect((await ask('203.0.113.1')).headers.ratelimit).toMatch(/r=0/);
    const refused = await ask('203.0.113.1');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(refused.headers['cache-control']).toBe('no-store');
    expect(JSON.parse(refused.body)).toEqual({ error: expect.stringMatching(/^Too many requests/) });
    expect((await ask('203.0.113.2')).status).toBe(200);
  });

  test('takes a /64 of IPv6 for one client', async () => {
    const ask = await clients({ rateLimit: 2 });
    await ask('2001:db8:1:2::1');
    await ask('2001:db8:1:2:ffff::9');
    expect((await ask('2001:db8:1:2:abcd::')).status).toBe(429);
    expect((await ask('2001:db8:1:3::1')).status).toBe(200);
  });

  test('takes more for what is dearer, below a base path too', async () => {
    const ask = await clients({ rateLimit: 25, basePath: '/terms' });
    expect((await ask('203.0.113.1', '/terms/api/search?q=x')).headers.ratelimit).toMatch(/r=15/);
    expect((await ask('203.0.113.1', '/terms/')).headers.ratelimit).toMatch(/r=14/);
  });

  test('what is refused counts as well', async () => {
    const ask = await clients({ rateLimit: 2 });
    expect([(await ask('203.0.113.1', '/%00')).status, (await ask('203.0.113.1', '/%zz')).status]).toEqual([400, 400]);
    expect((await ask('203.0.113.1')).status).toBe(429);
  });

  test('remembers so many clients and forgets those not seen for longest, so that memory does not grow', async () => {
    const clientOf: ClientOf = (c) => ({
      address: c.req.header('x-address'),
      isSecure: false,
      host: undefined,
      isHostTrusted: false,
      isForwardedUntrusted: false,
    });
    const app = new Hono()
      .use(async (c, next) => {
        c.set('requestKind', 'site');
        await next();
      })
      .use(rateLimit(createBudget(1, clientOf, 3)))
      .get('/', (c) => c.text('answered'));
    const ask = async (address: string): Promise<number> =>
      (await app.request('/', { headers: { 'x-address': address } })).status;
    expect([await ask('192.0.2.1'), await ask('192.0.2.1')]).toEqual([200, 429]);
    for (const address of ['192.0.2.2', '192.0.2.3', '192.0.2.4']) expect(await ask(address)).toBe(200);
    expect([await ask('192.0.2.4'), await ask('192.0.2.1')]).toEqual([429, 200]);
  });

  test('who watches the server is not refused for what else is asked, and asks for its state free of cost', async () => {
    const ask = await clients({ rateLimit: 1 });
    expect([(await ask('203.0.113.1')).status, (await ask('203.0.113.1')).status]).toEqual([200, 429]);
    const watched = await Promise.all(Array.from({ length: 30 }, () => ask('203.0.113.1', '/health')));
    expect(new Set(watched.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await ask('203.0.113.1', '/health')).status).toBe(429);
    expect((await ask('203.0.113.2', '/health')).headers).not.toHaveProperty('ratelimit');
    expect((await ask('203.0.113.2')).status).toBe(200);
  });

  test('from this machine any number of times, unless somebody whom nobody knows handed it on', async () => {
    const { app } = appOfTest({ settings: { rateLimit: 1 } });
    const { origin } = await listenInTest(app);
    const ask = async (path: string, headers: Record<string, string> = {}): Promise<number> =>
      (await fetch(`${origin}${path}`, { headers })).status;
    expect([await ask('/'), await ask('/')]).toEqual([200, 429]);
    for (let time = 0; time < 40; time++) expect(await ask('/health')).toBe(200);
    expect(await ask('/metrics')).toBe(200);
    for (let time = 0; time < 30; time++) await ask('/health', { 'X-Forwarded-For': '203.0.113.1' });
    expect(await ask('/health', { 'X-Forwarded-For': '203.0.113.1' })).toBe(429);
    expect(await ask('/health')).toBe(200);
  });

  test('0: none', async () => {
    const { headers } = await (await clients({ rateLimit: 0 }))('203.0.113.1');
    expect(headers).not.toHaveProperty('ratelimit');
  });
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['fe80::1%eth0', 'fe80::'],
  ['no address', 'no address'],
])('the network of %s is %s', (address, network) => expect(networkOf(address)).toBe(network));

test.each([
  ['/', 'site'],
  ['/nothing', 'site'],
  ['/health', 'health'],
  ['/healthy', 'site'],
  ['/metrics', 'metrics'],
  ['/api/search', 'search'],
  ['/api/collections/contrib/redlines/a/b', 'redline'],
  ['/api/collections/contrib/clauses/7', 'search'],
  ['/api/research', 'own-api'],
  ['/api/services', 'own-api'],
  ['/contrib/api/v1/version/A/Terms/2020-01-01', 'collection-api'],
  ['/contrib/api/v1/feed/A', 'feed'],
  ['/v1/feed', 'feed'],
  ['/v1', 'collection-api'],
  ['/collection-api/v1/services', 'collection-api'],
  ['/contrib/api/v1/dataset/latest/download', 'dataset'],
  ['/federation/v1/collections', 'federation'],
  ['/feeds/changes', 'feed'],
  ['/en/', 'site'],
  ['/de/search', 'search'],
  ['/fr/compare', 'search'],
  ['/en/harbour/clauses/7', 'search'],
  ['/es/harbour/services/Larkmail/Terms/redlines/a/b', 'redline'],
  ['/en/harbour/services/Larkmail/Terms/redlines', 'site'],
  ['/en/harbour/services/Larkmail/Terms/versions/a', 'site'],
  ['/en/harbour/services/Larkmail/Terms/versions/a/paragraphs/3', 'search'],
  ['/en/harbour/services/v1/feed/versions/a', 'site'],
  ['/en/harbour/services/search', 'site'],
])('%s is of the kind %s', (path, kind) => expect(requestKind(path)).toBe(kind));

test('a table costs more than a part of a list', () => {
  expect(requestKind('/api/changes', 'csv')).toBe('export');
  expect(requestKind('/api/changes', 'json')).toBe('own-api');
  expect(requestKind('/v1/versions', 'csv')).toBe('collection-api');
});

test('every kind costs something, searching and comparing more', () => {
  expect(Math.min(...Object.values(REQUEST_COST))).toBe(1);
  for (const kind of ['search', 'redline', 'export', 'dataset'] as const) expect(REQUEST_COST[kind]).toBeGreaterThan(1);
});
