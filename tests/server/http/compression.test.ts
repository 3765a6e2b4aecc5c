import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { chooseEncoding, compression } from '../../../server/http/compression.ts';
import { listenInTest } from './app-of-test.ts';

const TEXT = 'These words fill the terms. '.repeat(200);
const ETAG = '"abc"';

const pieces = (count: number): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (let place = 0; place < count; place++) controller.enqueue(new TextEncoder().encode(`${TEXT}${place}\n`));
      controller.close();
    },
  });

const app = new Hono()
  .use(compression())
  .get('/long', (c) => c.text(TEXT, 200, { ETag: ETAG, Vary: 'Accept' }))
  .get('/json', (c) => c.json({ content: TEXT }))
  .get('/short', (c) => c.text('short', 200, { ETag: ETAG }))
  .get('/stream', (c) => c.body(pieces(50), 200, { 'Content-Type': 'text/csv' }))
  .get('/zip', (c) => c.body(TEXT, 200, { 'Content-Type': 'application/zip', ETag: ETAG }))
  .get('/part', (c) => c.body(TEXT, 206, { 'Content-Type': 'text/plain', ETag: ETAG }))
  .get('/as-it-is', (c) => c.text(TEXT, 200, { 'Cache-Control': 'public, no-transform' }))
  .get('/unchanged', (c) => c.body(null, 304, { ETag: ETAG }));

const ask = async (path: string, encodings?: string, headers: Record<string, string> = {}): Promise<Response> =>
  app.request(path, { headers: { ...headers, ...(encodings !== undefined && { 'Accept-Encoding': encodings }) } });

describe('compression', () => {
  test.each([
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
    ['zstd', zstdDecompressSync],
  ] as const)('%s: fewer bytes, the same text, a weak ETag, and what it varies by', async (encoding, undo) => {
    const answer = await ask('/long', encoding);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-encoding': encoding,
      etag: `W/${ETAG}`,
      vary: 'Accept, Accept-Encoding',
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.length).toBeLessThan(TEXT.length / 10);
    expect(undo(bytes).toString()).toBe(TEXT);
    const streamed = await ask('/stream', encoding);
    expect(streamed.headers.get('content-encoding')).toBe(encoding);
    expect(undo(Buffer.from(await streamed.arrayBuffer())).toString()).toBe(await (await ask('/stream')).text());
  });

  test.each([
    ['nothing accepted', '/long', undefined],
    ['only identity accepted', '/long', 'identity'],
    ['all but identity refused', '/long', '*;q=0'],
    ['too short', '/short', 'gzip'],
    ['compressed already', '/zip', 'gzip'],
    ['a part', '/part', 'gzip'],
    ['not to be transformed', '/as-it-is', 'gzip'],
  ])('%s: as it is, with its own ETag', async (_name, path, encodings) => {
    const answer = await ask(path, encodings);
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect(answer.headers.get('etag') ?? ETAG).toBe(ETAG);
    expect(await answer.text()).toBe(path === '/short' ? 'short' : TEXT);
  });

  test('what may be compressed varies by the encodings, asked or not; what may not does not', async () => {
    expect((await ask('/json')).headers.get('vary')).toBe('Accept-Encoding');
    expect((await ask('/zip', 'gzip')).headers.get('vary')).toBeNull();
  });

  test('304 confirms the validator that was asked for', async () => {
    expect((await ask('/unchanged', 'gzip', { 'If-None-Match': `W/${ETAG}` })).headers.get('etag')).toBe(`W/${ETAG}`);
    expect((await ask('/unchanged', 'gzip', { 'If-None-Match': ETAG })).headers.get('etag')).toBe(ETAG);
  });

  test('304 varies as the answer that it confirms, over a socket too', async () => {
    const { origin } = await listenInTest(app);
    for (const encodings of [undefined, 'gzip', 'identity']) {
      for (const ifNoneMatch of [undefined, ETAG]) {
        const headers = { ...(ifNoneMatch && { 'If-None-Match': ifNoneMatch }) };
        expect((await ask('/unchanged', encodings, headers)).headers.get('vary')).toBe('Accept-Encoding');
        const sent = { ...headers, 'Accept-Encoding': encodings ?? '' };
        const answer = await fetch(`${origin}/unchanged`, { headers: sent });
        expect([answer.status, answer.headers.get('vary')]).toEqual([304, 'Accept-Encoding']);
      }
    }
  });

  test('over a socket, HEAD too', async () => {
    const { origin } = await listenInTest(app);
    const answer = await fetch(`${origin}/json`, { headers: { 'Accept-Encoding': 'br' } });
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(await answer.json()).toEqual({ content: TEXT });
    const head = await fetch(`${origin}/json`, { method: 'HEAD', headers: { 'Accept-Encoding': 'br' } });
    expect(head.headers.get('content-encoding')).toBe('br');
    expect(await head.text()).toBe('');
  });
});

test.each<[string | undefined, string | undefined]>([
  [undefined, undefined],
  ['', undefined],
  ['gzip, deflate, br, zstd', 'zstd'],
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['deflate', undefined],
  ['br;q=0.5, gzip;q=0.8', 'gzip'],
  ['br;q=0', undefined],
  ['*', 'zstd'],
  ['*;q=0.5, zstd;q=0', 'br'],
  ['identity;q=1, gzip;q=0.5', undefined],
  ['gzip;q=0.000', undefined],
])('of “%s” %s is chosen', (header, encoding) => expect(chooseEncoding(header)).toBe(encoding));
