import type { ExtensionManifest } from '../../server/api/contract.ts';
import { type Downloads, downloadFile, downloadNewer, sha256 } from './download.ts';
import { hasAlerts, readFile } from './file-store.ts';
import { keepAlerts, keepLines } from './keep-files.ts';
import { readRecent } from './read-recent.ts';

export interface Wanted {
  readonly server: string;
  readonly manifest: ExtensionManifest;
  /** Of files of the same server that are stored. */
  readonly former: ExtensionManifest | undefined;
  readonly downloads: Downloads;
}

/**
 * Keeps all files that a manifest names, without showing them: those that are kept already and still what they were, also by a
 * refresh that did not come to its end, are not downloaded again.
 *
 * @throws DownloadError
 */
export async function keepNewer({ server, manifest, former, downloads }: Wanted): Promise<void> {
  for (const kind of ['index', 'services'] as const) {
    const file = manifest[kind];
    if (await readWhole(file.sha256)) continue;
    const base = former && (await readWhole(former[kind].sha256));
    const bytes = base
      ? await downloadNewer(server, { file, former: { sha256: former[kind].sha256, bytes: base } }, downloads)
      : await downloadFile(server, file, downloads);
    await keepLines(file.sha256, bytes);
  }
  for (const file of manifest.recent) {
    if (await hasAlerts(file.sha256)) continue;
    await keepAlerts(file.sha256, readRecent(await downloadFile(server, file, downloads)));
  }
}

async function readWhole(hash: string): Promise<Uint8Array | undefined> {
  const bytes = await readFile(hash);
  return bytes && (await sha256(bytes)) === hash ? bytes : undefined;
}
