import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFetcher, type Fetcher, type FetcherOptions } from '../../crawler/fetch/fetcher.ts';
import { browserProcesses, survivors } from '../helpers/browser-processes.ts';
import { type LocalSite, type Route, redirect, respond, startSite } from '../helpers/local-site.ts';

let site: LocalSite;
let fetcher: Fetcher;
const html = { 'content-type': 'text/html; charset=utf-8' };

const fetcherFor = (options: Partial<FetcherOptions> = {}): Fetcher =>
  createFetcher({
    userAgent: 'Clausewatch/test (+mailto:test@clausewatch.example)',
    language: 'de,en',
    hostPause: 0,
    selectTimeout: 1_500,
    allowAddresses: [site.address],
    clock: () => new Date('2026-01-02T03:04:05Z'),
    ...options,
  });
const load = (path: string, select: readonly string[] = []) =>
  fetcher.fetch({ location: site.origin + path, executeClientScripts: true, select });
const loadUndeclared = (path: string, executeClientScripts?: false) =>
  fetcher.fetch({ location: site.origin + path, executeClientScripts, select: [] });
/** Refuses whoever does not look like a browser. */
const onlyBrowsers =
  (refuse: Route): Route =>
  (request, response) => {
    if (/Chrome/.test(request.headers['user-agent'] ?? '')) response.writeHead(200, html).end('<p>for browsers');
    else if (typeof refuse === 'function') refuse(request, response);
  };

