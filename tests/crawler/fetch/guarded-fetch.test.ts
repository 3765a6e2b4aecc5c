import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createGuard } from '../../../crawler/fetch/guard.ts';
import { createGuardedFetcher, type GuardedFetcher } from '../../../crawler/fetch/guarded-fetch.ts';
import { gzipBomb } from '../../helpers/gzip-bomb.ts';
import { type LocalSite, redirect, respond, startSite } from '../../helpers/local-site.ts';

let site: LocalSite;
let inside: LocalSite;

beforeAll(async () => {
  inside = await startSite({ '/': 'inside' }, { host: '127.0.0.2' });
  const bomb = await gzipBomb(20);
  site = await startSite({
    '/text': respond(200, { 'x-own': 'kept' }, 'terms'),
    '/echo': (request, response) => {
      void buffer(request).then((body) => {
        const { 'user-agent': agent, 'x-key': key } = request.headers;
        response.end(JSON.stringify({ method: request.method, agent, key, body: body.toString() }));
      });
    },
    '/absent': respond(404, {}, 'no'),
    '/303': respond(303, { location: '/echo' }),
    '/307': respond(307, { location: '/echo' }),
    '/loop': redirect('/loop'),
    '/inwards': redirect(`http://127.0.0.2:${inside.port}/`),
    '/to-file': redirect('file:///etc/hostname'),
    '/large': respond(200, {}, 'x'.repeat(5_000)),
    '/bomb': respond(200, { 'content-encoding': 'gzip' }, bomb),
    '/silent': () => {},
    '/stalled': (_request, response) => {
      response.writeHead(200);
      response.write('begun');
    },
    '/cut': (request) => request.socket.destroy(),
  });
});
afterAll(async () => {
  await site.close();
  await inside.close();
});

function open(settings: { maxBytes?: number; timeout?: number; cut?: boolean } = {}): GuardedFetcher {
  const guard = createGuard([site.address]);
  const fetcher = createGuardedFetcher(guard, { userAgent: 'Test', maxBytes: 2_000, timeout: 5_000, ...settings });
  onTestFinished(() => fetcher.close());
  return fetcher;
}
const text = (body: Uint8Array): string => Buffer.from(body).toString();

test('gives status, headers and body as they are, faults of the service too', async () => {
  const answer = await open().fetch(`${site.origin}/text`);
  expect(answer).toMatchObject({ status: 200, headers: { 'x-own': 'kept' } });
  expect(text(answer.body)).toBe('terms');
  expect(await open().fetch(`${site.origin}/absent`)).toMatchObject({ status: 404 });
});

test.each([
  ['/echo', 'POST', 'asked'],
  ['/307', 'POST', 'asked'],
  ['/303', 'GET', ''],
])('POST to %s arrives as %s', async (path, method, body) => {
  const request = { method: 'POST', headers: { 'x-key': 'own' }, body: Buffer.from('asked') } as const;
  const answer = await open().fetch(site.origin + path, request);
  expect(JSON.parse(text(answer.body))).toEqual({ method, agent: 'Test', key: 'own', body });
});

test.each([
  ['/loop', 'server'],
  ['/inwards', 'forbidden-address'],
  ['/to-file', undefined],
  ['/large', 'too-large'],
  ['/bomb', 'too-large'],
  ['/cut', 'network'],
])('%s: %s', async (path, reason) => {
  const before = inside.connections;
  const fault = await open()
    .fetch(site.origin + path)
    .catch((error: unknown) => error);
  expect(fault).toMatchObject({ name: 'FetchError', ...(reason ? { reason } : {}) });
  expect((fault as Error).message).toContain(path === '/to-file' ? 'file:' : site.origin);
  expect(inside.connections).toBe(before);
});

test.each(['127.0.0.2', '[::1]', '10.0.0.1', '169.254.169.254'])('%s is not dialled', async (host) => {
  const before = inside.connections;
  await expect(open().fetch(`http://${host}:${inside.port}/`)).rejects.toMatchObject({ reason: 'forbidden-address' });
  expect(inside.connections).toBe(before);
});

test('a longer body is cut where that was asked for', async () => {
  const { body } = await open({ cut: true }).fetch(`${site.origin}/large`);
  expect(text(body)).toBe('x'.repeat(2_000));
});

test.each(['/silent', '/stalled'])('%s: a timeout in time', async (path) => {
  const started = performance.now();
  await expect(open({ timeout: 400 }).fetch(site.origin + path)).rejects.toMatchObject({ reason: 'timeout' });
  expect(performance.now() - started).toBeLessThan(2_000);
});

test('an abort ends it with its own reason', async () => {
  const reason = new Error('stopped by the person');
  const stop = new AbortController();
  setTimeout(() => stop.abort(reason), 100);
  await expect(open().fetch(`${site.origin}/silent`, { signal: stop.signal })).rejects.toBe(reason);
});
