import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FetchError } from '../../../crawler/fetch/fetch-error.ts';
import { createFetcher, type Fetcher, type FetcherOptions } from '../../../crawler/fetch/fetcher.ts';
import { gzipBomb } from '../../helpers/gzip-bomb.ts';
import { type LocalSite, redirect, respond, startSite } from '../../helpers/local-site.ts';

const html = { 'content-type': 'text/html' };
const euro = 'Preis: 5 €';
let site: LocalSite;
let fetcher: Fetcher;

const fetcherFor = (options: Partial<FetcherOptions> = {}): Fetcher =>
  createFetcher({
    userAgent: 'Clausewatch/test (+mailto:test@clausewatch.example)',
    language: 'de, en;q=0.3',
    hostPause: 0,
    allowAddresses: [site.address],
    clock: () => new Date('2026-01-02T03:04:05Z'),
    ...options,
  });
const get = (path: string, from: Fetcher = fetcher, signal?: AbortSignal) =>
  from.fetch({ location: site.origin + path, executeClientScripts: false, select: [] }, signal);
const faultAt = (path: string, from: Fetcher = fetcher): Promise<FetchError> =>
  get(path, from).then(
    () => expect.unreachable(`${path} was fetched`),
    (error: FetchError) => error,
  );

beforeAll(async () => {
  const bomb = await gzipBomb(400);
  site = await startSite({
    '/': '<p>Terms</p>',
    '/redirect': redirect('/a?b=c'),
    '/a': '<p>There</p>',
    '/endless': redirect('/endless'),
    '/echo': (request, response) => response.end(JSON.stringify(request.headers)),
    '/utf-8': respond(200, { 'content-type': 'text/html; charset=utf-8' }, euro),
    '/utf-8-unlabelled': respond(200, html, euro),
    '/windows-1252-unlabelled': respond(200, html, Buffer.from('Preis: 5 \x80', 'latin1')),
    '/windows-1252-meta': respond(200, html, Buffer.from('<meta charset="iso-8859-15">Preis: 5 \xa4', 'latin1')),
    '/header-wins': respond(
      200,
      { 'content-type': 'text/html; charset="ISO-8859-15"' },
      Buffer.from('<meta charset=utf-8>Preis: 5 \xa4', 'latin1'),
    ),
    '/bom-wins': respond(200, { 'content-type': 'text/html; charset=iso-8859-1' }, `\uFEFF${euro}`),
    '/utf-16': respond(200, html, Buffer.from(`\uFEFF${euro}`, 'utf16le')),
    '/wrong-charset': respond(200, { 'content-type': 'text/html; charset=no-such-thing' }, euro),
    '/shift-jis': respond(
      200,
      { 'content-type': 'text/html; charset=shift_jis' },
      Buffer.from([0x8b, 0x4b, 0x96, 0xf1]),
    ),
    '/pdf': respond(200, { 'content-type': 'application/pdf' }, '%PDF-1.7 …'),
    '/pdf-as-html': respond(200, html, '%PDF-1.7 …'),
    '/pdf-as-octets': respond(200, { 'content-type': 'application/octet-stream' }, '\n%PDF-1.7 …'),
    '/octets': respond(200, { 'content-type': 'application/octet-stream' }, 'PK'),
    '/untyped-html': respond(200, {}, '\n <!doctype html><p>x'),
    '/untyped-text': respond(200, {}, 'Terms of service'),
    '/image': respond(200, { 'content-type': 'image/png' }, 'x'),
    '/empty': respond(200, html, ''),
    '/no-content': respond(204),
    '/not-modified': respond(304),
    '/busy': respond(503, { 'retry-after': 'Fri, 02 Jan 2026 03:04:35 GMT' }),
    '/reset': (request) => request.socket.destroy(),
    '/cut': (_request, response) => {
      response.writeHead(200, { ...html, 'content-length': '1000' });
      response.write('<p>the first half');
      setTimeout(() => response.destroy(), 50);
    },
    '/silent': () => {},
    '/drip': (_request, response) => {
      response.writeHead(200, html);
      const drip = setInterval(() => response.write('.'), 50);
      response.once('close', () => clearInterval(drip));
    },
    '/stuck': (_request, response) => {
      response.writeHead(200, html);
      response.write('<p>and then nothing');
    },
    '/large': respond(200, html, 'x'.repeat(2_000)),
    '/large-pdf': respond(200, { 'content-type': 'application/pdf' }, `%PDF-${'x'.repeat(4_000)}`),
    '/flood': (_request, response) => {
      response.writeHead(200, html);
      const chunk = Buffer.alloc(1_000_000, ' ');
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', pour);
      pour();
    },
    '/bomb': respond(200, { ...html, 'content-encoding': 'gzip' }, bomb),
    '/etag': (request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"1"' ? 304 : 200, {
        ...html,
        etag: '"1"',
        'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
      });
      response.end(request.headers['if-none-match'] === '"1"' ? undefined : '<p>x');
    },
  });
  fetcher = fetcherFor();
});
afterAll(async () => {
  await fetcher.close();
  await site.close();
});

