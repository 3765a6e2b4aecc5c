import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFetcher, type Fetcher } from '../../crawler/fetch/fetcher.ts';
import type { Resolve } from '../../crawler/fetch/guard.ts';
import { type LocalSite, redirect, startSite } from '../helpers/local-site.ts';

// `trap` stands for what is inside and listens on every address of this machine; `site` is outside, as `*.test` names say.
let trap: LocalSite;
let site: LocalSite;

/** Attack → document that tries to reach `inside` (`host:port`). */
const attacks: Record<string, (inside: string) => string> = {
  image: (inside) => `<img src="http://${inside}/">`,
  stylesheet: (inside) => `<link rel=stylesheet href="http://${inside}/">`,
  script: (inside) => `<script src="http://${inside}/"></script>`,
  'module script': (inside) => `<script type=module>import("http://${inside}/x.js").catch(() => {})</script>`,
  font: (inside) =>
    `<style>@font-face { font-family: f; src: url(http://${inside}/f) } p { font-family: f }</style><p>x`,
  'background image': (inside) => `<body style="background: url(http://${inside}/)">`,
  video: (inside) => `<video autoplay src="http://${inside}/"></video>`,
  object: (inside) => `<object data="http://${inside}/"></object><embed src="http://${inside}/">`,
  iframe: (inside) => `<iframe src="http://${inside}/"></iframe>`,
  'image in a frame of another site': () => `<iframe src="http://other.test:${site.port}/frame"></iframe>`,
  fetch: (inside) => `<script>fetch("http://${inside}/", { mode: "no-cors" }).catch(() => {})</script>`,
  'redirected fetch': (inside) =>
    `<script>fetch("/to?target=" + encodeURIComponent("http://${inside}/"), { mode: "no-cors" }).catch(() => {})</script>`,
  XMLHttpRequest: (inside) =>
    `<script>const x = new XMLHttpRequest(); x.open("GET", "http://${inside}/"); x.send()</script>`,
  beacon: (inside) => `<script>navigator.sendBeacon("http://${inside}/", "x")</script>`,
  ping: (inside) => `<a id=a href="#x" ping="http://${inside}/">x</a><script>a.click()</script>`,
  WebSocket: (inside) => `<script>new WebSocket("ws://${inside}/")</script>`,
  'secure WebSocket': (inside) => `<script>new WebSocket("wss://${inside}/")</script>`,
  EventSource: (inside) => `<script>new EventSource("http://${inside}/")</script>`,
  WebTransport: (inside) => `<script>try { new WebTransport("https://${inside}/") } catch {}</script>`,
  worker: (inside) =>
    `<script>new Worker(URL.createObjectURL(new Blob(['fetch("http://${inside}/", { mode: "no-cors" })'])))</script>`,
  'shared worker': (inside) =>
    `<script>new SharedWorker(URL.createObjectURL(new Blob(['fetch("http://${inside}/", { mode: "no-cors" })'])))</script>`,
  'service worker': (inside) =>
    `<script>navigator.serviceWorker.register("/worker.js?http://${inside}/").catch(() => {})</script>`,
  'form post': (inside) => `<form id=f method=post action="http://${inside}/"></form><script>f.submit()</script>`,
  'form into a frame': (inside) =>
    `<iframe name=t></iframe><form id=f target=t method=post action="http://${inside}/"></form><script>f.submit()</script>`,
  preconnect: (inside) => `<link rel=preconnect href="http://${inside}/">`,
  'dns-prefetch': (inside) => `<link rel=dns-prefetch href="http://${inside}/">`,
  prefetch: (inside) => `<link rel=prefetch href="http://${inside}/">`,
  preload: (inside) => `<link rel=preload as=script href="http://${inside}/">`,
  'speculation rules': (inside) =>
    `<script type=speculationrules>{"prerender":[{"source":"list","urls":["http://${inside}/"]}],"prefetch":[{"source":"list","urls":["http://${inside}/"]}]}</script>`,
  manifest: (inside) => `<link rel=manifest href="http://${inside}/">`,
  icon: (inside) => `<link rel=icon href="http://${inside}/">`,
  popup: (inside) => `<script>window.open("http://${inside}/")</script>`,
  'script redirect': (inside) => `<script>location = "http://${inside}/"</script>`,
  'meta refresh': (inside) => `<meta http-equiv=refresh content="0; url=http://${inside}/">`,
  'proxied by https': (inside) => `<script>fetch("https://${inside}/", { mode: "no-cors" }).catch(() => {})</script>`,
  WebRTC: (inside) =>
    `<script>const c = new RTCPeerConnection({ iceServers: [{ urls: "turn:${inside}?transport=tcp", username: "x", credential: "x" }] });
     c.createDataChannel("x"); c.createOffer().then((o) => c.setLocalDescription(o))</script>`,
};

/**
 * Attacks that reach the trap when it is allowed, so that their silence below means something. (The others are dropped
 * earlier, as images and fonts are, or not begun by a headless browser, as icons are; 24 of the 36 reach it.)
 */
