import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startBrowser } from '../../crawler/fetch/browser-process.ts';
import { createFetcher, type Fetcher } from '../../crawler/fetch/fetcher.ts';
import { browserProcesses, roleOf, survivors } from '../helpers/browser-processes.ts';
import { startProcess } from '../helpers/child-process.ts';
import { type LocalSite, type Route, startSite } from '../helpers/local-site.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const TOTAL = 4_000;
const limits = { hostPause: 0, totalTimeout: TOTAL, requestTimeout: 10_000, selectTimeout: 10_000 };
const program = fileURLToPath(new URL('./fetch-in-browser.ts', import.meta.url));

let site: LocalSite;
/** Other hosts, so that the pause for one host holds nobody up. */
let others: LocalSite;
let fetcher: Fetcher;

const load = (location: string, select: readonly string[]) =>
  fetcher.fetch({ location, executeClientScripts: true, select });
const asked = async (path: string, after: number): Promise<void> => {
  while (!site.paths.slice(after).includes(path)) await sleep(20);
};
const never: Route = () => {};

beforeAll(async () => {
  site = await startSite({
    '/loading': '<p>x<script src="/never"></script>',
    '/never': never,
    '/loaded': '<p>x<script>addEventListener("load", () => fetch("/has-loaded"))</script>',
    '/has-loaded': 'x',
    '/terms': '<p id=p></p><script>setTimeout(() => { p.textContent = "terms" }, 300)</script>',
  });
  others = await startSite({
    '/terms': '<p id=p></p><script>setTimeout(() => { p.textContent = "terms" }, 300)</script>',
  });
});
afterAll(async () => {
  await site.close();
  await others.close();
});

/** Stops processes of the browser of ours that were not there before, by what they do; gives their ids. */
function stop(role: 'renderer' | 'main' | 'every', known: ReadonlySet<number>): number[] {
  const chosen = browserProcesses().filter(
    (id) => role === 'every' || (roleOf(id) === role && (role === 'main' || !known.has(id))),
  );
  for (const id of chosen) process.kill(id, 'SIGSTOP');
  return chosen;
}

describe('a browser that is really stuck: a typed timeout in time, another browser, nothing left', () => {
  let before: number[];
  beforeEach(async () => {
    fetcher = createFetcher({ userAgent: 'Test', language: 'en', ...limits, allowAddresses: ['127.0.0.1'] });
    await load(`${others.origin}/terms`, ['#p']);
    before = browserProcesses();
  });
  afterEach(() => fetcher.close());

  test.each([
    ['renderer', 'loading', '/never'],
    ['renderer', 'loaded', '/has-loaded'],
    ['main', 'loading', '/never'],
    ['main', 'loaded', '/has-loaded'],
    ['every', 'loading', '/never'],
  ] as const)('%s process stopped while a document is %s', async (role, document, sign) => {
    const seen = site.paths.length;
    const started = performance.now();
    const stuck = load(`${site.origin}/${document}`, ['#never']).catch((error: unknown) => error);
    await asked(sign, seen);
    const stopped = stop(role, new Set(before));
    expect(stopped.length).toBeGreaterThan(0);
    const other = load(`${others.origin}/terms`, ['#p']);
    other.catch(() => {});
    const processes = browserProcesses();
    expect(await stuck).toMatchObject({ name: 'FetchError', reason: 'timeout' });
    expect(performance.now() - started).toBeLessThan(TOTAL + 1_000);
    expect(await other).toMatchObject({ content: expect.stringContaining('terms') });
    expect(await survivors(role === 'renderer' ? stopped : processes)).toEqual([]);
    expect(await load(`${site.origin}/terms`, ['#p'])).toMatchObject({ content: expect.stringContaining('terms') });
    const all = [...processes, ...browserProcesses()];
    await fetcher.close();
    expect(await survivors(all)).toEqual([]);
  });

  test('stopped while nothing loads: closing ends it', async () => {
    expect(stop('every', new Set()).length).toBeGreaterThan(1);
    const started = performance.now();
    await fetcher.close();
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await survivors(before)).toEqual([]);
  });

  test('an abort does not wait for it', async () => {
    const seen = site.paths.length;
    const reason = new Error('stopped by the person');
    const abort = new AbortController();
    const request = { location: `${site.origin}/loading`, executeClientScripts: true, select: [] };
    const aborted = fetcher.fetch(request, abort.signal).catch((error: unknown) => error);
    await asked('/never', seen);
    stop('every', new Set());
    abort.abort(reason);
    expect(await aborted).toBe(reason);
    expect(await survivors(before)).toEqual([]);
  });
});

test('a browser that starts and then says nothing is killed, and said to be at fault', async () => {
  const folder = await temporaryDirectory();
  const silent = join(folder, 'silent-chromium');
  await writeFile(silent, `#!/bin/sh\necho $$ > ${folder}/started\nexec sleep 1000\n`, { mode: 0o755 });
  const starting = startBrowser({ executable: silent, arguments: [], isRoot: true, startTimeout: 1_000 });
  await expect(starting).rejects.toThrow('did not answer in time');
  const started = Number(await readFile(join(folder, 'started'), 'utf8'));
  expect(started).toBeGreaterThan(1);
  expect(await survivors([started])).toEqual([]);
});

test('calls to a stopped browser neither keep a program alive nor end it with an unhandled rejection', async () => {
  const seen = site.paths.length;
  const options = { location: `${site.origin}/loading`, allowAddresses: [site.address], ...limits };
  const { child, lines } = startProcess(program, [JSON.stringify(options)]);
  const closed = once(child, 'close');
  await asked('/never', seen);
  const processes = stop('every', new Set());
  expect(processes.length).toBeGreaterThan(1);
  const { value } = await lines.next();
  expect(JSON.parse(value)).toMatchObject({ name: 'FetchError', reason: 'timeout' });
  const started = performance.now();
  expect(await closed).toEqual([0, null]);
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(await survivors(processes)).toEqual([]);
});
