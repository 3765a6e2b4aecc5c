import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { endProcesses, MAIN, type Started, startBaseline, startServer } from './api-processes.ts';
import { askMany, timesOf } from './asked.ts';
import { type Figure, report } from './figures.ts';
import { askPage, type PageAnswer, partsOf, partsOfStyle } from './pages-asked.ts';
import { choosePages, type PageKind } from './pages-chosen.ts';

// What readers of the website wait for, and what a browser transfers for it, over the archive with 42,632 versions, over
// a socket and compressed; beside a bare Hono in the same run. `--data=DIR` uses a folder with `versions` and an index
// that is there already. `--worst` names the addresses that took longest, and `--kind=start` asks for one kind alone.

const SHARED = new URL('../../../shared/data/', import.meta.url).pathname;
const DECLARATIONS = join(SHARED, 'contrib-declarations');
const COLLECTION = 'contrib';
const GOAL_BYTES = 100_000;
const GOAL = 30;
const REQUESTS = 4_000;
const NAMED_WORST = 3;

const run = promisify(execFile);
const argument = (name: string): string | undefined =>
  process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3);
const figures: Figure[] = [];
const title = 'Website over contrib-versions, 42,632 records';

if (existsSync(SHARED)) {
  const directory = await mkdtemp(join(tmpdir(), 'clausewatch-bench-'));
  try {
    await measure(argument('data') ?? (await prepare(directory)));
  } finally {
    await endProcesses();
    await rm(directory, { recursive: true, force: true });
  }
} else process.stderr.write(`No ${SHARED}: this benchmark needs the real archive beside the project.\n`);
report({ name: title, figures });

async function prepare(data: string): Promise<string> {
  await run('git', ['clone', '--quiet', '--bare', join(SHARED, 'contrib-versions.bundle'), join(data, 'versions')]);
  await run(process.execPath, [MAIN, 'reindex', '--collection', DECLARATIONS, '--data', data]);
  return data;
}

async function measure(data: string): Promise<void> {
  const kinds = (await choosePages(data, COLLECTION)).filter(({ name }) => name === (argument('kind') ?? name));
  const server = await startServer(DECLARATIONS, data);
  const before = await memory(server.pid);
  // The very first page of each kind: nothing of the program has run yet.
  const cold = await Promise.all(kinds.map(({ paths: [path = '/'] }) => path)).then((paths) => askEach(server, paths));
  const parts = await partsWeight(server, cold);
  const baseline = await startBaseline(20_000);
  const bare = await askEach(
    baseline,
    Array.from({ length: 300 }, () => '/'),
  );
  const floor = timesOf(bare.slice(100).map(({ milliseconds }) => milliseconds));
  figures.push(
    {
      label: 'bare Hono: median',
      value: floor.median,
      unit: 'ms',
      meaning: `a constant body of 20 KB; its p95 ${floor.p95.toFixed(2)} ms`,
    },
    {
      label: 'first page after the start, slowest kind',
      value: Math.max(...cold.map(({ milliseconds }) => milliseconds)),
      unit: 'ms',
      meaning: `of ${kinds.length} kinds, each asked once by a program that has not run yet`,
    },
    { label: 'styles, script and icon', value: parts / 1000, unit: 'KB', meaning: 'fetched once, kept for a year' },
  );
  for (const kind of kinds) addKind(kind, await timesOfKind(server, kind), parts, floor.median);
  const after = await memory(server.pid);
  const everything = kinds.flatMap(({ paths, isLedTo }) => (isLedTo ? [] : paths.slice(0, 20)));
  await askMany(server.origin, everything, REQUESTS);
  const late = await memory(server.pid);
  figures.push(
    { label: 'memory after the start', value: before.now, unit: 'MB', meaning: 'resident set of the server' },
    { label: 'memory after what stands above', value: after.now, unit: 'MB', meaning: 'its gits apart' },
    {
      label: 'peak memory',
      value: late.peak,
      unit: 'MB',
      meaning: `with ${REQUESTS} requests more for pages of all kinds, 10 at a time`,
    },
  );
}

interface KindTimes {
  readonly first: readonly PageAnswer[];
  readonly again: readonly PageAnswer[];
}

