import type { IndexReader } from '../index/index-reader.ts';
import type { IndexedVersion } from '../index/indexed-record.ts';
import type { SecondFetch } from '../ledger/second-fetch.ts';
import type { SecondFetchReader } from '../ledger/second-fetch-reader.ts';
import { versionOf } from './standing.ts';

interface OfTerms {
  readonly serviceId: string;
  readonly termsType: string;
}

/** The latest entry on the second fetch of each change, and the version that it is about. */
export interface KnownSecondFetches {
  /** Reads what is new. @returns the id of the last entry, which grows with each */
  read(ledger: SecondFetchReader): number;
  of(version: OfTerms & { readonly id: string }): SecondFetch | undefined;
  /** Those that may keep a change from being told: not reproduced, or without an outcome. */
  withholding(): readonly SecondFetch[];
  version(secondFetch: SecondFetch, index: IndexReader): IndexedVersion | undefined;
  /** Of the ledger too: another one is there. */
  clear(what: 'all' | 'versions'): void;
}

export function createKnownSecondFetches(): KnownSecondFetches {
  const latest = new Map<string, SecondFetch>();
  const withholding = new Map<string, SecondFetch>();
  const versions = new Map<string, IndexedVersion>();
  let lastId = 0;
  return {
    read(ledger) {
      if (ledger.lastSecondFetchId() === lastId) return lastId;
      for (const { id, secondFetch } of ledger.secondFetches(lastId)) {
        const key = keyOf(secondFetch, secondFetch.versionId);
        latest.set(key, secondFetch);
        const { outcome } = secondFetch;
        if (outcome === 'awaited' || outcome === 'not-reproduced') withholding.set(key, secondFetch);
        else withholding.delete(key);
        lastId = id;
      }
      return lastId;
    },
    of: (version) => latest.get(keyOf(version, version.id)),
    withholding: () => [...withholding.values()],
    version(secondFetch, index) {
      const key = keyOf(secondFetch, secondFetch.versionId);
      const found = versions.get(key) ?? versionOf(secondFetch, secondFetch.versionId, index);
      // It stays as it is once it is judged.
      if (found?.analysis) versions.set(key, found);
      return found;
    },
    clear(what) {
      versions.clear();
      if (what === 'versions') return;
      latest.clear();
      withholding.clear();
      lastId = 0;
    },
  };
}

const keyOf = ({ serviceId, termsType }: OfTerms, versionId: string): string =>
  JSON.stringify([serviceId, termsType, versionId]);
