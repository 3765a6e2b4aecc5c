import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorBody } from '../../../server/api/schemas/error.ts';
import type { createApp } from '../../../server/app.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';
import { appOfTest } from '../http/app-of-test.ts';

// What the whole server makes of the API's answers: its headers, compression and limits are around them.
let served: ServedOfTest;
let app: ReturnType<typeof createApp>;
const queries = createQueryPool({ threads: 1 });

beforeAll(async () => {
  served = await openServed();
  app = appOfTest({ collections: served, queries }).app;
});
afterAll(async () => {
  await queries.close();
  await served.close();
});

test('the page of the API has the policy of all pages, in which nothing inside a document counts', async () => {
  const response = await app.request('/api/docs');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'self'; style-src 'self';/,
  );
});

test('compressed answers are known by the same validator', async () => {
  const plain = await app.request('/api/services');
  const compressed = await app.request('/api/services', { headers: { 'Accept-Encoding': 'gzip' } });
  const etag = compressed.headers.get('etag') ?? '';
  expect(etag.replace(/^W\//, '')).toBe(plain.headers.get('etag'));
  const again = await app.request('/api/services', { headers: { 'Accept-Encoding': 'gzip', 'If-None-Match': etag } });
  expect(again.status).toBe(304);
});

test.each<[string, number, RequestInit]>([
  ['/api/nothing', 404, {}],
  ['/api/changes?limit=0', 400, {}],
  ['/api/changes?service=%00', 400, {}],
  ['/api/collections/nowhere', 404, {}],
  [`/api/search?q=${'a'.repeat(40_000)}`, 414, {}],
  ['/api/changes', 405, { method: 'DELETE' }],
])('%s is refused in the one shape of errors: %i', async (path, status, init) => {
  const response = await app.request(path, init);
  expect(response.status).toBe(status);
  expect(errorBody.safeParse(await response.json()).error).toBeUndefined();
});

test('links name the server as its readers see it', async () => {
  const { data } = (await (await app.request('/api/collections')).json()) as { data: { links: { self: string } }[] };
  const { pathname } = new URL(data[0]?.links.self ?? '');
  expect((await app.request(pathname)).status).toBe(200);
});
