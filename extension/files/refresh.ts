import type { ExtensionManifest } from '../../server/api/contract.ts';
import { noteFailure, noteSuccess, type RefreshFault } from '../state/last-refresh.ts';
import { readSettings } from '../state/settings.ts';
import { DOWNLOADS, type Downloads, downloadManifest } from './download.ts';
import { DownloadError } from './download-error.ts';
import { readStored } from './file-store.ts';
import { dropFiles, showFiles } from './keep-files.ts';
import { keepNewer } from './keep-newer.ts';
import { pruneMarks } from './prune-marks.ts';
import { quietJudgedAnew } from './quiet-judged-anew.ts';
import { stayAwake } from './stay-awake.ts';

/**
 * `same`: the server has nothing newer. `left`: another server was chosen meanwhile, or all data deleted. `failed`: what was
 * stored before is still there.
 */
export type RefreshOutcome =
  | { readonly kind: 'newer' | 'same' | 'left' }
  | { readonly kind: 'failed'; readonly reason: RefreshFault };

export interface RefreshOptions {
  readonly clock?: () => Date;
  readonly downloads?: Downloads;
}

/**
 * Downloads what is newer than the files that are stored, and shows it all at once when it is whole. Which files are asked
 * for depends on nothing that a person did: everybody who has the same files asks for the same. What was downloaded before
 * something went wrong is kept for the next time. How it ended is noted for whoever shows the age of what there is.
 *
 * @param server scheme, host and base path without a slash at the end; only one refresh runs at a time
 */
export const refresh = (
  server: string,
  { clock = () => new Date(), downloads = DOWNLOADS }: RefreshOptions = {},
): Promise<RefreshOutcome> =>
  navigator.locks.request('refresh', () =>
    stayAwake(async (): Promise<RefreshOutcome> => {
      try {
        const kind = await download(server, downloads);
        if (kind !== 'left') await noteSuccess(clock());
        return { kind };
      } catch (error) {
        if ((await readSettings()).server !== server) return { kind: 'left' };
        const reason = error instanceof DownloadError ? error.reason : 'unstored';
        await noteFailure(reason);
        return { kind: 'failed', reason };
      }
    }),
  );

async function download(server: string, downloads: Downloads): Promise<'newer' | 'same' | 'left'> {
  const stored = await readStored();
  // Files of another server are no base: asking for what changed since would tell this one of that one.
  const former = stored?.server === server ? stored.manifest : undefined;
  const manifest = await keepToday(server, former, downloads);
  if ((await readSettings()).server !== server) {
    if (!stored) await dropFiles();
    return 'left';
  }
  if (former) await quietJudgedAnew(former, manifest);
  await showFiles({ server, manifest });
  if (former && hashesOf(former) === hashesOf(manifest)) return 'same';
  await pruneMarks(manifest.recentSince);
  return 'newer';
}

/** Keeps all files of today's manifest. A file that is gone again: the server made others meanwhile, and names them. */
async function keepToday(
  server: string,
  former: ExtensionManifest | undefined,
  downloads: Downloads,
): Promise<ExtensionManifest> {
  const manifest = await downloadManifest(server, downloads);
  try {
    await keepNewer({ server, manifest, former, downloads });
    return manifest;
  } catch (error) {
    if (!(error instanceof DownloadError) || error.reason !== 'refused') throw error;
    const next = await downloadManifest(server, downloads);
    if (hashesOf(next) === hashesOf(manifest)) throw error;
    await keepNewer({ server, manifest: next, former, downloads });
    return next;
  }
}

const hashesOf = ({ index, services, recent }: ExtensionManifest): string =>
  [index, services, ...recent].map((file) => file.sha256).join();
