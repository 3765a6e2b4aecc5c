import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFetcher, type Fetcher, type FetcherOptions } from '../../crawler/fetch/fetcher.ts';
import { browserProcesses, profileOf, proportionalMemory, survivors } from '../helpers/browser-processes.ts';
import { gzipBomb } from '../helpers/gzip-bomb.ts';
import { type LocalSite, type Route, redirect, respond, startSite } from '../helpers/local-site.ts';

/** Long enough for the harmless document on a machine that does other work as well. */
const TIGHT = { totalTimeout: 9_000, requestTimeout: 4_000, selectTimeout: 3_000 };
/** Never reached: something else than the time is to end what a document does. */
const PATIENT = { totalTimeout: 90_000, requestTimeout: 60_000, selectTimeout: 40_000 };
/**
 * Bytes that the browser's processes may have together, whatever a document does: two gigabytes, and what one that takes
 * gigabytes a second gets before a busy machine looks again. Without the limit it would be all there is.
 */
const MOST_MEMORY = 3_500_000_000;
const html = { 'content-type': 'text/html' };
const drip: Route = (_request, response) => {
  response.writeHead(200, html);
  const timer = setInterval(() => response.write('<p>.'), 100);
  response.once('close', () => clearInterval(timer));
};

let hostile: LocalSite;
/** The same documents at other hosts, so that several are loaded at a time. */
let alike: readonly LocalSite[];
let harmless: LocalSite;
let fetcher: Fetcher;
/** Every browser process seen during a test, and the folders that they wrote in. */
let seen: Set<number>;
let profiles: Set<string>;
let watch: NodeJS.Timeout;

function open(limits: Partial<FetcherOptions>): void {
  fetcher = createFetcher({
    userAgent: 'Test',
    language: 'en',
    hostPause: 0,
    maxHtmlBytes: 5_000_000,
    allowAddresses: ['127.0.0.1'],
    ...limits,
  });
}

const load = (location: string, select: readonly string[] = []) =>
  fetcher.fetch({ location, executeClientScripts: true, select });

