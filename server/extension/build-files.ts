import type { Pause } from '../../archive/pause.ts';
import type { ServiceCoverage } from '../api/contract.ts';
import { dayNumber } from './days.ts';
import { type BuiltFile, toFile } from './extension-file.ts';
import type { WrittenAlert } from './recent-alerts.ts';
import { byText, sorted } from './sorted.ts';

/** All that the files are made of. */
export interface FileSources {
  /** Domain → keys of its services. */
  readonly domains: ReadonlyMap<string, readonly string[]>;
  /** By key: of every service that a domain names. */
  readonly coverages: ReadonlyMap<string, ServiceCoverage>;
  /** Of these services, newest first. */
  readonly alerts: readonly WrittenAlert[];
}

export interface BuiltFiles {
  readonly index: BuiltFile;
  readonly services: BuiltFile;
  readonly recent: readonly BuiltFile[];
}

const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

/** From how many services on `recent` is several files, so that not all of it comes anew with each alert. */
export const SHARDED_FROM = 10_000;
const SHARDS = 32;
/** Or a file that changed would hint at the service. */
const LEAST_SERVICES = 64;

/** The files of a generation (formats: server/api/contract/extension.ts). The same sources give the same bytes. */
export async function buildFiles(sources: FileSources, pause: Pause): Promise<BuiltFiles> {
  const { coverages } = sources;
  const services: string[] = [];
  for (const key of await sorted([...coverages.keys()], byText, pause)) {
    await pause();
    services.push(`${key}\t${JSON.stringify(coverages.get(key))}\n`);
  }
  return {
    index: await toFile(await indexLines(sources, pause), TEXT, pause),
    services: await toFile(services, TEXT, pause),
    recent: await recentFiles(sources, pause),
  };
}

/** Domains and keys are ASCII, where the order of JavaScript is that of the bytes. */
async function indexLines({ domains, coverages }: FileSources, pause: Pause): Promise<string[]> {
  const lines: string[] = [];
  for (const domain of await sorted([...domains.keys()], byText, pause)) {
    await pause();
    const keys = domains.get(domain) ?? [];
    const terms = keys.flatMap((key) => coverages.get(key)?.terms ?? []);
    let last: string | null = null;
    let alerts = 0;
    for (const [, , lastAlert, count] of terms) {
      if (lastAlert !== null && (last === null || lastAlert > last)) last = lastAlert;
      alerts += count;
    }
    lines.push(`${domain}\t${keys.join(',')}\t${dayNumber(last)}\t${alerts.toString(36)}\n`);
  }
  return lines;
}

async function recentFiles({ coverages, alerts }: FileSources, pause: Pause): Promise<BuiltFile[]> {
  const shards = await shardsFor([...coverages.keys()], pause);
  const parts = Array.from({ length: shards }, () => [`{"format":1,"alerts":[`]);
  for (const { key, json } of alerts) {
    await pause();
    const own = parts[shardOf(key, shards)];
    own?.push(own.length > 1 ? `,${json}` : json);
  }
  const files: BuiltFile[] = [];
  for (const own of parts) files.push(await toFile([...own, ']}'], JSON_TYPE, pause));
  return files;
}

/** As many as leave each at least 64 services. */
async function shardsFor(keys: readonly string[], pause: Pause): Promise<number> {
  if (keys.length < SHARDED_FROM) return 1;
  for (let shards = SHARDS; shards > 1; shards /= 2) {
    const sizes = new Array<number>(shards).fill(0);
    for (const key of keys) {
      await pause();
      const shard = shardOf(key, shards);
      sizes[shard] = (sizes[shard] ?? 0) + 1;
    }
    if (sizes.every((size) => size >= LEAST_SERVICES)) return shards;
  }
  return 1;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** By the key's first character, a power of two of them to a shard. */
const shardOf = (key: string, shards: number): number =>
  Math.max(0, Math.floor((ALPHABET.indexOf(key.charAt(0)) * shards) / ALPHABET.length));
