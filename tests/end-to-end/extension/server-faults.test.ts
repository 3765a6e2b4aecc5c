import type { ServerResponse } from 'node:http';
import type { Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LastRefresh } from '../../../extension/state/last-refresh.ts';
import type { BuiltFiles } from '../../../server/extension/build-files.ts';
import { madeUpServices } from '../../bench/extension/made-up-services.ts';
import {
  type ChromiumWithExtension,
  openChromiumWithExtension,
} from '../../helpers/extension/chromium-with-extension.ts';
import { type FakeSites, openFakeSites } from '../../helpers/extension/fake-sites.ts';
import { buildMadeUp, type MadeUpService } from '../../helpers/extension/made-up-files.ts';
import { readPopup, type ShownPopup } from '../../helpers/extension/shown-popup.ts';
import { type Fault, type FileServer, startFileServer } from '../../helpers/extension/start-file-server.ts';
import { until } from '../../helpers/extension/until.ts';
import { gzipBomb } from '../../helpers/gzip-bomb.ts';

// A real Chromium, whose server fails in one way after the other. What it had before stays and is said to be old.

const DAY = 86_400_000;
const HOUR = 3_600_000;
const LARK: MadeUpService = {
  key: 'larkmail',
  domain: 'larkmail.example',
  coverage: { name: 'Larkmail' },
  alerts: [{ date: new Date(Date.now() - 5 * DAY).toISOString() }],
};
const MANY = Array.from(
  { length: 300 },
  (_, place): MadeUpService => ({ key: `svc-${String(place).padStart(4, '0')}`, domain: `site${place}.example` }),
);
const BRASS: MadeUpService = { key: 'brass-01', domain: 'brass.example', coverage: { name: 'Brass' } };

let first: BuiltFiles;
let second: BuiltFiles;
/** A hundred kilobytes, more than there is room for once it is decompressed. */
let bomb: Buffer;
let sites: FakeSites;
let server: FileServer;
let chromium: ChromiumWithExtension;
/** On the site of a service. */
let tab: Page;

beforeAll(async () => {
  first = await buildMadeUp([LARK, ...MANY]);
  second = await buildMadeUp([LARK, BRASS, ...MANY]);
  bomb = await gzipBomb(100);
  sites = await openFakeSites();
  server = await startFileServer();
  server.show(first);
  chromium = await openChromiumWithExtension({ sites, server: server.address });
  tab = await chromium.visit(LARK.domain);
});
afterAll(async () => {
  await chromium?.close();
  await server?.close();
  await sites?.close();
});

/** Clicks the extension's button on the tab, and reads what opens. */
async function popup(): Promise<ShownPopup> {
  await tab.bringToFront();
  const extension = (await chromium.browser().extensions()).get(chromium.extensionId);
  if (!extension) throw new Error('The extension is not installed');
  await tab.triggerExtensionAction(extension);
  const target = await chromium.browser().waitForTarget((one) => one.url().endsWith('/popup.html'));
  const opened = await target.asPage();
  try {
    await opened.waitForSelector('.foot');
    return await readPopup(opened);
  } finally {
    await opened.close();
    await until('the popup is closed', async () => (chromium.browser().targets().includes(target) ? undefined : true));
  }
}

/** Of the options: from where, how old, why not newer. */
async function options(): Promise<string> {
  const page = await chromium.page('options');
  try {
    const facts = await page.waitForSelector('.facts');
    return (await facts?.evaluate((one) => (one as HTMLElement).innerText)) ?? '';
  } finally {
    await page.close();
  }
}

/** When the extension asks the server again, in milliseconds from now. */
const nextIn = (): Promise<number> =>
  chromium.inExtension(async () => ((await chrome.alarms.get('refresh'))?.scheduledTime ?? 0) - Date.now());
const ring = (): Promise<void> =>
  chromium.inExtension(() => void chrome.alarms.create('refresh', { when: Date.now() }));
const lastRefresh = async (): Promise<LastRefresh> => (await chromium.stored()).lastRefresh as LastRefresh;

