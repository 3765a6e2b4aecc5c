import type { ExtractRequest } from './extract-request.ts';
import { type ExtractionPlaces, extractSourceDocument } from './extract-source-document.ts';
import { createFilterProcesses } from './filter-process/extract-with-filters.ts';
import type { GuardedFetch } from './filter-process/guarded-fetch.ts';
import { createWorkerPool, type WorkerPoolOptions } from './worker-pool.ts';

/** Terms to extract: their source documents, in the order in which they are combined. */
export interface TermsRequest {
  readonly members: readonly ExtractRequest[];
}

export interface Extractor {
  /**
   * Extracts terms: the Markdown of their source documents, with a rule between them. Never on the calling thread.
   *
   * @throws ExtractError of the first member that cannot be extracted; the reason of `signal` when it is aborted
   */
  readonly extract: (terms: TermsRequest, signal?: AbortSignal) => Promise<string>;
  /** Ends all workers and processes. */
  readonly close: () => Promise<void>;
}

export interface ExtractorOptions extends WorkerPoolOptions {
  /** Fetches for a service's own filters; absent: theirs are refused. */
  readonly guardedFetch?: GuardedFetch | undefined;
}

/** OTA's separator of combined terms. */
const BETWEEN_MEMBERS = '\n\n- - -\n\n';

export function createExtractor({ guardedFetch, ...poolOptions }: ExtractorOptions = {}): Extractor {
  const pool = createWorkerPool(poolOptions);
  const filterProcesses = createFilterProcesses({ guardedFetch });
  const places: ExtractionPlaces = { extract: pool.extract, extractWithFilters: filterProcesses.extract };
  return {
    extract: async ({ members }, signal) => {
      signal?.throwIfAborted();
      const outcomes = await Promise.allSettled(members.map((member) => extractSourceDocument(member, places, signal)));
      signal?.throwIfAborted();
      return outcomes
        .map((outcome) => {
          if (outcome.status === 'rejected') throw outcome.reason;
          return outcome.value;
        })
        .join(BETWEEN_MEMBERS);
    },
    close: async () => {
      filterProcesses.close();
      await pool.close();
    },
  };
}
