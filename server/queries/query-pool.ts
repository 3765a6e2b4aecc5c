import type { Redline } from '../../archive/changes/redline.ts';
import type { ClauseHistory, TextHits, TextQuery } from '../../archive/index/clause.ts';

/** Where a thread reads: a collection's index, and its checks where they are known. */
export interface QuerySource {
  readonly indexFile: string;
  readonly ledgerFile?: string | undefined;
}

/** One side of a redline. */
export interface RedlineSide {
  /** Git blob of the version: what the cache knows it by. */
  readonly blob: string;
  /** Its text; asked for only where the redline is not in the cache. */
  readonly content: () => Promise<string>;
}

/**
 * Threads for what takes longer than a millisecond. Every method may throw QueryTooExpensiveError (its time is over),
 * QueriesBusyError (too many wait already), IndexUnavailableError, and the signal's reason once the asker has gone.
 */
export interface QueryPool {
  /** @throws QuerySyntaxError that says what of the query cannot be read. */
  search(source: QuerySource, query: TextQuery, signal?: AbortSignal): Promise<TextHits>;
  passageHistory(
    source: QuerySource,
    passage: { readonly serviceId: string; readonly termsType: string; readonly text: string },
    signal?: AbortSignal,
  ): Promise<ClauseHistory[]>;
  clause(source: QuerySource, clauseId: number, signal?: AbortSignal): Promise<ClauseHistory | undefined>;
  /** @throws TextTooLargeError where both texts together are over the limit. */
  redline(before: RedlineSide, after: RedlineSide, signal?: AbortSignal): Promise<Redline>;
  /** For metrics. */
  load(): QueryLoad;
  close(): Promise<void>;
}

export interface QueryLoad {
  readonly running: number;
  readonly waiting: number;
  readonly cachedRedlines: number;
  readonly cachedBytes: number;
}