test('a document carries what is known of it', async () => {
  expect(await get('/redirect')).toEqual({
    kind: 'fetched',
    location: `${site.origin}/redirect`,
    finalLocation: `${site.origin}/a?b=c`,
    mimeType: 'text/html',
    content: '<p>There</p>',
    fetcher: 'htmlOnly',
    fetchDate: new Date('2026-01-02T03:04:05Z'),
    validators: { etag: undefined, lastModified: undefined },
  });
});

test('sends user agent and languages', async () => {
  const { content } = (await get('/echo')) as { content: string };
  expect(JSON.parse(content)).toMatchObject({
    'user-agent': 'Clausewatch/test (+mailto:test@clausewatch.example)',
    'accept-language': 'de,en;q=0.9',
  });
});

describe('text is decoded as browsers do', () => {
  test.each([
    ['/utf-8', euro],
    ['/utf-8-unlabelled', euro],
    ['/windows-1252-unlabelled', euro],
    ['/windows-1252-meta', `<meta charset="iso-8859-15">${euro}`],
    ['/header-wins', `<meta charset=utf-8>${euro}`],
    ['/bom-wins', euro],
    ['/utf-16', euro],
    ['/wrong-charset', euro],
    ['/shift-jis', '規約'],
  ])('%s', async (path, content) => expect(await get(path)).toMatchObject({ content }));
});

describe('types', () => {
  test.each([
    ['/pdf', 'application/pdf'],
    ['/pdf-as-html', 'application/pdf'],
    ['/pdf-as-octets', 'application/pdf'],
    ['/untyped-html', 'text/html'],
    ['/untyped-text', 'text/plain'],
  ])('%s is %s', async (path, mimeType) => {
    const document = await get(path);
    expect(document).toMatchObject({ mimeType });
    expect('content' in document && document.content instanceof Uint8Array).toBe(mimeType === 'application/pdf');
  });
  test.each(['/image', '/octets'])('%s: unsupported-type', async (path) => {
    expect((await faultAt(path)).reason).toBe('unsupported-type');
  });
});

describe('faults', () => {
  test.each([
    ['/endless', 'server', undefined],
    ['/absent', 'not-found', 404],
    ['/empty', 'server', 200],
    ['/no-content', 'server', 204],
    ['/not-modified', 'server', 304],
    ['/busy', 'server', 503],
    ['/reset', 'network', undefined],
    ['/cut', 'network', undefined],
  ])('%s: %s %s', async (path, reason, status) => {
    const fault = await faultAt(path, fetcherFor());
    expect(fault).toMatchObject({ name: 'FetchError', reason, status });
    expect(fault.message).toContain(site.origin + path);
  });
  test('redirects end after ten', async () => {
    const before = site.paths.length;
    await faultAt('/endless');
    expect(site.paths.length - before).toBe(11);
  });
  test('Retry-After as a date', async () => {
    expect((await faultAt('/busy', fetcherFor())).retryAfter).toBe(30);
  });
  test.each([
    ['/silent', { requestTimeout: 300 }],
    ['/drip', { requestTimeout: 300 }],
    ['/drip', { totalTimeout: 300 }],
    ['/stuck', { idleTimeout: 300 }],
  ])('%s with %o: timeout', async (path, options) => {
    const hasty = fetcherFor(options);
    const started = performance.now();
    expect((await faultAt(path, hasty)).reason).toBe('timeout');
    expect(performance.now() - started).toBeLessThan(3_000);
    await hasty.close();
  });
  test('an unknown host', async () => {
    const request = { location: 'http://nowhere.invalid/', executeClientScripts: false, select: [] };
    await expect(fetcher.fetch(request)).rejects.toMatchObject({ reason: 'network' });
  });
  test('an abort is not a fault', async () => {
    const reason = new Error('stopped by the person');
    const stop = new AbortController();
    setTimeout(() => stop.abort(reason), 100);
    await expect(get('/silent', fetcher, stop.signal)).rejects.toBe(reason);
  });
});

