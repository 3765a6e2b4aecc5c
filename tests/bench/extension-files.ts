import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { brotliCompressSync, constants as zlib, zstdCompressSync } from 'node:zlib';
import { openServedCollections } from '../../archive/collections/open-served-collections.ts';
import { siteDomains } from '../../archive/collections/site-domains.ts';
import type { Service } from '../../archive/declarations/service.ts';
import { createPause } from '../../archive/pause.ts';
import type { RecentFile, ServiceCoverage } from '../../server/api/contract.ts';
import { type BuiltFiles, buildFiles } from '../../server/extension/build-files.ts';
import type { BuiltFile } from '../../server/extension/extension-file.ts';
import { createExtensionFiles } from '../../server/extension/extension-files.ts';
import { keySites } from '../../server/extension/keyed-sites.ts';
import { MOST_BYTES_OF_REDLINES, type WrittenAlert } from '../../server/extension/recent-alerts.ts';
import { createQueryPool } from '../../server/queries/create-query-pool.ts';
import { followOnDemand } from '../helpers/index-on-demand.ts';
import { type Figure, report } from './figures.ts';

// How large the files for extensions are and how long they take: over contrib-versions, and for 10,000 and 100,000
// made-up services that change as contrib's do.

const DATA = new URL('../../../shared/data/', import.meta.url).pathname;
const BUNDLE = join(DATA, 'contrib-versions.bundle');
/** As the server compresses. */
const BROTLI = { params: { [zlib.BROTLI_PARAM_QUALITY]: 4, [zlib.BROTLI_PARAM_LGWIN]: 18 } };
const KILOBYTE = 1000;
const MEGABYTE = 2 ** 20;
/** A folder with `versions.git` and `index.sqlite` of an earlier run, so that the index need not be built again. */
const [prepared] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

const run = promisify(execFile);
const directory = prepared ?? (await mkdtemp(join(tmpdir(), 'clausewatch-bench-')));
const figures: Figure[] = [];
try {
  if (!existsSync(BUNDLE)) throw new Error(`No ${BUNDLE}: this benchmark needs the real archive beside the project`);
  const versionsDirectory = join(directory, 'versions.git');
  if (!prepared) {
    await run('git', ['clone', '--quiet', '--bare', BUNDLE, versionsDirectory]);
    // A clone of this bundle stands at a commit without a branch.
    await run('git', ['-C', versionsDirectory, 'update-ref', '--no-deref', 'refs/heads/main', 'HEAD']);
    await run('git', ['-C', versionsDirectory, 'symbolic-ref', 'HEAD', 'refs/heads/main']);
  }
  const alerts = await measureContrib(versionsDirectory);
  for (const count of [10_000, 100_000]) await measureMadeUp(count, alerts);
} finally {
  if (!prepared) await rm(directory, { recursive: true, force: true });
}
report({ name: 'Files for extensions', figures });

async function measureContrib(versionsDirectory: string): Promise<RecentFile['alerts']> {
  const collections = await openServedCollections({
    collections: [
      {
        ...{ id: 'contrib', name: 'contrib', kind: 'mirrored', isDefault: true, schedule: undefined, remotes: {} },
        ...{ collectionDirectory: join(DATA, 'contrib-declarations'), dataDirectory: directory, versionsDirectory },
        snapshotsDirectory: join(directory, 'snapshots.git'),
        ledgerFile: join(directory, 'ledger.sqlite'),
        indexFile: join(directory, 'index.sqlite'),
      },
    ],
    follow: (places) => followOnDemand(places, false),
  });
  const queries = createQueryPool();
  const newest = collections.get('contrib')?.index().versions({}, { limit: 1 })[0]?.fetchDate ?? new Date();
  let now = newest;
  const faults: unknown[] = [];
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: (fault: unknown) => void faults.push(fault) };
  const files = createExtensionFiles({ collections, queries, log, clock: () => now, every: 'never' });
  try {
    const meaning = '42,632 records; the redlines are made by the threads for questions';
    await measureTime('contrib: first generation', meaning, () => files.update());
    now = new Date(newest.getTime() + 86_400_000);
    await measureTime('contrib: another generation', 'the day changed; redlines are remembered', () => files.update());
    now = newest;
    await files.update();
    const made = files.current();
    if (!made) throw new Error(`No files were made: ${JSON.stringify(faults)}`);
    const alerts = made.recent.flatMap((file) => (JSON.parse(textOf(file)) as RecentFile).alerts);
    const domains = textOf(made.index).split('\n').length - 1;
    const services = textOf(made.services).split('\n').length - 1;
    addSizes('contrib', made, `${services} services at ${domains} domains, ${alerts.length} alerts of 30 days`);
    return alerts;
  } finally {
    await files.close();
    await queries.close();
    await collections.close();
  }
}

