import { rm } from 'node:fs/promises';
import type { FollowedIndex } from '../../archive/collections/open-served-collection.ts';
import { openIndexReader } from '../../archive/index/open-reader.ts';
import { updateIndex } from '../../archive/index/update-index.ts';

/** An index that is brought up to date when a test says so, in its own thread. */
export interface CaughtUpIndex extends FollowedIndex {
  caughtUp(): Promise<void>;
  /** Throws it away and builds it from the records. */
  rebuild(): Promise<void>;
}

export async function followOnDemand(
  places: Pick<Parameters<typeof updateIndex>[0], 'versionsDirectory' | 'snapshotsDirectory' | 'indexFile'>,
  withText = true,
): Promise<CaughtUpIndex> {
  await updateIndex({ ...places, withText });
  let reader = openIndexReader(places.indexFile);
  return {
    reader: () => reader,
    activity: () => ({ kind: 'ready' }),
    caughtUp: async () => {
      await updateIndex({ ...places, withText });
    },
    rebuild: async () => {
      reader.close();
      for (const suffix of ['', '-wal', '-shm']) await rm(`${places.indexFile}${suffix}`, { force: true });
      await updateIndex({ ...places, withText });
      reader = openIndexReader(places.indexFile);
    },
    close: async () => reader.close(),
  };
}
