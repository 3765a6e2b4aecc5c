import type { DeclaredDomains } from '../declarations/domains.ts';
import type { IndexActivity } from '../index/index-activity.ts';
import type { IndexReader } from '../index/index-reader.ts';
import { openLateLedger } from '../ledger/late-ledger.ts';
import { activityOf } from './absent-records.ts';
import { createAlertOverlay } from './alert-overlay.ts';
import type { CollectionEvent } from './collection-event.ts';
import type { ConfiguredCollection } from './configured-collection.ts';
import { createKnownLicence } from './known-licence.ts';
import { type ContentCache, openRecordContents } from './record-contents.ts';
import type { ServedCollection } from './served-collection.ts';
import { type WatchedDeclarations, watchDeclarations } from './watched-declarations.ts';

/** The index of a collection, kept up to date with its repositories for as long as it is open. */
export interface FollowedIndex {
  /** @throws IndexUnavailableError */
  reader(): IndexReader;
  activity(): IndexActivity;
  close(): Promise<void>;
}

export type FollowIndex = (places: {
  readonly versionsDirectory: string;
  readonly snapshotsDirectory: string;
  readonly indexFile: string;
  readonly ledgerFile?: string;
}) => Promise<FollowedIndex>;

export interface OpenServedOptions {
  readonly follow: FollowIndex;
  readonly contents: ContentCache;
  readonly tell: (event: Omit<CollectionEvent, 'collection'>) => void;
  /** Milliseconds between two looks at the declarations' files. */
  readonly lookEvery?: number | undefined;
}

/** What a server needs of a collection beside what its readers get. */
export interface OpenCollection {
  readonly served: ServedCollection;
  /** Looks at the declarations' files now; undefined where none are known. */
  readonly declarations: WatchedDeclarations | undefined;
}

const NO_DOMAINS: DeclaredDomains = new Map();

/** Opens one collection for reading: nothing but its index is ever written. Parts may come to be only later. */
export async function openServedCollection(
  configured: ConfiguredCollection,
  { follow, contents, tell, lookEvery }: OpenServedOptions,
): Promise<OpenCollection> {
  const { id, kind, schedule, versionsDirectory, snapshotsDirectory, ledgerFile, indexFile } = configured;
  const isTracked = kind === 'tracked';
  const declarations = configured.collectionDirectory
    ? await watchDeclarations(configured.collectionDirectory, { tell, every: lookEvery })
    : undefined;
  // Checks are made here or not at all: the ledger of another installation is not among what it publishes.
  const ledger = isTracked
    ? openLateLedger(ledgerFile, {
        onProblem: (error) => tell({ kind: 'ledger-unreadable', message: (error as Error).message }),
      })
    : undefined;
  const versions = openRecordContents(versionsDirectory, `${id} versions`, contents);
  const snapshots = openRecordContents(snapshotsDirectory, `${id} snapshots`, contents);
  const index = await follow({
    versionsDirectory,
    snapshotsDirectory,
    indexFile,
    ...(isTracked && { ledgerFile }),
  }).catch(async (error: unknown) => {
    await declarations?.close();
    throw error;
  });

  const licence = createKnownLicence(versions, configured.licence, () => index.reader().state().versionsTip);
  const alertOverlay = createAlertOverlay({ index: () => index.reader(), ledger: () => ledger?.current() });

  const served: ServedCollection = {
    id,
    get name() {
      return configured.name ?? declarations?.metadata()?.name ?? id;
    },
    kind,
    schedule,
    metadata: () => declarations?.metadata(),
    services: () => declarations?.services() ?? [],
    domains: () => declarations?.domains() ?? NO_DOMAINS,
    index: () => index.reader(),
    indexFile,
    indexActivity: () => activityOf(configured, index),
    ledger: () => ledger?.current(),
    ledgerFile: isTracked ? ledgerFile : undefined,
    alertOverlay: () => alertOverlay,
    content: async (version) => (await versions.read(version)).toString('utf8'),
    // A copy: what is in the cache must stay as it is.
    snapshotContent: async (snapshot) => Uint8Array.from(await snapshots.read(snapshot)),
    licence,
    dataDirectory: configured.dataDirectory,
    async close() {
      ledger?.close();
      await Promise.allSettled([declarations?.close(), versions.close(), snapshots.close()]);
      await index.close();
    },
  };
  return { served, declarations };
}
