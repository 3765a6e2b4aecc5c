import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { build } from 'wxt';
import { findBrowser } from '../../crawler/fetch/browser-executable.ts';
import { buildMadeUp } from '../helpers/extension/made-up-files.ts';
import { startFileServer } from '../helpers/extension/start-file-server.ts';
import { timesOf } from './asked.ts';
import { builtSizes, SILENT, type Size } from './extension/built-sizes.ts';
import type { Bench } from './extension/entrypoints/bench/main.ts';
import { asList, hostsOf, madeUpServices } from './extension/made-up-services.ts';
import { workerMemory } from './extension/worker-memory.ts';
import { type Figure, report } from './figures.ts';

// What the extension costs a browser: measured in pages of an extension, in a real Chromium, made of the extension's own
// modules. The files come from a server on this machine, made by the server's own code.

const asked = process.argv
  .slice(2)
  .map(Number)
  .filter((count) => count > 0);
const COUNTS = asked.length > 0 ? asked : [1_000, 10_000, 100_000];
const MEGABYTE = 1_000_000;
const KILOBYTE = 1_000;
const COLD_RUNS = 7;
const figures: Figure[] = [];

const directory = await mkdtemp(join(tmpdir(), 'clausewatch-bench-'));
try {
  await measureSizes();
  await buildBench();
  for (const count of COUNTS) await measureAt(count);
} finally {
  await rm(directory, { recursive: true, force: true });
}
report({ name: 'Extension', figures });

/** What the design allows: docs of the figures say it. */
async function measureSizes(): Promise<void> {
  for (const browser of ['chrome', 'firefox'] as const) {
    const sizes = await builtSizes(browser, join(directory, 'built'));
    const add = (part: string, size: Size | undefined, allowed: number): void => {
      if (!size) return;
      const meaning = `at most ${allowed} KB are allowed; ${(size.compressed / KILOBYTE).toFixed(1)} KB compressed`;
      figures.push({ label: `${browser}: ${part}`, value: size.bytes / KILOBYTE, unit: 'KB', meaning });
    };
    add('background', sizes.background, 25);
    add('popup', sizes.popup, 60);
    add('agree script', sizes.agree, 12);
    add('zip', sizes.zip, 250);
  }
}

async function buildBench(): Promise<void> {
  await build({
    ...{ configFile: false, srcDir: 'tests/bench/extension', publicDir: 'extension/public', imports: false },
    ...{ modules: ['@wxt-dev/webextension-polyfill'], browser: 'chrome', manifestVersion: 3, logger: SILENT },
    outDir: join(directory, 'bench'),
    manifest: {
      name: 'Benchmark',
      default_locale: 'en',
      permissions: ['storage', 'unlimitedStorage', 'tabs', 'declarativeContent'],
      action: {},
    },
  });
}

async function measureAt(count: number): Promise<void> {
  const services = madeUpServices(count);
  const server = await startFileServer();
  const browser = await openBrowser();
  try {
    const extension = await browser.installExtension(join(directory, 'bench', 'chrome-mv3'));
    const open = async (): Promise<Page> => {
      const page = await browser.newPage();
      await page.goto(`chrome-extension://${extension}/bench.html`);
      return page;
    };
    const add = adder(`${count.toLocaleString('en')} services`);
    const page = await open();
    const first = await buildMadeUp(services);
    server.show(first);
    const meaning = `index ${megabytes(first.index.bytes)}, services ${megabytes(first.services.bytes)}, ${first.recent.length} shards of recent changes, from this machine; checked, taken apart, stored`;
    add('first refresh', await call(page, 'refresh', server.address), 'ms', meaning);
    server.show(await buildMadeUp(services.slice(count / 1_000)));
    add(
      'refresh',
      await call(page, 'refresh', server.address),
      'ms',
      'a thousandth of the services is gone: two deltas, and all shards of recent changes',
    );

    await call(page, 'touch');
    const before = await memoryOf(page);
    await call(page, 'hold');
    const held = (await memoryOf(page)) - before;
    await call(page, 'release');
    await call(page, 'holdParsed');
    const parsed = (await memoryOf(page)) - before;
    await call(page, 'release');
    compare(
      add,
      'memory of the index',
      [held, parsed].map((bytes) => bytes / MEGABYTE),
      'MB',
      'after garbage collection: where its parts and those of the services are; baseline: its lines as objects in a map; at most 3 MB',
    );

    const worker = await workerMemory(browser, join(directory, 'built', 'chrome-mv3'), server.address);
    add(
      'memory of the worker',
      worker.after / MEGABYTE,
      'MB',
      `of the built extension, after garbage collection, once all was downloaded and told of; ${megabytes(worker.before)} when it has started`,
    );

    const coldLoads = await cold(open, async (fresh) => (await call(fresh, 'load', 1))[0] ?? Number.NaN);
    add(
      'index load, cold',
      timesOf(coldLoads).median,
      'ms',
      `median of ${COLD_RUNS} new pages: opens the database, reads the manifest and where the parts of index and services are; at most 10 ms`,
    );
    add('index load', timesOf(await call(page, 'load', 21)).median, 'ms', 'median of 21, the database is open');

    const hosts = hostsOf(services.slice(count / 1_000), 200);
    add(
      'look-up',
      await call(page, 'lookUp', hosts),
      'ms',
      'of a host in the index, half of them tracked: reads the parts around it',
    );
    const tracked = hosts.filter((_, place) => place % 2 === 1);
    add(
      'popup reads a site',
      timesOf(await call(page, 'popup', tracked)).median,
      'ms',
      'median of 100: what is tracked, its recent redlines, marks; nothing is asked of anybody',
    );

    add(
      'icon and badges made anew',
      await call(page, 'tell'),
      'ms',
      'after a refresh: what is told of every site; four of ten services changed in 30 days',
    );
    await measureNavigation({ page, open, hosts, services: asList(services), add });
  } finally {
    await browser.close();
    await server.close();
  }
}

