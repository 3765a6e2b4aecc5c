import type { ExtensionManifest, RecentAlert } from '../../server/api/contract.ts';
import { downloadFile, downloadManifest, downloadNewer, sha256 } from './download.ts';
import { readBytes, readStored, type StoredFiles, storeFiles } from './file-store.ts';
import { readRecent } from './read-recent.ts';

/**
 * Downloads what is newer than the files that are stored, and puts it in their place all at once. Which files are asked for
 * depends on nothing that a person did: everybody asks for the same.
 *
 * @param server scheme, host and base path without a slash at the end
 * @returns whether anything is newer
 * @throws DownloadError; then what is stored stays as it is
 */
export async function refresh(server: string): Promise<boolean> {
  const manifest = await downloadManifest(server);
  const former = await readFormer(server);
  if (former && sameFiles(former.stored.manifest, manifest)) {
    await storeFiles({ server, manifest, index: former.index, services: former.services, alerts: undefined });
    return false;
  }
  const [index, services] = await Promise.all([
    newer(server, manifest, 'index', former),
    newer(server, manifest, 'services', former),
  ]);
  const isSameRecent = former && sameNames(former.stored.manifest, manifest);
  const alerts = isSameRecent ? undefined : await downloadRecent(server, manifest);
  await storeFiles({ server, manifest, index, services, alerts });
  return true;
}

interface Former {
  readonly stored: StoredFiles;
  readonly index: Uint8Array;
  readonly services: Uint8Array;
}

/** Nothing, where the stored files are of another server, not all there, or no longer what was stored. */
async function readFormer(server: string): Promise<Former | undefined> {
  const [stored, index, services] = await Promise.all([readStored(), readBytes('index'), readBytes('services')]);
  if (stored?.server !== server || !index || !services) return undefined;
  const isWhole =
    (await sha256(index)) === stored.manifest.index.sha256 &&
    (await sha256(services)) === stored.manifest.services.sha256;
  return isWhole ? { stored, index, services } : undefined;
}

function newer(
  server: string,
  manifest: ExtensionManifest,
  kind: 'index' | 'services',
  former: Former | undefined,
): Promise<Uint8Array> {
  const file = manifest[kind];
  if (!former) return downloadFile(server, file);
  const { sha256 } = former.stored.manifest[kind];
  return downloadNewer(server, { file, former: { sha256, bytes: former[kind] } });
}

async function downloadRecent(
  server: string,
  { recent }: ExtensionManifest,
): Promise<ReadonlyMap<string, readonly RecentAlert[]>> {
  const byKey = new Map<string, RecentAlert[]>();
  for (const file of recent) {
    for (const alert of readRecent(await downloadFile(server, file))) {
      const own = byKey.get(alert.key);
      if (own) own.push(alert);
      else byKey.set(alert.key, [alert]);
    }
  }
  return byKey;
}

const sameFiles = (a: ExtensionManifest, b: ExtensionManifest): boolean =>
  a.index.sha256 === b.index.sha256 && a.services.sha256 === b.services.sha256 && sameNames(a, b);

const sameNames = (a: ExtensionManifest, b: ExtensionManifest): boolean =>
  a.recent.length === b.recent.length && a.recent.every(({ sha256 }, place) => sha256 === b.recent[place]?.sha256);
