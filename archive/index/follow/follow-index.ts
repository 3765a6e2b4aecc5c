import { dirname, join } from 'node:path';
import type { IndexActivity } from '../index-activity.ts';
import { IndexUnavailableError } from '../index-error.ts';
import type { IndexReader } from '../index-reader.ts';
import { createLiveReader } from './live-reader.ts';
import type { FromKeeper, LogLevel } from './messages.ts';
import { superviseWorker } from './supervise-worker.ts';

/** An index that is kept up to date for as long as this is open. */
export interface IndexFollower {
  /**
   * The index for reading. The same object each time; it may be kept, and is not to be closed.
   *
   * @throws IndexUnavailableError that says what is being done, while there is nothing to read; its methods do so too.
   */
  reader(): IndexReader;
  activity(): IndexActivity;
  /**
   * Resolves when the records that are in the repositories at the time of the call are indexed with their text.
   *
   * @throws IndexUnavailableError where the attempt failed, or `close` came first.
   */
  caughtUp(): Promise<void>;
  /**
   * @param listener called when other records, or more text, can be read than before.
   * @returns a function that takes it away again.
   */
  onChange(listener: () => void): () => void;
  /** Ends the worker within a second or so, also in the middle of a build; what is done of that is kept. */
  close(): Promise<void>;
}

export interface FollowOptions {
  readonly versionsDirectory: string;
  /** May be absent, as may be the repository of the versions: they are taken in when they appear. */
  readonly snapshotsDirectory: string;
  readonly indexFile: string;
  /** Tells between which checks a text came or went; may come to be only later. */
  readonly ledgerFile?: string | undefined;
  /** Named to whoever meets the lock; default `serve`. */
  readonly command?: string | undefined;
  /** Milliseconds between two looks at the repositories; default 300. */
  readonly pollInterval?: number | undefined;
  /** What happens to the index, in plain words with the next step; silent by default. */
  readonly log?: Readonly<Record<LogLevel, (message: string) => void>> | undefined;
}

/** Milliseconds that a worker gets for ending by itself. */
const PATIENCE = 1_000;

/**
 * Opens a collection's index and keeps it up to date: a thread of its own makes it where it is absent, damaged or of another
 * release, takes in new records within a second of their commits, whoever made them, and is replaced when it dies. One process writes an
 * index at a time (the lock is `index.lock` beside it); others only read it, and one of them takes over.
 *
 * Resolves at once; an index that is there can be read from then on.
 */
export async function followIndex(options: FollowOptions): Promise<IndexFollower> {
  const { versionsDirectory, snapshotsDirectory, indexFile, ledgerFile, log } = options;
  const { command = 'serve', pollInterval = 300 } = options;
  let activity: IndexActivity = { kind: 'building', part: 'records', done: 0, total: 0 };
  let isClosed = false;
  let requests = 0;
  const waiting = new Map<number, PromiseWithResolvers<void>>();
  const listeners = new Set<() => void>();
  const reader = createLiveReader({ indexFile, ledgerFile, explain: () => explain(activity) });
  if (isReadable()) activity = { kind: 'ready' };

  const worker = superviseWorker({
    settings: {
      versionsDirectory,
      snapshotsDirectory,
      indexFile,
      lockFile: join(dirname(indexFile), 'index.lock'),
      command,
      pollInterval,
    },
    onMessage: receive,
    onDeath(cause, pause) {
      const message = `The writer of the index ${indexFile} died: ${cause}. It is started again in ${(pause / 1000).toFixed(1)} s; readers are answered from what the index holds.`;
      activity = { kind: 'failed', message };
      log?.error(message);
    },
    onStart() {
      for (const request of waiting.keys()) queueMicrotask(() => worker.tell({ kind: 'catch-up', request }));
    },
  });

  function isReadable(): boolean {
    try {
      reader.assertOpen();
      return true;
    } catch {
      return false;
    }
  }

  function receive(message: FromKeeper): void {
    switch (message.kind) {
      case 'activity':
        activity = message.activity;
        break;
      case 'changed':
        reader.look();
        for (const listener of listeners) listener();
        break;
      case 'caught-up': {
        const request = waiting.get(message.request);
        waiting.delete(message.request);
        reader.look();
        if (message.failure === undefined) request?.resolve();
        else request?.reject(new IndexUnavailableError(message.failure));
        break;
      }
      case 'log':
        log?.[message.level](message.message);
        break;
      case 'closed':
    }
  }

  return {
    reader() {
      reader.assertOpen();
      return reader;
    },
    activity: () => activity,
    caughtUp() {
      if (isClosed) return Promise.reject(new IndexUnavailableError(`The index ${indexFile} is closed.`));
      const request = ++requests;
      const answer = Promise.withResolvers<void>();
      waiting.set(request, answer);
      worker.tell({ kind: 'catch-up', request });
      return answer.promise;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      isClosed = true;
      await worker.close(PATIENCE);
      for (const { reject } of waiting.values()) {
        reject(new IndexUnavailableError(`The index ${indexFile} was closed before it was up to date.`));
      }
      waiting.clear();
      listeners.clear();
      reader.close();
    },
  };
}

/** What is being done about an index that cannot be read. */
function explain(activity: IndexActivity): string {
  switch (activity.kind) {
    case 'failed':
      return activity.message;
    case 'building': {
      const { done, total } = activity;
      const share = activity.part === 'records' && total > 0 ? ` (${Math.floor((100 * done) / total)} %)` : '';
      return `it is being made from the records${share}; ask again in some seconds`;
    }
    case 'ready':
      return 'it is opened again or made anew by itself; ask again in some seconds';
  }
}
