import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExtensionManifest } from '../../../server/api/contract.ts';
import { extensionManifest, recentFile } from '../../../server/api/schemas/extension.ts';
import { createExtensionFiles, type ExtensionFiles } from '../../../server/extension/extension-files.ts';
import { createQueryPool } from '../../../server/queries/create-query-pool.ts';
import { JUDGED_COLLECTION } from '../../helpers/judged-collection.ts';
import { openServed, type ServedOfTest } from '../../helpers/served.ts';
import { appOfTest, logOfTest, NOTHING } from '../http/app-of-test.ts';

const queries = createQueryPool({ threads: 1 });
let served: ServedOfTest;
let extensionFiles: ExtensionFiles;
let app: ReturnType<typeof appOfTest>['app'];
const get = async (path: string, headers: Record<string, string> = {}) =>
  app.request(`http://localhost/api${path}`, { headers });
const manifest = async (): Promise<ExtensionManifest> => (await get('/extension')).json() as Promise<ExtensionManifest>;

beforeAll(async () => {
  served = await openServed({ collections: [JUDGED_COLLECTION] });
  const { log } = logOfTest();
  const clock = () => new Date('2024-02-25T12:00:00Z');
  extensionFiles = createExtensionFiles({ collections: served, queries, log, clock, every: 'never' });
  app = appOfTest({ collections: served, queries, extensionFiles }).app;
});
afterAll(async () => {
  await extensionFiles.close();
  await served.close();
  await queries.close();
});

test('before the first files there is nothing to give, for a while', async () => {
  for (const path of ['/extension', `/extension/files/${'a'.repeat(64)}`]) {
    const response = await get(path);
    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toBe('10');
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(await response.json()).toMatchObject({ error: { code: 'index-unavailable' } });
  }
  await extensionFiles.update();
});

test('the manifest names files that are there, whole, for ever, for every site', async () => {
  const response = await get('/extension');
  const body = await response.text();
  expect(response.headers.get('ETag')).toBe(`"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`);
  expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
  expect((await get('/extension', { 'If-None-Match': response.headers.get('ETag') ?? '' })).status).toBe(304);
  const named = extensionManifest.parse(JSON.parse(body));
  expect(named).toMatchObject({ format: 1, name: 'Forge', website: 'http://localhost', recentSince: '2024-01-26' });
  for (const { sha256, bytes } of [named.index, named.services, ...named.recent]) {
    const file = await get(`/extension/files/${sha256}`);
    const content = new Uint8Array(await file.arrayBuffer());
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    expect(content.length).toBe(bytes);
    expect(file.headers.get('ETag')).toBe(`"${sha256}"`);
    expect(file.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    expect(file.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(file.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect((await get(`/extension/files/${sha256}`, { 'If-None-Match': `W/"${sha256}"` })).status).toBe(304);
  }
  const recent = await get(`/extension/files/${named.recent[0]?.sha256}`);
  expect(recentFile.parse(await recent.json()).alerts.length).toBeGreaterThan(0);
});

test('files are compressed for whoever takes that', async () => {
  const { recent } = await manifest();
  const path = `/extension/files/${recent[0]?.sha256}`;
  for (const encoding of ['gzip', 'br', 'zstd']) {
    const response = await get(path, { 'Accept-Encoding': encoding });
    expect(response.headers.get('Content-Encoding')).toBe(encoding);
    expect(response.headers.get('Vary')).toContain('Accept-Encoding');
    expect((await response.arrayBuffer()).byteLength).toBeLessThan(recent[0]?.bytes ?? 0);
  }
});

test('nothing in the answers is of the asker: neither cookies nor another body', async () => {
  const bodies = await Promise.all(
    ['de', 'fr'].map(async (language) => {
      const response = await get('/extension', { 'Accept-Language': language, Cookie: `id=${language}` });
      expect(response.headers.get('Set-Cookie')).toBeNull();
      return response.text();
    }),
  );
  expect(new Set(bodies).size).toBe(1);
});

test('a delta leads from a former file', async () => {
  const before = await manifest();
  const declaration = { name: 'Tin', terms: { 'Privacy Policy': { fetch: 'https://tin.example/p', select: 'main' } } };
  for (let place = 0; place < 9; place++) await served.declare('forge', `Rest ${place}`, at(`rest-${place}`));
  await extensionFiles.update();
  const between = await manifest();
  await served.declare('forge', 'Tin', declaration);
  await extensionFiles.update();
  const after = await manifest();
  const response = await get(`/extension/deltas/${between.index.sha256}/${after.index.sha256}`);
  expect(response.headers.get('Content-Type')).toBe('text/plain; charset=utf-8');
  expect(await response.text()).toMatch(/^\+tin\.example\t[\w-]{8}\t\t0\n$/);
  expect((await get(`/extension/deltas/${between.services.sha256}/${after.services.sha256}`)).status).toBe(200);
  // Hardly shorter than the whole, of another file, of none.
  for (const from of [before.index.sha256, between.services.sha256, '0'.repeat(64)]) {
    const none = await get(`/extension/deltas/${from}/${after.index.sha256}`);
    expect(none.status).toBe(404);
    expect(await none.json()).toMatchObject({ error: { next: 'Download the whole file.' } });
  }
});

const at = (name: string) => ({
  name,
  terms: { 'Privacy Policy': { fetch: `https://${name}.example/p`, select: 'main' } },
});

test.each(['/extension/files/x', `/extension/files/${'A'.repeat(64)}`, `/extension/deltas/x/${'a'.repeat(64)}`])(
  '%s is no name of a file',
  async (path) => expect((await get(path)).status).toBe(400),
);

test('a file that is not there any more says where those of today are named', async () => {
  const response = await get(`/extension/files/${'a'.repeat(64)}`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ error: { next: expect.stringContaining('/api/extension') } });
});

test('a server that makes none says so', async () => {
  const response = await appOfTest({ collections: NOTHING }).app.request('http://localhost/api/extension');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ error: { message: 'This server makes no files for extensions.' } });
});
