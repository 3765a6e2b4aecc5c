import type { Redline } from '../../archive/changes/redline/redline.ts';
import type { ClauseHistory, Mention, TextHits } from '../../archive/index/clause.ts';
import type { IndexUnavailableReason } from '../../archive/index/index-error.ts';
import type { QuerySource, SourceMentionQuery, SourceQuery } from './query-pool.ts';

/** What a thread is asked. */
export type QueryTask =
  | { readonly kind: 'search'; readonly queries: readonly SourceQuery[] }
  | { readonly kind: 'mentions'; readonly queries: readonly SourceMentionQuery[] }
  | {
      readonly kind: 'passage-history';
      readonly source: QuerySource;
      readonly serviceId: string;
      readonly termsType: string;
      readonly passage: string;
    }
  | { readonly kind: 'clause'; readonly source: QuerySource; readonly clauseId: number }
  | { readonly kind: 'redline'; readonly before: string; readonly after: string };

/** A task as it is handed to a thread. */
export interface HandedTask {
  readonly task: QueryTask;
  /** Set and notified when a thread begins: one that has to be started first may take seconds on a busy machine. */
  readonly begun: Int32Array<SharedArrayBuffer>;
}

/** What comes back for each kind of task. */
export interface TaskResults {
  readonly search: readonly ({ readonly found: TextHits } | { readonly unavailable: UnavailableIndex })[];
  readonly mentions: readonly ({ readonly found: readonly Mention[] } | { readonly unavailable: UnavailableIndex })[];
  readonly 'passage-history': ClauseHistory[];
  readonly clause: ClauseHistory | undefined;
  readonly redline: Redline;
}

/** Errors lose their class between threads: those that the asker is told about come back by name. */
export type TaskAnswer =
  | { readonly result: TaskResults[keyof TaskResults] }
  | { readonly failure: { readonly name: 'QuerySyntaxError'; readonly message: string } | UnavailableIndex };

export interface UnavailableIndex {
  readonly name: 'IndexUnavailableError';
  readonly message: string;
  readonly reason: IndexUnavailableReason;
}
