import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { standOnBranch, timesToAnswer } from './api-continued.ts';
import { endProcesses, MAIN, startBaseline, startServer } from './api-processes.ts';
import { chooseRecords } from './api-records.ts';
import { ask, askEach, askMany, type Times, throughput, timesOf } from './asked.ts';
import { type Figure, report } from './figures.ts';

// What readers of the archive with 42,632 versions wait for, over a socket, uncompressed; beside a bare Hono that
// answers a constant body of the same size in the same run. `--data=DIR` uses a folder with `versions` and an index
// that is there already, and adds records to them.

const SHARED = new URL('../../../shared/data/', import.meta.url).pathname;
const SECONDS = 6;
const TRIPLES = 30;
const REQUESTS = 10_000;
const REDLINES = 12;
const FETCHES = 20;

const SEARCHES = [
  ...[
    'privacy',
    'data',
    'the',
    'arbitration',
    'cookies',
    'terms service',
    'children',
    'liability',
    'you agree',
    'law*',
  ],
  ...['indemnify', 'biometric', 'ombudsman', 'pseudonym*', 'Datenschutz', 'résiliation', 'zeppelin'],
  ...['"class action waiver"', '"legitimate interest"', 'arbitration OR mediation -waiver'],
];

const run = promisify(execFile);
const given = process.argv.find((argument) => argument.startsWith('--data='))?.slice('--data='.length);
const directory = await mkdtemp(join(tmpdir(), 'clausewatch-bench-'));
const data = given ?? directory;
const figures: Figure[] = [];
try {
  if (!existsSync(SHARED)) throw new Error(`No ${SHARED}: this benchmark needs the real archive beside the project`);
  if (!given) {
    await run('git', ['clone', '--quiet', '--bare', join(SHARED, 'contrib-versions.bundle'), join(data, 'versions')]);
    await run(process.execPath, [MAIN, 'reindex', '--collection', collection(), '--data', data]);
  }
  await standOnBranch(join(data, 'versions'));
  await measure();
} finally {
  await endProcesses();
  await rm(directory, { recursive: true, force: true });
}
report({ name: 'API over contrib-versions, 42,632 records', figures });

function collection(): string {
  return join(SHARED, 'contrib-declarations');
}

