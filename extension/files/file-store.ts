import type { ExtensionManifest, RecentAlert } from '../../server/api/contract.ts';
import { asRecord } from '../state/heal.ts';
import { answer, type KeptAlerts, type KeptFile, reading, type StoredFiles } from './database.ts';
import { joined } from './joined.ts';
import { asManifest } from './read-manifest.ts';
import { readAlert } from './read-recent.ts';

export type { StoredFiles } from './database.ts';

/** undefined where nothing was downloaded yet, or what is noted of it was damaged. */
export async function readStored(): Promise<StoredFiles | undefined> {
  const { server, manifest } = asRecord(await reading('about', (stores) => answer(stores('about').get('stored'))));
  if (typeof server !== 'string') return undefined;
  try {
    return { server, manifest: asManifest(manifest) };
  } catch {
    return undefined;
  }
}

/** A whole file's bytes; undefined where nothing was downloaded yet. */
export async function readBytes(kind: 'index' | 'services'): Promise<Uint8Array | undefined> {
  const stored = await readStored();
  return stored && readFile(stored.manifest[kind].sha256);
}

/** The bytes of a file that is kept, whether it is shown or not. */
export const readFile = (sha256: string): Promise<Uint8Array | undefined> =>
  reading(['files', 'parts'], async (stores) => {
    const [kept, parts] = await Promise.all([
      answer<KeptFile | undefined>(stores('files').get(sha256)),
      answer<Uint8Array[]>(stores('parts').getAll(allOf(sha256))),
    ]);
    return kept && joined(parts);
  });

/** How a file is kept in parts; undefined where it is not there. */
export const readKeptFile = (sha256: string): Promise<KeptFile | undefined> =>
  reading('files', (stores) => answer(stores('files').get(sha256)));

/** One part of a file. */
export const readPart = (sha256: string, place: number): Promise<Uint8Array | undefined> =>
  reading('parts', (stores) => answer(stores('parts').get([sha256, place])));

/** Recent alerts of one service, newest first. */
export async function readAlerts(key: string): Promise<readonly RecentAlert[]> {
  const stored = await readStored();
  return stored ? readAlertsOf(stored.manifest, key) : [];
}

/** Recent alerts of one service in the shards that a manifest names, whether they are shown or not; newest first. */
export async function readAlertsOf(
  { recent }: Pick<ExtensionManifest, 'recent'>,
  key: string,
): Promise<readonly RecentAlert[]> {
  const named = new Set(recent.map(({ sha256 }) => sha256));
  const kept = await reading('alerts', (stores) => answer<KeptAlerts[]>(stores('alerts').index('key').getAll(key)));
  return kept.filter(({ shard }) => named.has(shard)).flatMap(({ alerts }) => healed(alerts));
}

/** Whether a shard of `recent` is kept, with the alerts of all its services. */
export const hasAlerts = (sha256: string): Promise<boolean> =>
  reading(['files', 'alerts'], async (stores) => {
    const [kept, services] = await Promise.all([
      answer<KeptFile | undefined>(stores('files').get(sha256)),
      answer(stores('alerts').count(allOf(sha256))),
    ]);
    return kept?.services === services;
  });

/**
 * The recent alerts of all services, one service after the other, newest first. Shard by shard: one service by itself takes a
 * fraction of a millisecond, which is much for 40,000, and all redlines at once would be megabytes.
 */
export async function* allAlerts(): AsyncGenerator<readonly [key: string, alerts: readonly RecentAlert[]]> {
  const { recent } = (await readStored())?.manifest ?? { recent: [] };
  for (const { sha256 } of recent) {
    const kept = await reading('alerts', (stores) => answer<KeptAlerts[]>(stores('alerts').getAll(allOf(sha256))));
    for (const { key, alerts } of kept) yield [key, healed(alerts)];
  }
}

/** As they were when they came: what is stored may have been damaged since. */
const healed = (alerts: unknown): readonly RecentAlert[] =>
  (Array.isArray(alerts) ? alerts : []).flatMap((one) => readAlert(one) ?? []);

/** All that is kept by a file's hash and something else. */
export const allOf = (sha256: IDBValidKey): IDBKeyRange => IDBKeyRange.bound([sha256], [sha256, []]);
