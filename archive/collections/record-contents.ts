import type { LRUCache } from 'lru-cache';
import { ArchiveError } from '../git/archive-error.ts';
import { type BatchReader, type GitObject, openBatchReader } from '../git/batch-reader.ts';
import { locateRepository } from '../git/git-location.ts';
import { MOST_CONTENT_BYTES } from '../records/content-limits.ts';

/** Contents by collection and blob, bounded in bytes for a whole server. */
export type ContentCache = LRUCache<string, Buffer>;

/** Contents of the records of one repository. */
export interface RecordContents {
  /** @throws ArchiveError where the repository is not there or does not hold the blob, or one that is too large, or once closed. */
  read(record: { readonly id: string; readonly blob: string }): Promise<Buffer>;
  /** The object of that name, `HEAD:LICENSE`; nothing of it is kept. @throws ArchiveError as `read` does */
  object(name: string): Promise<GitObject | undefined>;
  /** Ends its git; what is being read fails. Nothing is read from then on. */
  close(): Promise<void>;
}

/**
 * Opens the contents of a repository, which may come to be only later. One git reads for all; what is asked for at the
 * same time is read once.
 *
 * @param owner makes keys in the cache the repository's own: a blob is trusted to be what its repository says it is, and
 *   one repository's fault must not become another's.
 */
export function openRecordContents(
  directory: string,
  owner: string,
  cache: ContentCache,
  { mostBytes = MOST_CONTENT_BYTES }: { readonly mostBytes?: number } = {},
): RecordContents {
  const reading = new Map<string, Promise<Buffer>>();
  let reader: BatchReader | undefined;
  let isClosed = false;
  let ending: Promise<unknown> = Promise.resolve();

  async function open(): Promise<BatchReader> {
    if (reader) return reader;
    const location = await locateRepository(directory);
    // It may have been closed while it was looked for: a git begun now would be ended by nobody.
    if (isClosed) throw new ArchiveError(`${directory} was closed and is read no more`, { directory });
    if (!location) throw new ArchiveError(`There is no repository at ${directory} yet`, { directory });
    reader ??= openBatchReader(location, { mostBytes });
    return reader;
  }

  async function readFresh(key: string, { id, blob }: { id: string; blob: string }): Promise<Buffer> {
    const used = reader ?? (await open());
    const object = await used.object(blob);
    if (object?.type !== 'blob') {
      // A repository that was put in the place of another is not seen by a git that was begun in the other.
      if (used === reader) {
        reader = undefined;
        ending = Promise.all([ending, used.close()]);
      }
      throw new ArchiveError(
        `${directory} does not hold the content of record ${id} (blob ${blob}); check it with git fsck, and restore it from a backup or clone it again`,
        { directory },
      );
    }
    cache.set(key, object.content);
    return object.content;
  }

  return {
    read(record) {
      const key = `${owner} ${record.blob}`;
      const cached = cache.get(key);
      if (cached) return Promise.resolve(cached);
      let content = reading.get(key);
      if (!content) {
        content = readFresh(key, record).finally(() => reading.delete(key));
        reading.set(key, content);
      }
      return content;
    },
    object: async (name) => (await open()).object(name),
    async close() {
      isClosed = true;
      await Promise.all([ending, reader?.close()]);
      reader = undefined;
    },
  };
}
