import type { IndexActivity } from '../index-activity.ts';

/** What the worker that writes an index is told at its start. Paths are absolute, times milliseconds. */
export interface KeeperSettings {
  readonly versionsDirectory: string;
  readonly snapshotsDirectory: string;
  readonly indexFile: string;
  readonly lockFile: string;
  /** Named to whoever meets the lock, such as `serve`. */
  readonly command: string;
  readonly pollInterval: number;
}

/** From the follower to its worker. */
export type ToKeeper =
  /** Answered with `caught-up` once the tips of this moment are indexed. */
  { readonly kind: 'catch-up'; readonly request: number } | { readonly kind: 'close' };

/** From the worker to its follower. */
export type FromKeeper =
  | { readonly kind: 'activity'; readonly activity: IndexActivity }
  /** There are other records in the index than before, or more of their text. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'caught-up'; readonly request: number; readonly failure: string | undefined }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string }
  | { readonly kind: 'closed' };

export type LogLevel = 'info' | 'warn' | 'error';