beforeAll(async () => {
  const bomb = await gzipBomb(400);
  const routes: Record<string, Route> = {
    '/loop': '<p>x<script>while (true);</script>',
    '/loop-after-load': '<p>x<script>addEventListener("load", () => setTimeout(() => { while (true); }, 100))</script>',
    '/loop-in-frame': '<p>x<iframe src="/loop"></iframe>',
    '/alert': '<p>x<script>for (;;) alert(1)</script>',
    '/beforeunload':
      '<p>x<script>addEventListener("beforeunload", (e) => e.preventDefault()); for (;;) confirm(1)</script>',
    '/drip': drip,
    '/drip-script': '<p>x<script src="/drip"></script>',
    '/silent': () => {},
    '/redirects': redirect('/redirects'),
    '/script-redirects': '<script>location = "/script-redirects?" + Math.random()</script>',
    '/bomb': respond(200, { ...html, 'content-encoding': 'gzip' }, bomb),
    '/bomb-script': '<p>x<script src="/bomb"></script>',
    '/huge-dom': `<p id=p>x<script>
      for (let i = 0; i < 60; i++) document.body.append(document.createTextNode('x'.repeat(100_000)))</script>`,
    '/endless-dom': `<body><script>
      (function grow() { for (let i = 0; i < 2000; i++) document.body.append(document.createElement('p')); setTimeout(grow) })()</script>`,
    '/memory': '<p>x<script>const all = []; for (;;) all.push(new Array(1e6).fill(Math.random()))</script>',
    '/buffers': '<p>x<script>const all = []; for (;;) all.push(new Uint8Array(5e7).fill(1))</script>',
    '/workers': `<p>x<script>for (let i = 0; i < 8; i++) new Worker(URL.createObjectURL(new Blob(
      ['const all = []; for (;;) all.push(new Array(1e5).fill(Math.random()))'])))</script>`,
    '/download': `<p>terms<a id=a href="/file" download="file.bin">x</a><script>a.click()</script>`,
    '/file': respond(200, { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' }, 'x'),
    '/popup': '<p>terms<script>for (let i = 0; i < 5; i++) window.open("/popped")</script>',
    '/popped': '<p>popped',
    '/service-worker': `<p id=p></p><script>navigator.serviceWorker.register('/worker.js')
      .then(() => navigator.serviceWorker.ready).then(() => fetch('/claimed')).then((r) => r.text())
      .then((t) => { p.textContent = t }, (e) => { p.textContent = 'none: ' + e.message })</script>`,
    '/worker.js': respond(
      200,
      { 'content-type': 'text/javascript' },
      `addEventListener('activate', (e) => e.waitUntil(clients.claim()));
       addEventListener('fetch', (e) => e.respondWith(new Response('forged')))`,
    ),
    '/claimed': 'from the network',
    '/permission': `<p id=p></p><script>navigator.geolocation.getCurrentPosition(
      () => { p.textContent = 'granted' }, (e) => { p.textContent = 'denied' })</script>`,
  };
  hostile = await startSite(routes);
  alike = await Promise.all([hostile, startSite(routes), startSite(routes)]);
  let asked = 0;
  harmless = await startSite({
    '/at-second': (_request, response) =>
      response.writeHead(200, html).end(++asked === 1 ? '<p id=p></p>' : '<p id=p>terms</p>'),
    '/slow': '<p id=p></p><script>setTimeout(() => { p.textContent = "terms" }, 500)</script>',
  });
});
afterAll(async () => {
  for (const site of [...alike, harmless]) await site.close();
});

beforeEach(() => {
  seen = new Set();
  profiles = new Set();
  watch = setInterval(() => {
    for (const id of browserProcesses()) {
      seen.add(id);
      const profile = profileOf(id);
      if (profile !== undefined) profiles.add(profile);
    }
  }, 200);
});
afterEach(async () => {
  await fetcher.close();
  clearInterval(watch);
  expect(seen.size).toBeGreaterThan(1);
  expect(await survivors([...seen])).toEqual([]);
  expect(profiles.size).toBeGreaterThan(0);
  await expect.poll(() => [...profiles].filter((profile) => existsSync(profile))).toEqual([]);
});

describe('hostile documents: a typed fault in time, others unharmed, nothing left', () => {
  beforeEach(() => open(TIGHT));

  test.each([
    ['/loop', 'timeout'],
    ['/loop-after-load', 'timeout'],
    ['/loop-in-frame', 'timeout'],
    ['/alert', 'timeout'],
    ['/beforeunload', 'timeout'],
  ])('%s: %s', async (path, reason) => {
    const started = performance.now();
    const other = load(`${harmless.origin}/slow`, ['#p']);
    await expect(load(hostile.origin + path, ['#never'])).rejects.toMatchObject({ name: 'FetchError', reason });
    expect(performance.now() - started).toBeLessThan(TIGHT.totalTimeout + 4_000);
    expect(await other).toMatchObject({ content: expect.stringContaining('terms') });
    // Nothing of it goes on behind our back and slows others down.
    expect(await load(`${harmless.origin}/slow`, ['#p'])).toMatchObject({ kind: 'fetched' });
  });

  test('/drip, /drip-script and /silent, which only wait, side by side: timeout', async () => {
    const paths = ['/drip', '/drip-script', '/silent'];
    const started = performance.now();
    const loads = paths.map((path, place) =>
      load(`${alike[place]?.origin}${path}`, ['#never']).catch((e: unknown) => e),
    );
    const other = load(`${harmless.origin}/slow`, ['#p']);
    for (const error of await Promise.all(loads)) {
      expect(error).toMatchObject({ name: 'FetchError', reason: 'timeout' });
    }
    expect(performance.now() - started).toBeLessThan(TIGHT.totalTimeout + 4_000);
    expect(alike.map((site, place) => site.paths.includes(paths[place] ?? ''))).toEqual([true, true, true]);
    expect(await other).toMatchObject({ content: expect.stringContaining('terms') });
    expect(await load(`${harmless.origin}/slow`, ['#p'])).toMatchObject({ kind: 'fetched' });
  });

  // Which limit ends these first depends on the machine.
  test.each(['/bomb-script', '/endless-dom'])(
    '%s: ends in time, with a document within the cap or a typed fault',
    async (path) => {
      const started = performance.now();
      const result = await load(hostile.origin + path, ['#never']).catch((error: unknown) => error);
      expect(performance.now() - started).toBeLessThan(TIGHT.totalTimeout + 4_000);
      expect(result).toSatisfy(
        (value: { name?: string; content?: string }) =>
          value.name === 'FetchError' || (value.content !== undefined && value.content.length <= 5_000_000),
      );
    },
  );
});

test.each([
  ['/redirects', 'server'],
  ['/script-redirects', 'server'],
  ['/bomb', 'too-large'],
  ['/huge-dom', 'too-large'],
])('%s: %s, long before its time is up, others unharmed', async (path, reason) => {
  open({ ...PATIENT, selectTimeout: TIGHT.selectTimeout });
  const other = load(`${harmless.origin}/slow`, ['#p']);
  await expect(load(hostile.origin + path, ['#never'])).rejects.toMatchObject({ name: 'FetchError', reason });
  expect(await other).toMatchObject({ content: expect.stringContaining('terms') });
  expect(await load(`${harmless.origin}/slow`, ['#p'])).toMatchObject({ kind: 'fetched' });
});

// V8 limits the first itself; the others are outside of what it counts.
test.each(['/memory', '/buffers', '/workers'])('%s: a typed fault, within memory', async (path) => {
  open(PATIENT);
  let peak = 0;
  const measure = setInterval(() => {
    const bytes = browserProcesses().reduce((sum, id) => sum + proportionalMemory(id), 0);
    peak = Math.max(peak, bytes);
  }, 50);
  const started = performance.now();
  await expect(load(hostile.origin + path, ['#never'])).rejects.toMatchObject({
    name: 'FetchError',
    reason: 'network',
  });
  clearInterval(measure);
  // The limit of memory ended it, not one of time.
  expect(performance.now() - started).toBeLessThan(PATIENT.selectTimeout);
  expect(peak).toBeGreaterThan(500_000_000);
  expect(peak).toBeLessThan(MOST_MEMORY);
  expect(await load(`${harmless.origin}/slow`, ['#p'])).toMatchObject({ kind: 'fetched' });
});

describe('what documents may not do', () => {
  test('download', async () => {
    open({ ...PATIENT, selectTimeout: TIGHT.selectTimeout });
    expect(await load(`${hostile.origin}/download`, ['#never'])).toMatchObject({
      content: expect.stringContaining('terms'),
    });
  });
  test('open windows', async () => {
    open({ ...PATIENT, selectTimeout: TIGHT.selectTimeout });
    expect(await load(`${hostile.origin}/popup`, ['#never'])).toMatchObject({
      content: expect.stringContaining('terms'),
    });
  });
  test('put a service worker between us and the service', async () => {
    open(PATIENT);
    const { content } = (await load(`${hostile.origin}/service-worker`, ['#p'])) as { content: string };
    expect(content).not.toContain('forged');
    expect(content).toMatch(/from the network|none: /);
  });
  test('be granted permissions', async () => {
    open(PATIENT);
    expect(await load(`${hostile.origin}/permission`, ['#p'])).toMatchObject({
      content: expect.stringContaining('>denied<'),
    });
  });
});

describe('a browser that ends by itself', () => {
  beforeEach(() => open(PATIENT));

  test('is started again, and the document that was loading is tried again', async () => {
    const loading = load(`${harmless.origin}/at-second`, ['#p']);
    // One that is killed while it starts is another fault.
    while (!harmless.paths.includes('/at-second')) await sleep(50);
    for (const id of browserProcesses()) process.kill(id, 'SIGKILL');
    expect(await loading).toMatchObject({ content: expect.stringContaining('terms') });
    expect(await load(`${harmless.origin}/slow`)).toMatchObject({ kind: 'fetched' });
  });

  test('again and again is a fault of the document', async () => {
    const loading = load(`${hostile.origin}/silent`);
    loading.catch(() => {});
    let kills = 0;
    const killer = setInterval(() => {
      for (const id of browserProcesses()) {
        kills++;
        process.kill(id, 'SIGKILL');
      }
    }, 1_000);
    await expect(loading).rejects.toMatchObject({ name: 'FetchError', reason: 'network' });
    clearInterval(killer);
    expect(kills).toBeGreaterThan(1);
  });
});
