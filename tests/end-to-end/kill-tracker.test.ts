import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openLedger } from '../../archive/ledger/ledger.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const KILLS = Number(process.env.CLAUSEWATCH_KILLS ?? 50);
const TERMS = 40;

/**
 * Kills the real command, git and all, at random moments of runs in which every document changed. What the ledger
 * speaks of is what was acknowledged: it must be in the repositories, reachable, after every single kill.
 */
test(
  `${KILLS} kills of the tracker lose nothing that was acknowledged`,
  async () => {
    const directory = await temporaryDirectory();
    const site = await startChangingSite();
    const { address } = site;
    await declare(directory, address);
    const data = join(directory, 'data');
    let seed = 20261123;
    const random = (): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 2147483648;
    };
    const seen = { killed: 0, ended: 0, snapshots: 0, versions: 0, awaited: 0, judged: 0 };
    // First records, undisturbed.
    expect(await trackUntil()).toBe(false);
    for (let kill = 0; kill < KILLS; kill++) {
      // By the requests, not the clock alone, or a busy machine would meet every run while it starts. Each document is
      // asked for twice: its change is fetched again.
      const requests = kill % 5 === 4 ? 0 : Math.ceil(random() * 2 * TERMS);
      const wasKilled = await trackUntil({ requests, milliseconds: random() * 800 });
      seen[wasKilled ? 'killed' : 'ended']++;
      Object.assign(seen, checkAcknowledged(data));
      if (kill % 10 === 9) checkSoundness(data);
    }
    // A last run that nobody disturbs starts, works through everything and leaves a sound archive.
    const started = performance.now();
    expect(await trackUntil()).toBe(false);
    console.log(
      `kills of the tracker: ${JSON.stringify(seen)}, last run ${Math.round(performance.now() - started)} ms`,
    );
    checkAcknowledged(data);
    checkSoundness(data);
    expect(seen.killed).toBeGreaterThan(KILLS / 2);
    expect(seen.versions).toBeGreaterThan(TERMS);
    // Some kills came between a record and its second fetch.
    expect(seen.judged).toBeGreaterThan(0);
    expect(seen.awaited).toBeGreaterThan(seen.judged);

    /** Whether the run was still going on when its time was up: so long after so many requests. */
    async function trackUntil(end?: { requests: number; milliseconds: number }): Promise<boolean> {
      const child = spawn(process.execPath, ['cli/main.mjs', 'track', '--collection', directory, '--json'], {
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: {
          ...process.env,
          CLAUSEWATCH_ALLOW_ADDRESSES: address,
          CLAUSEWATCH_HOST_PAUSE: '0',
          CLAUSEWATCH_SECOND_FETCH_WAIT: '200',
        },
      });
      let errors = '';
      child.stderr.on('data', (chunk) => {
        errors += chunk;
      });
      const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
      const isTime = async (): Promise<true> => {
        await site.answered(end ? end.requests : Number.POSITIVE_INFINITY);
        await delay(end?.milliseconds);
        return true;
      };
      const isUp = await Promise.race([ended.then(() => false), isTime()]);
      if (isUp) process.kill(-(child.pid ?? 0), 'SIGKILL');
      const code = await ended;
      if (!isUp) expect(errors, errors).toBe('');
      if (!isUp) expect(code).toBe(0);
      return isUp;
    }
  },
  KILLS * 12_000,
);

/** Every record that the ledger speaks of is reachable from its branch, and every version's snapshots are there. */
function checkAcknowledged(data: string): { snapshots: number; versions: number; awaited: number; judged: number } {
  if (!existsSync(join(data, 'ledger.sqlite'))) return { snapshots: 0, versions: 0, awaited: 0, judged: 0 };
  const ledger = openLedger(join(data, 'ledger.sqlite'), { readOnly: true });
  try {
    const noted = ledger
      .checksBetween({ since: new Date(0), until: new Date('9999-01-01'), limit: 100_000 })
      .flatMap((check) => (check.outcome === 'failed' ? [] : [check.snapshotId]));
    const extracted = Array.from({ length: TERMS }, (_, n) =>
      ledger.lastExtraction(`Service ${n}`, 'Terms of Service'),
    );
    const snapshots = commitsOf(join(data, 'snapshots'));
    const versions = commitsOf(join(data, 'versions'));
    expect(noted.filter((id) => !snapshots.has(id))).toEqual([]);
    expect(extracted.flatMap((last) => last?.versionId ?? []).filter((id) => !versions.has(id))).toEqual([]);
    const linked = [...versions.values()].flatMap((body) => body.match(/\b[0-9a-f]{40}\b/g) ?? []);
    expect(linked.filter((id) => !snapshots.has(id))).toEqual([]);
    const second = ledger.secondFetches().map(({ secondFetch }) => secondFetch);
    expect(second.filter(({ versionId }) => !versions.has(versionId))).toEqual([]);
    const awaited = second.filter(({ outcome }) => outcome === 'awaited');
    const judged = second.filter(({ outcome }) => outcome !== 'awaited');
    const names = new Set(awaited.map(({ versionId }) => versionId));
    expect(judged.filter(({ versionId }) => !names.has(versionId))).toEqual([]);
    expect(new Set(judged.map(({ versionId }) => versionId)).size).toBe(judged.length);
    return { snapshots: snapshots.size, versions: versions.size, awaited: awaited.length, judged: judged.length };
  } finally {
    ledger.close();
  }
}

function commitsOf(repository: string): Map<string, string> {
  const isEmpty = !existsSync(repository) || execFileSync('git', ['-C', repository, 'for-each-ref']).length === 0;
  if (isEmpty) return new Map();
  const log = execFileSync('git', ['-C', repository, 'log', '--format=%H%n%b%x00'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return new Map(
    log
      .split('\0')
      .map((entry) => entry.trim())
      .filter(Boolean)
      .map((entry) => [entry.slice(0, 40), entry.slice(41)]),
  );
}

function checkSoundness(data: string): void {
  for (const name of ['snapshots', 'versions']) {
    if (!existsSync(join(data, name))) continue;
    execFileSync('git', ['-C', join(data, name), 'fsck', '--no-dangling', '--no-progress'], { stdio: 'pipe' });
  }
}

/** A site each of whose documents is another at every request. */
interface ChangingSite {
  readonly address: string;
  /** Resolves once it has answered so many requests more. */
  answered(more: number): Promise<void>;
}

async function startChangingSite(): Promise<ChangingSite> {
  let count = 0;
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    count++;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><main><h1>${request.url}</h1><p>Fee: ${count} euros.</p>${'<p>More.</p>'.repeat(300)}</main>`,
    );
    for (const look of waiting) look();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered(more) {
      const enough = count + more;
      return new Promise((resolve) => {
        const look = (): void => {
          if (count < enough) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
    },
  };
}

async function declare(directory: string, address: string): Promise<void> {
  await mkdir(join(directory, 'declarations'));
  for (let n = 0; n < TERMS; n++) {
    const declaration = {
      name: `Service ${n}`,
      terms: { 'Terms of Service': { fetch: `http://${address}/${n}`, select: 'main' } },
    };
    await writeFile(join(directory, 'declarations', `Service ${n}.json`), JSON.stringify(declaration));
  }
}
