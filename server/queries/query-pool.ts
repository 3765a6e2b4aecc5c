import type { Redline } from '../../archive/changes/redline/redline.ts';
import type { ClauseHistory, Mention, MentionQuery, TextHits, TextQuery } from '../../archive/index/clause.ts';
import type { IndexUnavailableError } from '../../archive/index/index-error.ts';

/** Where a thread reads: a collection's index, and its checks where they are known. */
export interface QuerySource {
  readonly indexFile: string;
  readonly ledgerFile?: string | undefined;
}

/** A query of one of several indexes. */
export interface SourceQuery {
  readonly source: QuerySource;
  /** Its `limit` may be more than an index gives at once: it is asked several times then. */
  readonly query: TextQuery;
}

/** What one of several indexes found, or why it cannot be read. */
export type SourceHits = { readonly found: TextHits } | { readonly unavailable: IndexUnavailableError };

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
  /**
   * Searches several indexes, as one question: one thread, one time. Answers are in the order of the queries.
   *
   * @throws QuerySyntaxError that says what of the query cannot be read.
   */
  search(queries: readonly SourceQuery[], signal?: AbortSignal): Promise<SourceHits[]>;
  /**
   * Which terms hold something, in several indexes, as `search`.
   *
   * @throws QuerySyntaxError likewise.
   */
  mentions(queries: readonly SourceMentionQuery[], signal?: AbortSignal): Promise<SourceMentions[]>;
  passageHistory(
    source: QuerySource,
    passage: { readonly serviceId: string; readonly termsType: string; readonly text: string },
    signal?: AbortSignal,
  ): Promise<ClauseHistory[]>;
  clause(source: QuerySource, clauseId: number, signal?: AbortSignal): Promise<ClauseHistory | undefined>;
  /** Askers of the same redline at the same time share the work. @throws TextTooLargeError where both texts together are over the limit. */
  redline(before: RedlineSide, after: RedlineSide, signal?: AbortSignal): Promise<Redline>;
  /** For metrics. */
  load(): QueryLoad;
  close(): Promise<void>;
}

/** A question to one of several indexes: which terms hold something. */
export interface SourceMentionQuery {
  readonly source: QuerySource;
  readonly query: MentionQuery;
}

export type SourceMentions = { readonly found: readonly Mention[] } | { readonly unavailable: IndexUnavailableError };

export interface QueryLoad {
  readonly running: number;
  readonly waiting: number;
  readonly cachedRedlines: number;
  readonly cachedBytes: number;
}