const isOf =
  (part: RegExp, answer: (response: ServerResponse) => unknown): Fault =>
  ({ url = '' }, response) => {
    if (!part.test(url)) return false;
    answer(response);
    return true;
  };
const all = (answer: (response: ServerResponse) => unknown): Fault => isOf(/^/, answer);
const html = (response: ServerResponse): unknown => {
  response.setHeader('content-type', 'text/html');
  return response.end('<!doctype html><title>Log in to this network</title><script>alert(1)</script>');
};
const FILES = /\/files\/|\/deltas\//;
const explode = (response: ServerResponse): unknown => {
  response.setHeader('content-encoding', 'gzip');
  return response.end(bomb);
};
const other = (response: ServerResponse): unknown =>
  response.end(Buffer.alloc(second.index.bytes, 'larkmail.example\n'));
/** The beginning of an answer that is promised to be longer. */
const broken = (response: ServerResponse): void => {
  response.setHeader('content-length', 5_000);
  response.write('{"format":1,');
  setTimeout(() => response.destroy(), 50);
};

describe('files of three days ago stay, and are said to be old,', () => {
  let before: unknown;
  beforeAll(async () => {
    await popup();
    const succeededAt = new Date(Date.now() - 3 * DAY - HOUR).toISOString();
    await chromium.store({ lastRefresh: { succeededAt, failure: null } });
    server.show(second);
    // A minute is as long as it may take; here a part of a second.
    const worker = await chromium.worker();
    await worker.evaluate(() => {
      const { timeout } = AbortSignal;
      AbortSignal.timeout = (milliseconds) => timeout.call(AbortSignal, Math.min(milliseconds, 2_000));
    });
    before = (await popup()).documents;
  });
  beforeEach(() => {
    server.requests.length = 0;
  });
  afterEach(() => {
    server.fault = undefined;
  });

  test.each<[what: string, reason: 'unreachable' | 'damaged' | 'refused' | 'busy', fault: Fault]>([
    ['where connections break', 'unreachable', all((response) => response.destroy())],
    ['where headers never end', 'unreachable', all(() => undefined)],
    ['where a file never ends', 'unreachable', isOf(FILES, (response) => response.write('larkmail'))],
    ['where an answer breaks off', 'unreachable', all(broken)],
    ['where a hotel answers in the place of the server', 'damaged', all(html)],
    ['where files are another kind of document', 'damaged', isOf(FILES, html)],
    ['where files are bombs', 'damaged', isOf(FILES, explode)],
    ['where files are as long as they should be, and others', 'damaged', isOf(FILES, other)],
    ['where it has no files', 'refused', all((response) => response.writeHead(404).end())],
    ['where it leads elsewhere', 'refused', all((response) => response.writeHead(302, { location: '/x' }).end())],
    ['where it is too busy', 'busy', all((response) => response.writeHead(503).end())],
  ])('%s: %s', async (_, reason, fault) => {
    server.fault = fault;
    expect(await chromium.refresh()).toEqual({ kind: 'failed', reason });
    expect(server.requests.length).toBeGreaterThan(0);
    const shown = await popup();
    expect(shown.documents).toEqual(before);
    expect(shown.text).toContain(`Last updated 3 days ago: what changed since is not known here. ${SAID[reason]}`);
    // Again within the hour, not at once.
    const next = await nextIn();
    expect(next).toBeGreaterThan(HOUR / 4);
    expect(next).toBeLessThan(HOUR + 1_000);
  });

  test('without a network', async () => {
    const worker = await chromium.worker();
    const cut = (offline: boolean) =>
      worker.client.send('Network.emulateNetworkConditions', {
        ...{ offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 },
      });
    await worker.client.send('Network.enable');
    await cut(true);
    expect(await chromium.refresh()).toEqual({ kind: 'failed', reason: 'unreachable' });
    expect(server.requests).toEqual([]);
    expect((await popup()).text).toContain(`Last updated 3 days ago`);
    expect(await options()).toMatch(/3 days ago .*cannot be reached/s);
    await cut(false);
  });

  test('where nobody is there; once somebody is, its next hour brings what is new', async () => {
    const port = Number(new URL(server.address).port);
    await server.close();
    expect(await chromium.refresh()).toEqual({ kind: 'failed', reason: 'unreachable' });
    expect((await popup()).documents).toEqual(before);
    expect(await options()).toMatch(/3 days ago .*cannot be reached/s);

    server = await startFileServer(port);
    server.show(first);
    server.show(second);
    await ring();
    await expect.poll(lastRefresh).toMatchObject({ failure: null });
    const shown = await popup();
    expect(shown.text).not.toContain('Last updated');
    expect(shown.text).toContain('updated this minute');
    expect(await options()).not.toMatch(/reached|damaged/);
    expect(await nextIn()).toBeGreaterThan(5 * HOUR);
    // The index by what changed, not whole.
    expect(server.requests.map(({ path }) => path)).toContainEqual(expect.stringContaining('/deltas/'));
  });
});

