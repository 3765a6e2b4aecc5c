import { join } from 'node:path';
import type { CollectionEntry, Place } from './collection-entry.ts';
import type { ConfiguredCollection } from './configured-collection.ts';

/** Where the collection's own settings (its config, the environment, options) put what is recorded here. */
export interface TrackedPlaces {
  readonly dataDirectory: string;
  readonly versionsDirectory: string;
  readonly snapshotsDirectory: string;
  readonly ledgerFile: string;
  readonly indexFile: string;
  readonly schedule: string;
}

/** When a mirror is fetched that does not say. */
const DEFAULT_FETCHES = '17 * * * *';

/**
 * The folder of a collection with its `declarations/`: where it is, or for those of an address where they are put.
 *
 * @param dataDirectory the server's.
 */
export function collectionDirectoryOf(
  { id, declarations, data }: CollectionEntry,
  dataDirectory: string,
): string | undefined {
  if (declarations?.kind !== 'remote') return declarations?.path;
  return join(data ?? join(dataDirectory, id), 'collection');
}

/**
 * A collection of the configuration with all places settled.
 *
 * @param dataDirectory the server's; mirrors have a folder each in it.
 * @param tracked of a collection that is tracked; what its entry names goes before.
 */
export function settleCollection(
  entry: CollectionEntry,
  dataDirectory: string,
  tracked?: TrackedPlaces,
): ConfiguredCollection {
  const { id, name, isDefault, declarations, versions, snapshots } = entry;
  const own = entry.data ?? tracked?.dataDirectory ?? join(dataDirectory, id);
  const at = (place: Place | undefined, otherwise: string): string => (place?.kind === 'path' ? place.path : otherwise);
  const remote = (place: Place | undefined): string | undefined => (place?.kind === 'remote' ? place.url : undefined);
  const remotes = {
    versions: remote(versions),
    snapshots: remote(snapshots),
    declarations: remote(declarations),
  };
  const isFetched = Object.values(remotes).some((url) => url !== undefined);
  return {
    id,
    name,
    kind: entry.isTracked ? 'tracked' : 'mirrored',
    isDefault,
    schedule: entry.schedule ?? tracked?.schedule ?? (isFetched ? DEFAULT_FETCHES : undefined),
    collectionDirectory: collectionDirectoryOf(entry, dataDirectory),
    dataDirectory: own,
    versionsDirectory: at(versions, tracked?.versionsDirectory ?? join(own, 'versions')),
    snapshotsDirectory: at(snapshots, tracked?.snapshotsDirectory ?? join(own, 'snapshots')),
    ledgerFile: tracked?.ledgerFile ?? join(own, 'ledger.sqlite'),
    indexFile: tracked?.indexFile ?? join(own, 'index.sqlite'),
    remotes,
  };
}