/** Services of a name and two locations each; alerts as often and as long as contrib's. */
async function measureMadeUp(count: number, alerts: RecentFile['alerts']): Promise<void> {
  const name = count.toLocaleString('en');
  const services = Array.from({ length: count }, (_, place): Service => madeUp(place));
  const before = memory();
  let built: BuiltFiles | undefined;
  await measureTime(
    `${name} services: generation`,
    'made up; without reading records and making redlines',
    async () => {
      const pause = createPause();
      const sites = await siteDomains([{ id: 'made-up', services: () => services, domains: () => new Map() }], pause);
      const { keys: domains, services: keyed } = await keySites(sites, pause);
      const coverages = new Map<string, ServiceCoverage>();
      for (const { key, service } of keyed.values()) {
        await pause();
        coverages.set(key, {
          ...{ collection: 'made-up', serviceId: service.id, name: service.name },
          terms: service.terms.map(({ type }) => [type, '2024-03-01', '2026-05-01', 12]),
        });
      }
      const all = [...coverages.keys()];
      const told = Math.round((alerts.length * count) / 379);
      let left = MOST_BYTES_OF_REDLINES;
      const recent: WrittenAlert[] = [];
      for (let place = 0; place < told; place++) {
        await pause();
        const key = all[(place * 7_919) % all.length] ?? '';
        const id = createHash('sha1').update(String(place)).digest('hex');
        const json = JSON.stringify({ ...alerts[place % alerts.length], key, id, ...(left < 0 && { blocks: [] }) });
        left -= json.length;
        recent.push({ key, json });
      }
      built = await buildFiles({ domains, coverages, alerts: recent }, pause);
    },
  );
  if (!built) throw new Error('Nothing was built');
  figures.push({
    label: `${name} services: memory`,
    value: (memory() - before) / MEGABYTE,
    unit: 'MB',
    meaning: 'kept: the files',
  });
  addSizes(`${name} services`, built, `${built.recent.length} shards of recent; redlines of at most 24 MB`);
}

function madeUp(place: number): Service {
  const id = createHash('sha256')
    .update(String(place))
    .digest('hex')
    .slice(0, 6 + (place % 6));
  const terms = ['Terms of Service', 'Privacy Policy'].map((type, at) => ({
    ...{ serviceId: `Service ${id}`, type, validUntil: undefined },
    sourceDocuments: [
      {
        ...{ id: `document-${at}`, location: `https://www.${id}-${place.toString(36)}.com/${at}`, select: 'main' },
        ...{ remove: undefined, filter: [], executeClientScripts: undefined },
      },
    ],
  }));
  const files = { filtersFile: undefined, filtersHistoryFile: undefined };
  return { id: `Service ${id}-${place}`, name: `Service ${id}`, terms, history: new Map(), ...files };
}

async function measureTime(label: string, meaning: string, work: () => Promise<void>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const begun = performance.now();
  await work();
  figures.push({ label, value: (performance.now() - begun) / 1000, unit: 's', meaning });
  delay.disable();
  figures.push({
    label: `${label}: longest pause`,
    value: delay.max / 1e6,
    unit: 'ms',
    meaning: 'for which nobody else was answered',
  });
}

function addSizes(label: string, { index, services, recent }: BuiltFiles, what: string): void {
  const parts: readonly (readonly [string, readonly BuiltFile[]])[] = [
    ['index', [index]],
    ['services', [services]],
    ['recent', recent],
  ];
  for (const [name, files] of parts) {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const compressed = (compress: (content: Uint8Array) => Uint8Array): string =>
      kilobytes(files.reduce((sum, { content }) => sum + compress(content).length, 0));
    const meaning = `${compressed((content) => zstdCompressSync(content))} KB by zstd, ${compressed((content) => brotliCompressSync(content, BROTLI))} KB by brotli; ${what}`;
    figures.push({ label: `${label}: ${name}`, value: bytes / KILOBYTE, unit: 'KB', meaning });
  }
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function kilobytes(bytes: number): string {
  return (bytes / KILOBYTE).toFixed(0);
}

function textOf({ content }: BuiltFile): string {
  return new TextDecoder().decode(content);
}