async function timesOfKind(server: Started, { name, paths, isLedTo }: PageKind): Promise<KindTimes> {
  const there = isLedTo ? await ledTo(server, paths) : [...new Set(paths)];
  const first = await askEach(server, there);
  if (process.argv.includes('--worst')) nameWorst(name, there, first);
  return { first, again: await askEach(server, there) };
}

/** Where redirects lead; what has nothing to lead to is left out. */
async function ledTo({ origin, pid }: Started, paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const { location } = await askPage(`${origin}${path}`, pid);
    if (location !== undefined) found.add(location);
  }
  return [...found];
}

async function askEach({ origin, pid }: Started, paths: readonly string[]): Promise<PageAnswer[]> {
  const answers: PageAnswer[] = [];
  for (const path of paths) {
    const answer = await askPage(`${origin}${path}`, pid);
    if (answer.status >= 400)
      throw new Error(`${path} was answered with ${answer.status}: ${answer.html.slice(0, 300)}`);
    answers.push(answer);
  }
  return answers;
}

/** Bytes of all that any of the pages has a browser fetch besides, and the style sheets in turn. */
async function partsWeight({ origin, pid }: Started, pages: readonly PageAnswer[]): Promise<number> {
  const left = [...new Set(pages.flatMap(({ html }) => partsOf(html)))];
  const seen = new Set<string>();
  let bytes = 0;
  for (let address = left.shift(); address !== undefined; address = left.shift()) {
    if (seen.has(address)) continue;
    seen.add(address);
    const answer = await askPage(`${origin}${address}`, pid);
    bytes += answer.bytes;
    if (address.endsWith('.css')) left.push(...partsOfStyle(answer.html).map((one) => new URL(one, origin).pathname));
  }
  return bytes;
}

function addKind({ name, isLong, goal = GOAL }: PageKind, { first, again }: KindTimes, parts: number, floor: number) {
  if (first.length === 0) return;
  const times = timesOf(first.map(({ milliseconds }) => milliseconds));
  const warm = timesOf(again.map(({ milliseconds }) => milliseconds));
  const work = timesOf(first.map(({ processor }) => processor));
  const weights = first.map(({ bytes }) => (bytes + parts) / 1000);
  const heaviest = Math.max(...weights);
  const compared = (value: number) => ({ value, baseline: floor, ratio: floor / value });
  figures.push(
    {
      label: `${name}: weight`,
      value: heaviest,
      unit: 'KB',
      baseline: GOAL_BYTES / 1000,
      ratio: GOAL_BYTES / 1000 / heaviest,
      meaning: `transferred with styles, script and icon: the heaviest of ${first.length}, median ${timesOf(weights).median.toFixed(1)} KB; ${isLong ? 'without a goal: as long as the text' : 'beside the goal'}`,
    },
    {
      label: `${name}: median`,
      ...compared(times.median),
      unit: 'ms',
      meaning: `each asked for the first time; goal ${goal} ms; processor time ${work.median.toFixed(1)} ms`,
    },
    {
      label: `${name}: p95`,
      ...compared(times.p95),
      unit: 'ms',
      meaning: `slowest ${Math.max(...first.map(({ milliseconds }) => milliseconds)).toFixed(1)} ms; processor time ${work.p95.toFixed(1)} ms`,
    },
    {
      label: `${name}, again: median`,
      ...compared(warm.median),
      unit: 'ms',
      meaning: `a second time; p95 ${warm.p95.toFixed(1)} ms`,
    },
  );
}

function nameWorst(name: string, paths: readonly string[], answers: readonly PageAnswer[]): void {
  const slowest = answers
    .map(({ milliseconds, processor, bytes }, place) => ({ path: paths[place], milliseconds, processor, bytes }))
    .toSorted((a, b) => b.processor - a.processor)
    .slice(0, NAMED_WORST);
  for (const { path, milliseconds, processor, bytes } of slowest)
    process.stderr.write(
      `${name}: ${milliseconds.toFixed(1)} ms, processor ${processor.toFixed(1)} ms, ${(bytes / 1000).toFixed(1)} KB: ${path}\n`,
    );
}

async function memory(pid: number): Promise<{ readonly now: number; readonly peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const of = (field: string): number =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN) / 1024;
  return { now: of('VmRSS'), peak: of('VmHWM') };
}