async function measure(): Promise<void> {
  const started = performance.now();
  const server = await startServer(collection(), data);
  const api = '/contrib/api/v1';
  await ask(`${server.origin}${api}/version/Facebook/Privacy%20Policy/latest`);
  figures.push({
    label: 'server start',
    value: (performance.now() - started) / 1000,
    unit: 's',
    meaning: 'process, index that is up to date, first version answered; goal 1 s for the index',
  });
  const before = await residentMegabytes(server.pid);
  const { triples, latest, pairs } = await chooseRecords(data, join(collection(), 'declarations'), {
    triples: TRIPLES,
    redlines: REDLINES,
  });
  const versionPaths = triples.map(
    ({ serviceId, termsType, date }) => `${api}/version/${inPath(serviceId, termsType)}/${date}`,
  );
  const first = await askEach(server.origin, versionPaths);
  const baseline = await startBaseline(first.bytes);
  const bare = await askEach(
    baseline.origin,
    Array.from({ length: 300 }, () => '/'),
  );
  // Compiled code is compared with compiled code.
  await throughput(server, versionPaths, SECONDS);
  await throughput(baseline, ['/'], SECONDS);
  const best = await throughput(baseline, ['/'], SECONDS);
  figures.push({
    label: 'bare Hono',
    value: best.perSecond,
    unit: 'requests/s',
    meaning: `a constant body of ${kilobytes(first.bytes)}`,
  });

  const names = latest.map(({ serviceId, termsType }) => inPath(serviceId, termsType));
  const services = [...new Set(latest.map(({ serviceId }) => encodeURIComponent(serviceId)))];
  const routes: readonly (readonly [string, readonly string[], number])[] = [
    ['version at a date', versionPaths, 5],
    ['latest version', names.map((name) => `${api}/version/${name}/latest`), 5],
    ['version by id', latest.map(({ id }) => `${api}/version/${id}`), 5],
    ['versions of terms', names.map((name) => `${api}/versions/${name}`), 15],
    ['versions of a service', services.map((name) => `${api}/versions/${name}`), 15],
    ['feed of terms', names.map((name) => `${api}/feed/${name}`), 15],
    ['feed of a service', services.map((name) => `${api}/feed/${name}`), 15],
    ['whole feed', [`${api}/feed`], 15],
    ['search', SEARCHES.map((text) => `/api/search?q=${encodeURIComponent(text)}`), 50],
  ];
  for (const [label, paths, goal] of routes) {
    const once = label === 'version at a date' ? first : await askEach(server.origin, paths);
    addTimes(
      label,
      once,
      bare.times,
      `${paths.length} addresses, each asked for the first time; goal p95 ≤ ${goal} ms`,
    );
    const rounds = Math.ceil(200 / paths.length);
    const again = await askEach(server.origin, Array.from({ length: rounds }, () => paths).flat());
    addTimes(`${label}, again`, again, bare.times, 'the same addresses over and over, one connection');
    const rate = await throughput(server, paths, SECONDS);
    figures.push(
      {
        label: `${label}, 10 connections`,
        value: rate.perSecond,
        unit: 'requests/s',
        baseline: best.perSecond,
        ratio: rate.perSecond / best.perSecond,
        meaning: `${kilobytes(again.bytes)} on average`,
      },
      {
        label: `${label}: processor time`,
        value: rate.processor,
        unit: 'ms/request',
        baseline: best.processor,
        ratio: best.processor / rate.processor,
        meaning: 'of the server with all its threads; its gits apart',
      },
    );
  }
  const redlines = pairs.map(([former, later]) => `/api/collections/contrib/redlines/${former.id}/${later.id}`);
  if (redlines.length > 0) {
    addTimes(
      'redline',
      await askEach(server.origin, redlines),
      bare.times,
      `of two versions of 250 to 400 KB, ${redlines.length} pairs, none made before; goal p95 ≤ 150 ms`,
    );
  }

  const [someTerms] = latest;
  if (!someTerms) throw new Error('There are no declared terms with records');
  const { serviceId, termsType } = someTerms;
  const seen = timesOf(
    await timesToAnswer(server.origin, { data, scratch: directory, serviceId, termsType, count: FETCHES }),
  );
  figures.push(
    {
      label: 'a record after its fetch: median',
      value: seen.median,
      unit: 'ms',
      meaning: 'from the end of git fetch until the API answers with it; goal 1 s',
    },
    { label: 'a record after its fetch: p95', value: seen.p95, unit: 'ms', meaning: `${FETCHES} fetches` },
  );

  const after = await residentMegabytes(server.pid);
  const mixed = [...routes.flatMap(([, paths]) => paths.slice(0, 10)), ...redlines.slice(0, 2)];
  await askMany(server.origin, mixed, REQUESTS);
  const afterMany = await residentMegabytes(server.pid);
  await askMany(server.origin, mixed, REQUESTS);
  const afterTwice = await residentMegabytes(server.pid);
  figures.push(
    {
      label: 'memory after the start',
      value: before,
      unit: 'MB',
      meaning: 'resident set of the server, its threads and its gits apart',
    },
    { label: 'memory after what stands above', value: after, unit: 'MB', meaning: 'goal 400 MB' },
    {
      label: `memory after ${REQUESTS} requests more`,
      value: afterMany,
      unit: 'MB',
      baseline: after,
      ratio: after / afterMany,
      meaning: 'of all kinds above, 10 at a time; goal 400 MB and flat',
    },
    {
      label: `memory after ${2 * REQUESTS} requests more`,
      value: afterTwice,
      unit: 'MB',
      baseline: afterMany,
      ratio: afterMany / afterTwice,
      meaning: 'flat: it does not grow with requests',
    },
  );
}

function addTimes(
  label: string,
  { times, bytes }: { times: Times; bytes: number },
  bare: Times,
  meaning: string,
): void {
  figures.push(
    {
      label: `${label}: median`,
      value: times.median,
      unit: 'ms',
      baseline: bare.median,
      ratio: bare.median / times.median,
      meaning: `${meaning}; ${kilobytes(bytes)}`,
    },
    { label: `${label}: p95`, value: times.p95, unit: 'ms', baseline: bare.p95, ratio: bare.p95 / times.p95, meaning },
  );
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) / 1024;
}

function inPath(serviceId: string, termsType: string): string {
  return `${encodeURIComponent(serviceId)}/${encodeURIComponent(termsType)}`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} KB`;
}
