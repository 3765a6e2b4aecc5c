import type { IndexReader, IndexState } from '../index/index-reader.ts';
import type { IndexedVersion } from '../index/indexed-record.ts';

const AT_ONCE = 500;

/** The versions that look like faulty captures, found once: only those that are new are looked for again. */
export interface SuspectVersions {
  /** While versions are still to be judged, those that were known before. */
  all(index: IndexReader): readonly IndexedVersion[];
  clear(): void;
}

export function createSuspectVersions(): SuspectVersions {
  let found: IndexedVersion[] = [];
  let lookedUpTo = 0;
  let state: IndexState | undefined;
  return {
    all(index) {
      const now = index.state();
      if (now === state || now.versionsWithoutAnalysis > 0) return found;
      const [newest] = index.versions({}, { limit: 1 });
      for (let before: number | undefined, isMore = true; isMore; ) {
        const part = index.versions({ states: ['suspect'] }, { limit: AT_ONCE, before });
        const fresh = part.filter(({ seq }) => seq > lookedUpTo);
        found = [...found, ...fresh];
        before = part.at(-1)?.seq;
        isMore = fresh.length === AT_ONCE;
      }
      lookedUpTo = newest?.seq ?? 0;
      state = now;
      return found;
    },
    clear() {
      found = [];
      lookedUpTo = 0;
      state = undefined;
    },
  };
}
