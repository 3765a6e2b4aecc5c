import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDeclarations } from '../../archive/declarations/load-collection.ts';
import { parseTerms } from '../../archive/declarations/parse-terms.ts';
import type { Service } from '../../archive/declarations/service.ts';
import { bundledArchive } from '../helpers/bundled-archive.ts';
import { openTestTracker, type TestTracker } from '../helpers/tracker.ts';

/** A version that OTA recorded and the snapshot that it was extracted from; see the data's own README. */
interface Pair {
  service: string;
  type: string;
  version_blob: string;
  date: number;
  snapshots: { blob: string; path: string }[];
  engine: string | null;
  terms: Record<string, unknown>;
}

const data = new URL('../../../shared/data/', import.meta.url).pathname;
const isThere = existsSync(join(data, 'demo-snapshots.bundle'));
const canListen = isThere && (await listens());

let directory: string;
let server: Server;
let tracker: TestTracker;
const served = new Map<string, Buffer>();
const contents = new Map<string, Buffer>();
let history: ReturnType<typeof readHistory>;

beforeAll(async () => {
  if (!canListen) return;
  directory = await mkdtemp(join(tmpdir(), 'clausewatch-replay-'));
  for (const name of ['demo-snapshots', 'demo-versions']) {
    execFileSync('git', ['clone', '--quiet', '--bare', bundledArchive(name), join(directory, `${name}.git`)]);
  }
  history = readHistory();
});

afterAll(async () => {
  await tracker?.close();
  server?.close();
  server?.closeAllConnections();
  if (directory) await rm(directory, { recursive: true, force: true });
});

const git = (repository: string, ...args: string[]): Buffer =>
  execFileSync('git', ['--git-dir', join(directory, `${repository}.git`), ...args], { maxBuffer: 2 ** 28 });

test.skipIf(!canListen)(
  `real documents, served under their own https names, give the recorded versions again${isThere ? (canListen ? '' : ' (skipped: port 443 cannot be had here)') : ' (skipped: ../shared/data is absent)'}`,
  async () => {
    const { services } = await loadDeclarations(join(data, 'demo-declarations'));
    const pairs: Pair[] = JSON.parse(readFileSync(join(data, 'demo-extraction-pairs.json'), 'utf8'));
    const hosts = [...new Set(services.flatMap(locationsOf).map((location) => new URL(location).hostname))];
    const authority = await startServer(hosts);
    let now = new Date(0);
    tracker = await openTestTracker({
      clock: () => now,
      fetcher: {
        hostPause: 0,
        certificateAuthority: authority,
        allowAddresses: ['127.0.0.1:443'],
        resolve: async () => [{ address: '127.0.0.1', family: 4 }],
      },
    });

    const missed: string[] = [];
    const dates = [...new Set(pairs.map(({ date }) => date))].sort((a, b) => a - b);
    for (const date of dates) {
      now = new Date(date * 1000);
      const ofDate = pairs.filter((pair) => pair.date === date);
      const declared = services.map((service) => withDeclarationsOf(service, ofDate));
      serveSnapshotsAt(date, declared, ofDate);
      await tracker.run(declared);
      for (const { service, type, version_blob: blob, engine } of ofDate) {
        // Engines up to 7.0 extracted by other rules: OTA's own newer engines do not reproduce those either.
        if (Number.parseInt(engine ?? '0', 10) < 8) continue;
        const version = await tracker.recorder.latestVersion(service, type);
        if (version?.blob !== blob) missed.push(`${service} ${type} ${now.toISOString()}`);
      }
    }
    expect(missed).toEqual([]);
    expect(pairs.filter(({ engine }) => Number.parseInt(engine ?? '0', 10) >= 8)).toHaveLength(40);
  },
);

const locationsOf = (service: Service): string[] =>
  service.terms.flatMap(({ sourceDocuments }) => sourceDocuments.map(({ location }) => location));

/** The service with the declarations that were in force when the pairs were recorded. */
function withDeclarationsOf(service: Service, pairs: readonly Pair[]): Service {
  const terms = service.terms.map((current) => {
    const pair = pairs.find((candidate) => candidate.service === service.id && candidate.type === current.type);
    return pair ? parseTerms(service.id, current.type, pair.terms) : current;
  });
  return { ...service, terms };
}

/** Serves, at each location, what the archive holds of it at that date; the snapshots of the pairs come first. */
function serveSnapshotsAt(date: number, services: readonly Service[], pairs: readonly Pair[]): void {
  served.clear();
  const isPair = (service: string, type: string): Pair | undefined =>
    pairs.find((pair) => pair.service === service && pair.type === type);
  const all = services.flatMap(({ terms }) => terms);
  const ordered = all.toSorted((a, b) => Number(!!isPair(b.serviceId, b.type)) - Number(!!isPair(a.serviceId, a.type)));
  for (const { serviceId, type, sourceDocuments } of ordered) {
    const location = sourceDocuments[0]?.location ?? '';
    if (served.has(location)) continue;
    const blob = isPair(serviceId, type)?.snapshots[0]?.blob ?? blobAt(date, `${serviceId}/${type}.html`);
    if (blob) served.set(location, contentOf(blob));
  }
}

/** What each path of the snapshots held, newest first; read once, since git takes longer to start than to answer. */
function readHistory(): Map<string, { date: number; blob: string | undefined }[]> {
  const held = new Map<string, { date: number; blob: string | undefined }[]>();
  let date = 0;
  const log = git('demo-snapshots', 'log', '-z', '--raw', '--no-abbrev', '--no-renames', '--format=%x01%ct', 'HEAD');
  for (const commit of log.toString().split('\u0001').slice(1)) {
    const [time = '', ...changes] = commit.split('\0').map((part) => part.replace(/^\n/, ''));
    date = Number(time);
    for (let at = 0; at + 1 < changes.length; at += 2) {
      const [, , , blob, status] = changes[at]?.split(' ') ?? [];
      const path = changes[at + 1] ?? '';
      held.set(path, [...(held.get(path) ?? []), { date, blob: status === 'D' ? undefined : blob }]);
    }
  }
  return held;
}

const blobAt = (date: number, path: string): string | undefined =>
  history.get(path)?.find((entry) => entry.date <= date)?.blob;

function contentOf(blob: string): Buffer {
  const content = contents.get(blob) ?? git('demo-snapshots', 'cat-file', 'blob', blob);
  contents.set(blob, content);
  return content;
}

/** An https server for these names; answers with the certificate of its authority. */
async function startServer(hosts: readonly string[]): Promise<string> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'Clausewatch replay' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
    ],
  });
  server = createServer({ cert, key }, (request, response) => {
    const body = served.get(`https://${request.headers.host}${request.url}`);
    if (!body) return response.writeHead(404).end('nothing recorded yet');
    return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(443, '127.0.0.1', resolve));
  return cert;
}

/** Whether this machine lets us listen where https locations point: root, or an unprivileged port range from 0. */
async function listens(): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(443, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