beforeAll(async () => {
  site = await startSite({
    '/late': `<!doctype html><!-- kept --><div id=a></div><div id=b></div>
      <script>setTimeout(() => { a.textContent = 'first' }, 200); setTimeout(() => { b.textContent = 'second' }, 600)</script>`,
    '/redirect': redirect('/late'),
    '/script-redirect': `<script>setTimeout(() => { location = '/late' }, 100)</script>`,
    '/assets': `<img src=/image><link rel=stylesheet href=/style><video src=/video></video>
      <style>@font-face { font-family: f; src: url(/font) } p { font-family: f }</style><p>x<script src=/script></script>`,
    '/script': respond(200, { 'content-type': 'text/javascript' }, 'document.body.append("scripted")'),
    '/self': `<p id=t></p><script>t.textContent = [navigator.userAgent, navigator.languages, innerWidth, innerHeight, document.cookie].join(' | '); document.cookie = 'seen=1'</script>`,
    '/tampering': `<p>true text</p><script>
      Object.defineProperty(Element.prototype, 'outerHTML', { get: () => 'forged' });
      XMLSerializer.prototype.serializeToString = () => 'forged';
      Document.prototype.querySelectorAll = () => { throw new Error('forged') };</script>`,
    '/login': respond(302, { location: '/cookie-pdf', 'set-cookie': 'key=open' }),
    '/cookie-pdf': (request, response) => {
      const isOpen = request.headers.cookie === 'key=open';
      response.writeHead(isOpen ? 200 : 403, { 'content-type': 'application/pdf' }).end('%PDF-1.7 …');
    },
    '/attached-pdf': respond(
      200,
      { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename="terms.pdf"' },
      '%PDF-1.7 …',
    ),
    '/to-pdf': `<script>location = '/attached-pdf'</script>`,
    '/zip': respond(200, { 'content-type': 'application/zip' }, 'PK'),
    '/403': onlyBrowsers(respond(403)),
    '/406': onlyBrowsers(respond(406)),
    '/502': onlyBrowsers(respond(502)),
    '/reset': onlyBrowsers((request) => request.socket.destroy()),
    '/500': onlyBrowsers(respond(500)),
    '/busy': respond(503, { ...html, 'retry-after': '7' }, 'busy'),
    '/gone': respond(410, html, 'gone'),
    '/always-reset': (request) => request.socket.destroy(),
  });
  fetcher = fetcherFor();
});
afterAll(async () => {
  const processes = browserProcesses();
  expect(processes.length).toBeGreaterThan(1);
  await fetcher.close();
  expect(await survivors(processes)).toEqual([]);
  await site.close();
});

test('waits until every selector matches an element with text, and gives the whole document', async () => {
  const document = await load('/redirect', ['#a', '#b', ':not(valid', 'div']);
  expect(document).toMatchObject({
    kind: 'fetched',
    location: `${site.origin}/redirect`,
    finalLocation: `${site.origin}/late`,
    mimeType: 'text/html',
    fetcher: 'fullDom',
    fetchDate: new Date('2026-01-02T03:04:05Z'),
    validators: { etag: undefined, lastModified: undefined },
    content: expect.stringMatching(/^<!DOCTYPE html><!-- kept --><html>.*first.*second/s),
  });
});

test('goes on when a selector never matches', async () => {
  const started = performance.now();
  expect(await load('/late', ['#never'])).toMatchObject({ content: expect.stringContaining('second') });
  expect(performance.now() - started).toBeGreaterThan(1_400);
});

test('follows a script to another document', async () => {
  expect(await load('/script-redirect', ['#b'])).toMatchObject({
    finalLocation: `${site.origin}/late`,
    content: expect.stringContaining('second'),
  });
});

test('loads scripts and styles, but neither images nor media nor fonts', async () => {
  const before = site.paths.length;
  expect(await load('/assets')).toMatchObject({ content: expect.stringContaining('scripted') });
  expect(site.paths.slice(before).sort()).toEqual(['/assets', '/script', '/style']);
});

test('is what it says it is; each document has a fresh context', async () => {
  for (let visit = 0; visit < 2; visit++) {
    const { content } = (await load('/self')) as { content: string };
    expect(content).toMatch(
      /Chrome\/\d+.* Clausewatch\/test \(\+mailto:test@clausewatch.example\) \| de,en \| 1920 \| 1080 \| </,
    );
  }
});

test('a document cannot forge what is recorded of it', async () => {
  const { content } = (await load('/tampering', ['p'])) as { content: string };
  expect(content).toMatch(/^<html>.*<p>true text<\/p>/s);
});

describe('PDFs that the browser is led to', () => {
  test.each(['/login', '/attached-pdf', '/to-pdf'])('%s', async (path) => {
    const location = site.origin + path;
    expect(await load(path, ['#x'])).toMatchObject({ location, mimeType: 'application/pdf', fetcher: 'fullDom' });
  });
  test('anything else is an unsupported-type', async () => {
    await expect(load('/zip')).rejects.toMatchObject({ reason: 'unsupported-type' });
  });
});

describe('plain HTTP first, the browser where that is refused', () => {
  test.each(['/403', '/406', '/502', '/reset'])('%s', async (path) => {
    expect(await loadUndeclared(path)).toMatchObject({ fetcher: 'fullDom' });
    await expect(loadUndeclared(path, false)).rejects.toMatchObject({ name: 'FetchError' });
  });
  test('not otherwise', async () => {
    expect(await loadUndeclared('/late')).toMatchObject({ fetcher: 'htmlOnly' });
    await expect(loadUndeclared('/500')).rejects.toMatchObject({ reason: 'server', status: 500 });
  });
});

test.each([
  ['/absent', { reason: 'not-found', status: 404 }],
  ['/gone', { reason: 'not-found', status: 410 }],
  ['/busy', { reason: 'server', status: 503, retryAfter: 7 }],
  ['/always-reset', { reason: 'network', status: undefined }],
])('%s is a typed fault', async (path, fault) => {
  const own = fetcherFor();
  await expect(
    own.fetch({ location: site.origin + path, executeClientScripts: true, select: [] }),
  ).rejects.toMatchObject(fault);
  await own.close();
});

test('an unknown host', async () => {
  const request = { location: 'http://nowhere.invalid/', executeClientScripts: true, select: [] };
  await expect(fetcher.fetch(request)).rejects.toMatchObject({ reason: 'network' });
});

test('https through the proxy, with certificates checked by the browser', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'terms.test' }], {
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'terms.test' }] }],
  });
  const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  const hash = createHash('sha256').update(spki).digest('base64');
  const secure = await startSite({ '/': '<p>over TLS' }, { tls: { key, cert } });
  const options = {
    allowAddresses: [secure.address],
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  };
  const request = { location: `https://terms.test:${secure.port}/`, executeClientScripts: true, select: [] };
  const trusting = fetcherFor({ ...options, browserArguments: [`--ignore-certificate-errors-spki-list=${hash}`] });
  expect(await trusting.fetch(request)).toMatchObject({ content: expect.stringContaining('over TLS') });
  await trusting.close();
  const wary = fetcherFor(options);
  await expect(wary.fetch(request)).rejects.toMatchObject({ reason: 'network' });
  await wary.close();
  await secure.close();
});

test('no browser: a fault that says so', async () => {
  const without = fetcherFor({ browserExecutable: '/nowhere/chromium' });
  await expect(
    without.fetch({ location: `${site.origin}/late`, executeClientScripts: true, select: [] }),
  ).rejects.toMatchObject({ name: 'FetchError', message: expect.stringContaining('/nowhere/chromium') });
  await without.close();
});

test('an abort ends the load with its reason', async () => {
  const reason = new Error('stopped by the person');
  const stop = new AbortController();
  setTimeout(() => stop.abort(reason), 500);
  const request = { location: `${site.origin}/late`, executeClientScripts: true, select: ['#never'] };
  await expect(fetcher.fetch(request, stop.signal)).rejects.toBe(reason);
});
