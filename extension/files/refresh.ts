import type { ExtensionManifest } from '../../server/api/contract.ts';
import { noteFailure, noteSuccess, type RefreshFault } from '../state/last-refresh.ts';
import { readSettings } from '../state/settings.ts';
import { DOWNLOADS, type Downloads, downloadFile, downloadManifest, downloadNewer, sha256 } from './download.ts';
import { DownloadError } from './download-error.ts';
import { hasAlerts, readFile, readStored } from './file-store.ts';
import { dropFiles, keepAlerts, keepLines, showFiles } from './keep-files.ts';
import { pruneMarks } from './prune-marks.ts';
import { quietJudgedAnew } from './quiet-judged-anew.ts';
import { readRecent } from './read-recent.ts';
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

/** How much of the services is read for one of them: 400 services, within a millisecond. */
const PART_BYTES = 65_536;

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
  const manifest = await downloadManifest(server, downloads);
  const stored = await readStored();
  // Files of another server are no base: asking for what changed since would tell this one of that one.
  const former = stored?.server === server ? stored.manifest : undefined;
  for (const kind of ['index', 'services'] as const) {
    const file = manifest[kind];
    if (await readWhole(file.sha256)) continue;
    const base = former && (await readWhole(former[kind].sha256));
    const bytes = base
      ? await downloadNewer(server, { file, former: { sha256: former[kind].sha256, bytes: base } }, downloads)
      : await downloadFile(server, file, downloads);
    await keepLines(file.sha256, bytes, kind === 'services' ? PART_BYTES : undefined);
  }
  for (const file of manifest.recent) {
    if (await hasAlerts(file.sha256)) continue;
    await keepAlerts(file.sha256, readRecent(await downloadFile(server, file, downloads)));
  }
  if ((await readSettings()).server !== server) {
    if (!(await readStored())) await dropFiles();
    return 'left';
  }
  if (former) await quietJudgedAnew(former, manifest);
  await showFiles({ server, manifest });
  if (former && hashesOf(former) === hashesOf(manifest)) return 'same';
  await pruneMarks(manifest.recentSince);
  return 'newer';
}

/** A kept file that is still what it was; also one of a refresh that did not come to its end. */
async function readWhole(hash: string): Promise<Uint8Array | undefined> {
  const bytes = await readFile(hash);
  return bytes && (await sha256(bytes)) === hash ? bytes : undefined;
}

const hashesOf = ({ index, services, recent }: ExtensionManifest): string =>
  [index, services, ...recent].map((file) => file.sha256).join();