describe('size', () => {
  test('caps differ for HTML and PDF', async () => {
    const small = fetcherFor({ maxHtmlBytes: 1_000, maxPdfBytes: 3_000 });
    expect((await faultAt('/large', small)).reason).toBe('too-large');
    expect((await faultAt('/large-pdf', small)).reason).toBe('too-large');
    const larger = fetcherFor({ maxHtmlBytes: 2_000, maxPdfBytes: 5_000 });
    expect(await get('/large', larger)).toMatchObject({ mimeType: 'text/html' });
    expect(await get('/large-pdf', larger)).toMatchObject({ mimeType: 'application/pdf' });
    await Promise.all([small.close(), larger.close()]);
  });
  test.each(['/bomb', '/flood'])('%s: too-large, memory grows by less than 150 MB', async (path) => {
    let peak = 0;
    const before = process.memoryUsage().rss;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 5);
    expect((await faultAt(path)).reason).toBe('too-large');
    clearInterval(watch);
    expect(peak - before).toBeLessThan(150_000_000);
  });
});

test('asks "changed since?" only with validators', async () => {
  const first = await get('/etag');
  const validators = { etag: '"1"', lastModified: 'Thu, 01 Jan 2026 00:00:00 GMT' };
  expect(first).toMatchObject({ kind: 'fetched', validators });
  const location = `${site.origin}/etag`;
  expect(await fetcher.fetch({ location, executeClientScripts: false, select: [], validators })).toEqual({
    kind: 'not-modified',
    location,
    fetchDate: new Date('2026-01-02T03:04:05Z'),
  });
});

test('connections are used again, but for a fetch that is to be alone', async () => {
  const own = await startSite({ '/': '<p>Terms</p>', '/redirect': redirect('/') });
  const alone = fetcherFor({ allowAddresses: [own.address] });
  const connectionsAfter = async (path: string, isAlone: boolean): Promise<number> => {
    await alone.fetch({ location: own.origin + path, executeClientScripts: false, select: [], isAlone });
    return own.connections;
  };
  expect(await connectionsAfter('/', false)).toBe(1);
  expect(await connectionsAfter('/', false)).toBe(1);
  expect(await connectionsAfter('/redirect', true)).toBe(2);
  expect(await connectionsAfter('/', true)).toBe(3);
  await alone.close();
  await own.close();
});

test('TLS: the host’s own name is checked against the certificate', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'terms.test' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'terms.test' }] },
    ],
  });
  const secure = await startSite({ '/': 'over TLS' }, { tls: { key, cert } });
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
  const trusting = fetcherFor({ certificateAuthority: cert, resolve, allowAddresses: ['127.0.0.1'] });
  const wary = fetcherFor({ resolve, allowAddresses: ['127.0.0.1'] });
  const ask = (from: Fetcher, host: string) =>
    from.fetch({ location: `https://${host}:${secure.port}/`, executeClientScripts: false, select: [] });
  expect(await ask(trusting, 'terms.test')).toMatchObject({ content: 'over TLS' });
  await expect(ask(trusting, 'other.test')).rejects.toMatchObject({ reason: 'network' });
  await expect(ask(wary, 'terms.test')).rejects.toMatchObject({ reason: 'network' });
  await Promise.all([trusting.close(), wary.close(), secure.close()]);
});
