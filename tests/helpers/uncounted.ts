import type { ServedCollection, ServedCollections } from '../../archive/collections/served-collection.ts';
import type { IndexReader } from '../../archive/index/index-reader.ts';
import type { IndexedVersion } from '../../archive/index/indexed-record.ts';

/** The same collections before the lines of their versions are counted, which comes after all else. */
export function uncounted(served: ServedCollections): ServedCollections {
  const all = served.all().map((collection) => ({ ...collection, index: () => withoutCounts(collection) }));
  return { ...served, all: () => all, get: (id) => all.find((one) => one.id === id) };
}

function withoutCounts(collection: ServedCollection): IndexReader {
  const reader = collection.index();
  const without = (version: IndexedVersion): IndexedVersion => ({
    ...version,
    additions: undefined,
    deletions: undefined,
  });
  return {
    ...reader,
    versionById: (id) => {
      const version = reader.versionById(id);
      return version && without(version);
    },
    versionsOfCommit: (id, limit) => reader.versionsOfCommit(id, limit).map(without),
  };
}
