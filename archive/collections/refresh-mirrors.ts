import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FetchProgress } from '../git/fetch-progress.ts';
import { type FetchLimits, fetchMirror } from '../git/mirror.ts';
import { putBack, type WantedFiles, writeOut } from '../git/write-out.ts';
import { thisProcess } from '../ledger/lock-owner.ts';
import { acquireWriterLock } from '../ledger/writer-lock.ts';
import type { CollectionRemotes, ConfiguredCollection } from './configured-collection.ts';

export type MirroredPart = keyof CollectionRemotes;

/** How the fetch of one part went. A part that failed stays as it was, and goes on being served. */
export interface MirrorOutcome {
  readonly collection: string;
  readonly part: MirroredPart;
  /** Tip of the part's branch; undefined where the fetch failed. */
  readonly tip: string | undefined;
  /** Something new came. */
  readonly isChanged: boolean;
  /** The remote's history was rewritten; records that it no longer has are kept. */
  readonly isRewritten: boolean;
  /** MirrorError, DiskSpaceError, LockedError, ArchiveError: each message names the thing and the next step. */
  readonly error: Error | undefined;
}

export interface MirrorProgress {
  readonly collection: string;
  readonly part: MirroredPart;
  readonly progress: FetchProgress;
}

export interface RefreshOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((fetched: MirrorProgress) => void) | undefined;
  /** Hears of each part when it is done. */
  readonly onOutcome?: ((outcome: MirrorOutcome) => void) | undefined;
  /** Free bytes on the disk below which nothing more is fetched. */
  readonly diskFloor?: number | undefined;
  /** Milliseconds without a word from a remote after which its fetch is ended. */
  readonly stallTimeout?: number | undefined;
  /** Milliseconds that the fetch of one part may take as a whole. */
  readonly limits?: FetchLimits | undefined;
  /** Named to whoever meets the lock; default `serve`. */
  readonly command?: string | undefined;
}

/** Declarations come first: they are small, and services are then there by name while the records are fetched. */
const PARTS: readonly MirroredPart[] = ['declarations', 'versions', 'snapshots'];

/** The largest declaration known is 37 KB, the largest collection has some 1,000 files. */
const MOST_FILES = 50_000;
const MOST_BYTES = 2_000_000;
const MOST_TOTAL_BYTES = 200_000_000;

/**
 * Fetches whatever the collections have elsewhere, one after the other. One that fails keeps none of the others from
 * being fetched.
 *
 * @returns an outcome for each part, in the order of the collections.
 * @throws the signal's reason when it is aborted; no other error.
 */
export async function refreshMirrors(
  collections: readonly ConfiguredCollection[],
  options: RefreshOptions = {},
): Promise<MirrorOutcome[]> {
  const outcomes: MirrorOutcome[] = [];
  for (const collection of collections) {
    if (!PARTS.some((part) => collection.remotes[part] !== undefined)) continue;
    for (const outcome of await refreshOne(collection, options)) outcomes.push(outcome);
  }
  return outcomes;
}

async function refreshOne(collection: ConfiguredCollection, options: RefreshOptions): Promise<MirrorOutcome[]> {
  const { id, dataDirectory, remotes } = collection;
  const { signal, onOutcome, command = 'serve' } = options;
  const outcomes: MirrorOutcome[] = [];
  const tell = (part: MirroredPart, result: Omit<MirrorOutcome, 'collection' | 'part'>): void => {
    const outcome = { collection: id, part, ...result };
    outcomes.push(outcome);
    onOutcome?.(outcome);
  };
  const failed = (error: unknown): Omit<MirrorOutcome, 'collection' | 'part'> => ({
    ...{ tip: undefined, isChanged: false, isRewritten: false },
    error: error instanceof Error ? error : new Error(String(error)),
  });
  const wanted = PARTS.filter((part) => remotes[part] !== undefined);
  signal?.throwIfAborted();
  let release: () => void;
  try {
    await mkdir(dataDirectory, { recursive: true });
    const lock = acquireWriterLock(join(dataDirectory, 'mirror.lock'), { owner: thisProcess(command) });
    release = () => lock.release();
  } catch (error) {
    for (const part of wanted) tell(part, failed(error));
    return outcomes;
  }
  try {
    for (const part of wanted) {
      try {
        tell(part, await refreshPart(collection, part, remotes[part] ?? '', options));
      } catch (error) {
        signal?.throwIfAborted();
        tell(part, failed(error));
      }
    }
  } finally {
    release();
  }
  return outcomes;
}

async function refreshPart(
  collection: ConfiguredCollection,
  part: MirroredPart,
  url: string,
  { signal, onProgress, diskFloor, stallTimeout, limits }: RefreshOptions,
): Promise<Omit<MirrorOutcome, 'collection' | 'part'>> {
  const { id, dataDirectory, versionsDirectory, snapshotsDirectory, collectionDirectory, kind } = collection;
  const directories = {
    versions: versionsDirectory,
    snapshots: snapshotsDirectory,
    declarations: join(dataDirectory, 'declarations.git'),
  };
  const directory = directories[part];
  const folder = part === 'declarations' ? collectionDirectory : undefined;
  if (folder !== undefined) await putBack(folder);
  const { tip, before, isRewritten } = await fetchMirror({
    ...{ directory, url, signal, diskFloor, stallTimeout, limits },
    onProgress: (progress) => onProgress?.({ collection: id, part, progress }),
  });
  if (folder !== undefined) {
    const location = { directory, gitDirectory: directory, workTree: undefined };
    await writeOut(location, tip, folder, declarationFiles(kind));
  }
  return { tip, isChanged: tip !== before, isRewritten, error: undefined };
}

/** Filter functions are code: those of a mirror are not even written out, only what is tracked here has a use for them. */
function declarationFiles(kind: ConfiguredCollection['kind']): WantedFiles {
  const isDeclaration = (name: string): boolean =>
    name.endsWith('.json') || (kind === 'tracked' && /\.filters(\.history)?\.js$/.test(name));
  return {
    folders: new Map([
      ['', (name: string) => /^(metadata|domains)\.yml$/.test(name)],
      ['declarations', isDeclaration],
      ['config', (name: string) => kind === 'tracked' && name.endsWith('.json')],
    ]),
    needed: 'declarations',
    mostFiles: MOST_FILES,
    mostBytes: MOST_BYTES,
    mostTotalBytes: MOST_TOTAL_BYTES,
  };
}