const reaching = [
  'script',
  'iframe',
  'fetch',
  'redirected fetch',
  'WebSocket',
  'secure WebSocket',
  'EventSource',
  'form post',
  'worker',
  'prefetch',
  'popup',
  'WebRTC',
];

const spellings = (): string[] =>
  [
    '127.0.0.1',
    'localhost',
    'localhost.',
    'inside.test',
    '0x7f.1',
    '2130706433',
    '127.1',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
  ].map((host) => `${host}:${trap.port}`);

const resolve: Resolve = (() => {
  const asked = new Map<string, number>();
  return async (host) => {
    const times = (asked.get(host) ?? 0) + 1;
    asked.set(host, times);
    // Public at first, inside later: an answer that was checked must not be asked for again.
    if (host === 'rebinding.test' && times === 1) return [{ address: '127.0.0.3', family: 4 }];
    if (host === 'inside.test' || host === 'rebinding.test') return [{ address: '127.0.0.2', family: 4 }];
    if (host.startsWith('localhost')) return [{ address: '127.0.0.1', family: 4 }];
    return [{ address: '127.0.0.3', family: 4 }];
  };
})();

const fetcherThatAllows = (allowAddresses: readonly string[]): Fetcher =>
  createFetcher({
    userAgent: 'Test',
    language: 'en',
    hostPause: 0,
    browserConcurrency: 6,
    requestTimeout: 4_000,
    // An element that never comes is waited for: so long each attack has its chance.
    selectTimeout: 700,
    totalTimeout: 8_000,
    resolve,
    allowAddresses,
  });
/** Each under a host of its own, so that they need not wait for each other. */
let visits = 0;
const visit = (fetcher: Fetcher, path: string) =>
  fetcher
    .fetch({
      location: `http://outside-${visits++}.test:${site.port}${path}`,
      executeClientScripts: true,
      select: ['#never'],
    })
    .catch((error: unknown) => error);
const query = (attack: string, inside: string): string => `/attack?${new URLSearchParams({ attack, inside })}`;

beforeAll(async () => {
  trap = await startSite({ '/': '<p>inside' }, { host: '::' });
  site = await startSite(
    {
      '/attack': (request, response) => {
        const parameters = new URL(request.url ?? '', 'http://site').searchParams;
        const document = attacks[parameters.get('attack') ?? ''];
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end(`<!doctype html><body>${document?.(parameters.get('inside') ?? '')}<p>terms`);
      },
      '/frame': `<img src="http://127.0.0.1:${trap.port}/"><script>fetch("http://127.0.0.1:${trap.port}/")</script>`,
      '/worker.js': (request, response) => {
        response.writeHead(200, { 'content-type': 'text/javascript' });
        response.end(`fetch(${JSON.stringify((request.url ?? '').replace(/.*\?/, ''))}, { mode: "no-cors" })`);
      },
      '/to': (request, response) => {
        response
          .writeHead(302, { location: new URL(request.url ?? '', 'http://site').searchParams.get('target') ?? '' })
          .end();
      },
      '/redirect': redirect(`http://0x7f.1:${trap.port}/`),
    },
    { host: '127.0.0.3' },
  );
});
afterAll(async () => {
  await trap.close();
  await site.close();
});

test('what the browser reaches when it is allowed: the test below can fail', async () => {
  const fetcher = fetcherThatAllows([site.address, '127.0.0.1']);
  const missed: string[] = [];
  for (const attack of reaching) {
    const before = trap.connections;
    await visit(fetcher, query(attack, `127.0.0.1:${trap.port}`));
    if (trap.connections === before) missed.push(attack);
  }
  expect(missed).toEqual([]);
  await fetcher.close();
});

test('nothing that a document does connects inside', async () => {
  const fetcher = fetcherThatAllows([site.address]);
  const before = trap.connections;
  await Promise.all(Object.keys(attacks).map((attack) => visit(fetcher, query(attack, `127.0.0.1:${trap.port}`))));
  await Promise.all(spellings().map((inside) => visit(fetcher, query('fetch', inside))));
  await visit(fetcher, query('iframe', `rebinding.test:${trap.port}`));
  // What was begun at the very end gets its chance.
  await sleep(500);
  expect(site.paths.filter((path) => path.startsWith('/attack')).length).toBeGreaterThan(Object.keys(attacks).length);
  expect(trap.connections - before).toBe(0);
  await fetcher.close();
});

test('a location inside, declared or redirected to, is a forbidden-address', async () => {
  const fetcher = fetcherThatAllows([site.address]);
  const before = trap.connections;
  for (const inside of spellings()) {
    const request = { location: `http://${inside}/`, executeClientScripts: true, select: [] };
    await expect(fetcher.fetch(request)).rejects.toMatchObject({ reason: 'forbidden-address' });
  }
  expect(await visit(fetcher, '/redirect')).toMatchObject({ reason: 'forbidden-address' });
  expect(await visit(fetcher, '/to?target=file:///etc/hostname')).toMatchObject({ name: 'FetchError' });
  expect(trap.connections - before).toBe(0);
  await fetcher.close();
});