interface Navigation {
  readonly page: Page;
  readonly open: () => Promise<Page>;
  readonly hosts: readonly string[];
  readonly services: ReturnType<typeof asList>;
  readonly add: Add;
}

async function measureNavigation({ page, open, hosts, services, add }: Navigation): Promise<void> {
  const coldTimes = await cold(open, (fresh) => call(fresh, 'navigate', hosts.slice(1, 2)));
  await call(page, 'navigate', hosts.slice(0, 4));
  const warm = await call(page, 'navigate', hosts);
  await call(page, 'plantList', services);
  const list = timesOf(await call(page, 'navigateByList', hosts.slice(0, 11)));
  await call(page, 'dropList');
  const why = 'baseline: the whole list is read from storage and searched for each tab event';
  compare(
    add,
    'navigation, warm',
    [warm, list.median],
    'ms',
    `mean of 200 with the permission for tabs, until the badge is set; ${why}; at most 1 ms`,
  );
  compare(
    add,
    'navigation, cold',
    [timesOf(coldTimes).median, list.median],
    'ms',
    `median of ${COLD_RUNS}, the first one of a new page, as in a worker that was just woken; ${why}; at most 15 ms`,
  );
}

async function cold(open: () => Promise<Page>, measure: (page: Page) => Promise<number>): Promise<readonly number[]> {
  const all: number[] = [];
  for (let run = 0; run < COLD_RUNS; run++) {
    const page = await open();
    all.push(await measure(page));
    await page.close();
  }
  return all;
}

async function openBrowser(): Promise<Browser> {
  return puppeteer.launch({
    executablePath: await findBrowser(process.env.PUPPETEER_EXECUTABLE_PATH),
    pipe: true,
    enableExtensions: true,
    protocolTimeout: 600_000,
    args: ['--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
  });
}

/** Calls a function of the page. */
function call<Name extends keyof Bench>(
  page: Page,
  name: Name,
  ...given: Parameters<Bench[Name]>
): Promise<Awaited<ReturnType<Bench[Name]>>> {
  const work = `bench.${name}(${given.map((argument) => JSON.stringify(argument)).join(', ')})`;
  return page.evaluate(work) as Promise<Awaited<ReturnType<Bench[Name]>>>;
}

/** Objects and buffers of a page that are still used. */
async function memoryOf(page: Page): Promise<number> {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.enable');
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize + backingStorageSize;
}

type Add = (label: string, value: number, unit: string, meaning: string, baseline?: number) => void;

function adder(what: string): Add {
  return (label, value, unit, meaning, baseline) => {
    const compared = baseline === undefined ? {} : { baseline, ratio: baseline / value };
    figures.push({ label: `${what}: ${label}`, value, unit, meaning, ...compared });
  };
}

function compare(
  add: Add,
  label: string,
  [value = 0, baseline = 0]: readonly number[],
  unit: string,
  meaning: string,
): void {
  add(label, value, unit, meaning, baseline);
}

function megabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}