const SAID = {
  unreachable: 'The server could not be reached.',
  damaged: 'What the server gave was damaged and was not used.',
  refused: 'The server refused.',
  busy: 'The server was busy.',
};

test.each<[what: string, answer: (response: ServerResponse) => unknown]>([
  ['truncated', (response) => response.end('+brass.example\tbrass')],
  ['of another file', (response) => response.end('-site0.example\n')],
  ['an error', html],
])('a delta that is %s is not used: the whole file is downloaded instead', async (_, answer) => {
  // From the one to the other, and back for the next.
  const isThere = (await lines()).includes('brass.example');
  server.show(isThere ? first : second);
  server.requests.length = 0;
  server.fault = isOf(/\/deltas\//, answer);
  expect(await chromium.refresh()).toEqual({ kind: 'newer' });
  server.fault = undefined;
  const made = isThere ? first : second;
  const asked = server.requests.map(({ path }) => path.replace('/api/extension', ''));
  expect(asked).toContain(`/files/${made.index.sha256}`);
  expect(await lines()).toBe(new TextDecoder().decode(made.index.content));
  expect((await popup()).title).toContain('Larkmail');
});

test('a worker that dies over a download shows what it had, and goes on when it is woken', async () => {
  const former = await lines();
  const next = await buildMadeUp([LARK, { ...BRASS, domain: 'brass-band.example' }, ...MANY]);
  server.show(next);
  let isHanging = false;
  server.fault = isOf(FILES, () => {
    isHanging = true;
  });
  await ring();
  await expect.poll(() => isHanging).toBe(true);
  await chromium.sleepWorker();
  server.fault = undefined;
  expect((await popup()).title).toContain('Larkmail');
  expect(await lines()).toBe(former);
  // It was set before anything was asked for.
  expect(await nextIn()).toBeGreaterThan(HOUR / 4);
  await ring();
  await expect.poll(lines).toBe(new TextDecoder().decode(next.index.content));
});

test('a server of 100,000 services: all are found', async () => {
  const services = madeUpServices(100_000).map((service): MadeUpService => {
    return { ...service, domain: service.domain.replace('.com', '.test'), alerts: [] };
  });
  server.show(await buildMadeUp([LARK, ...services]));
  expect(await chromium.refresh()).toEqual({ kind: 'newer' });
  expect((await popup()).title).toContain('Larkmail');
  for (const place of [0, 33_333, 66_667, 99_999]) {
    const { domain, coverage } = services[place] ?? { domain: '' };
    await tab.goto(`http://www.${domain}/`);
    expect((await popup()).title).toContain(coverage?.name ?? 'no such service');
  }
  await tab.goto('http://nowhere.test/');
  expect((await popup()).text).toContain('nowhere.test');
});

/** The index as the browser has it. */
const lines = (): Promise<string> =>
  chromium.inExtension(async () => {
    const asked = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const [{ name = '' } = {}] = await indexedDB.databases();
    const database = await asked(indexedDB.open(name));
    const { manifest } = await asked(database.transaction('about').objectStore('about').get('stored'));
    const all = IDBKeyRange.bound([manifest.index.sha256], [manifest.index.sha256, []]);
    const parts: Uint8Array[] = await asked(database.transaction('parts').objectStore('parts').getAll(all));
    database.close();
    return parts.map((part) => new TextDecoder().decode(part)).join('');
  });
