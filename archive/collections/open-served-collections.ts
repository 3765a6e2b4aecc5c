import { LRUCache } from 'lru-cache';
import { followIndex } from '../index/follow/follow-index.ts';
import type { CollectionEvent } from './collection-event.ts';
import type { ConfiguredCollection } from './configured-collection.ts';
import { type FollowIndex, openServedCollection } from './open-served-collection.ts';
import type { ServedCollections } from './served-collection.ts';
import { type WatchedLists, watchLists } from './watched-lists.ts';

/** Bytes of contents that are kept in memory, for all collections together. */
const CONTENT_CACHE = 32 * 1024 * 1024;

export interface ServedCollectionsOptions {
  readonly collections: readonly ConfiguredCollection[];
  /** File of the named lists; undefined: there are none. */
  readonly listsFile?: string | undefined;
  /** By default {@link followIndex}. */
  readonly follow?: FollowIndex;
  /** Hears of faults and of what was reloaded. */
  readonly tell?: (event: CollectionEvent) => void;
  readonly contentCacheBytes?: number;
  /** Milliseconds between two looks at the files of declarations and lists. */
  readonly lookEvery?: number | undefined;
}

export interface OpenServedCollections extends ServedCollections {
  /** Looks at the files of declarations and lists now; what has settled since the last look is taken in. */
  look(): Promise<void>;
}

/**
 * Opens collections for reading and follows them: declarations, lists, index, ledger. One that is not there yet (a mirror
 * that is still being fetched) is served without records until it is. `close` leaves nothing running.
 *
 * @throws whatever the index's follower throws where an index can be neither read nor made; nothing stays open then.
 */
export async function openServedCollections(options: ServedCollectionsOptions): Promise<OpenServedCollections> {
  const { collections, listsFile, follow = followIndex, tell = () => {}, lookEvery } = options;
  const contents = new LRUCache<string, Buffer>({
    maxSize: options.contentCacheBytes ?? CONTENT_CACHE,
    // A content of no bytes takes room as well.
    sizeCalculation: (content) => content.length + 200,
  });
  const opening = await Promise.allSettled(
    collections.map((configured) =>
      openServedCollection(configured, {
        follow,
        contents,
        lookEvery,
        tell: (event) => tell({ ...event, collection: configured.id }),
      }),
    ),
  );
  const opened = opening.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const all = opened.map(({ served }) => served);
  const closeAll = async (): Promise<void> => {
    for (const result of await Promise.allSettled(all.map((collection) => collection.close()))) {
      if (result.status === 'rejected') throw result.reason;
    }
  };
  const failed = opening.find((result) => result.status === 'rejected');
  if (failed) {
    await closeAll().catch(() => {});
    throw failed.reason;
  }
  const byId = new Map(all.map((collection) => [collection.id, collection]));
  const defaultId = collections.length === 1 ? collections[0]?.id : collections.find(({ isDefault }) => isDefault)?.id;
  const lists: WatchedLists | undefined = listsFile
    ? await watchLists(listsFile, {
        collections: () => all,
        tell: (event) => tell({ ...event, collection: undefined }),
        every: lookEvery,
      })
    : undefined;

  return {
    all: () => all,
    get: (id) => byId.get(id),
    default: () => (defaultId === undefined ? undefined : byId.get(defaultId)),
    lists: () => lists?.current() ?? [],
    async look() {
      await Promise.all([...opened.map(({ declarations }) => declarations?.look()), lists?.look()]);
    },
    async close() {
      await lists?.close();
      await closeAll();
      contents.clear();
    },
  };
}
