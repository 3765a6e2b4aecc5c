import { LRUCache } from 'lru-cache';
import type { IndexReader, IndexState } from '../index/index-reader.ts';
import type { IndexedVersion } from '../index/indexed-record.ts';
import type { TermsFoundReader } from '../ledger/terms-found-reader.ts';
import { type Standing, standingOf } from './standing.ts';

/** Successful checks, one a run, for which words have to stand. */
const CHECKS = 6;
const MOST = 20_000;

/** Standings that are looked up once, and again only where the ledger has more of the terms, or the index what was missing. */
export interface KnownStandings {
  of(version: IndexedVersion, ledger: TermsFoundReader, index: IndexReader): Standing;
  clear(): void;
}

export function createKnownStandings(): KnownStandings {
  const known = new LRUCache<number, { standing: Standing; lastId: number | undefined; state: IndexState }>({
    max: MOST,
  });
  return {
    of(version, ledger, index) {
      const former = known.get(version.seq);
      if (former?.standing.since || former?.standing.endedBy) return former.standing;
      const lastId = ledger.entriesOf(version)?.lastId;
      const state = index.state();
      const isSame = former?.lastId === lastId && (!former?.standing.waitsForIndex || former.state === state);
      if (former && isSame) return former.standing;
      const standing = standingOf(version, CHECKS, ledger, index);
      known.set(version.seq, { standing, lastId, state });
      return standing;
    },
    clear: () => known.clear(),
  };
}
