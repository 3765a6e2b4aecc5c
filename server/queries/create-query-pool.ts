import { join } from 'node:path';
import { Piscina } from 'piscina';
import type { Redline } from '../../archive/changes/redline/redline.ts';
import { IndexUnavailableError, QuerySyntaxError } from '../../archive/index/index-error.ts';
import { QueryTooExpensiveError, TextTooLargeError } from './query-error.ts';
import { createQueryGate } from './query-gate.ts';
import type { QueryPool, QuerySource, RedlineSide } from './query-pool.ts';
import type { HandedTask, QueryTask, TaskAnswer, TaskResults, UnavailableIndex } from './query-task.ts';
import { createRedlineCache } from './redline-cache.ts';
import { createSharedWork } from './shared-work.ts';

export interface QueryPoolOptions {
  /** Default 2: searching and comparing leave a core for everything else. */
  readonly threads?: number | undefined;
  /** Milliseconds for one question, once a thread has begun it. Default {@link DEFAULT_BUDGET}. */
  readonly budget?: number | undefined;
  /** Questions that may wait for a thread. Default 50. */
  readonly mostWaiting?: number | undefined;
  /** Milliseconds that a question waits for a thread. Default 4,000: with its own time, less than a request may take. */
  readonly longestWait?: number | undefined;
  /** Characters of both texts of a redline together. Default {@link MOST_REDLINE_CHARACTERS}. */
  readonly mostCharacters?: number | undefined;
  /** Memory of remembered redlines, in bytes. Default 32 MB. */
  readonly cacheBytes?: number | undefined;
  /** Heap of one thread, in megabytes. Default 192: two texts of 2.4 million characters without a word in common need 128. */
  readonly memoryMegabytes?: number | undefined;
}

export const DEFAULT_BUDGET = 5_000;

/** 5 million: the largest terms that are known have 1.3 million. */
export const MOST_REDLINE_CHARACTERS = 5_000_000;

/** Milliseconds. */
const LONGEST_START = 30_000;

/** A question whose asker has gone is left this long to end by itself: starting a thread anew costs more. */
const GRACE = 250;

const NARROWER: Readonly<Record<QueryTask['kind'], string>> = {
  search: 'Name a collection, services, terms types or dates, search for rarer words, or quote a phrase.',
  mentions: 'Name a collection, services or terms types, search for rarer words, or quote a phrase.',
  'passage-history': 'Give a shorter or rarer passage.',
  clause: 'Ask for the versions of the terms instead.',
  redline: 'Compare versions that are closer to each other, or read both texts.',
};

/** Starts the threads. */
export function createQueryPool(options: QueryPoolOptions = {}): QueryPool {
  const {
    threads = 2,
    budget = DEFAULT_BUDGET,
    mostWaiting = 50,
    longestWait = 4_000,
    memoryMegabytes = 192,
  } = options;
  const { mostCharacters = MOST_REDLINE_CHARACTERS, cacheBytes = 32 * 2 ** 20 } = options;
  const pool = new Piscina<HandedTask, TaskAnswer>({
    filename: join(import.meta.dirname, 'query-thread.ts'),
    // A thread that only waits takes 36 MB; the first is always there, so that nobody waits for it to begin.
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: 60_000,
    // What a query leaves is soon garbage: with V8's own roomy young generation a thread grew by 80 MB that nobody used.
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: 8 },
  });
  // A thread that ran out of memory is reported here too; its asker has been told.
  pool.on('error', () => undefined);
  const gate = createQueryGate(threads, mostWaiting, longestWait);
  const cache = createRedlineCache(cacheBytes);
  const redlines = createSharedWork<Redline>();

  async function inGate<Result>(signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result> {
    const leave = await gate.enter(signal);
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** To be called in the gate. */
  async function run<Kind extends QueryTask['kind']>(
    task: QueryTask & { readonly kind: Kind },
    signal: AbortSignal | undefined,
  ): Promise<TaskResults[Kind]> {
    signal?.throwIfAborted();
    const over = new AbortController();
    let isOver = false;
    const end = (): void => over.abort();
    let timer: NodeJS.Timeout | undefined;
    const begun = new Int32Array(new SharedArrayBuffer(4));
    void whenBegun(begun).then((hasBegun) => {
      if (!hasBegun) end();
      else if (!isOver) timer = setTimeout(end, budget);
    });
    let graceTimer: NodeJS.Timeout | undefined;
    const onGone = (): void => {
      graceTimer = setTimeout(end, GRACE);
    };
    signal?.addEventListener('abort', onGone, { once: true });
    let answer: TaskAnswer;
    try {
      answer = await pool.run({ task, begun }, { signal: over.signal });
    } catch (cause) {
      signal?.throwIfAborted();
      if (over.signal.aborted) throw tooExpensive(task, `took longer than ${budget / 1000} s`, cause);
      if ((cause as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw cause;
      throw tooExpensive(task, `needed more than ${memoryMegabytes} MB of memory`, cause);
    } finally {
      isOver = true;
      Atomics.notify(begun, 0);
      clearTimeout(timer);
      clearTimeout(graceTimer);
      signal?.removeEventListener('abort', onGone);
    }
    signal?.throwIfAborted();
    if ('result' in answer) return answer.result as TaskResults[Kind];
    const { failure } = answer;
    if (failure.name === 'QuerySyntaxError') throw new QuerySyntaxError(failure.message);
    throw toError(failure);
  }

  const ask = <Kind extends QueryTask['kind']>(
    task: QueryTask & { readonly kind: Kind },
    signal: AbortSignal | undefined,
  ): Promise<TaskResults[Kind]> => inGate(signal, () => run<Kind>(task, signal));

  /** To be called in the gate: both texts may take hundreds of megabytes, which whoever only waits must not hold. */
  async function redline(before: RedlineSide, after: RedlineSide, signal: AbortSignal): Promise<Redline> {
    const [from, to] = await Promise.all([before.content(), after.content()]);
    const characters = from.length + to.length;
    if (characters > mostCharacters) {
      throw new TextTooLargeError(
        `Both texts together have ${characters.toLocaleString('en')} characters; up to ${mostCharacters.toLocaleString('en')} are compared here.`,
      );
    }
    const result = await run({ kind: 'redline', before: from, after: to }, signal);
    cache.set(before.blob, after.blob, result);
    return result;
  }

  return {
    search: async (queries, signal) => {
      const asked = queries.map(({ source, query }) => ({ source: files(source), query }));
      const results = await ask({ kind: 'search', queries: asked }, signal);
      return results.map((one) => ('found' in one ? one : { unavailable: toError(one.unavailable) }));
    },
    mentions: async (queries, signal) => {
      const asked = queries.map(({ source, query }) => ({ source: files(source), query }));
      const results = await ask({ kind: 'mentions', queries: asked }, signal);
      return results.map((one) => ('found' in one ? one : { unavailable: toError(one.unavailable) }));
    },
    passageHistory: (source, { serviceId, termsType, text }, signal) =>
      ask({ kind: 'passage-history', source: files(source), serviceId, termsType, passage: text }, signal),
    clause: (source, clauseId, signal) => ask({ kind: 'clause', source: files(source), clauseId }, signal),
    redline: async (before, after, signal) =>
      cache.get(before.blob, after.blob) ??
      redlines.join(
        `${before.blob} ${after.blob}`,
        (ongoing) => inGate(ongoing, () => redline(before, after, ongoing)),
        signal,
      ),
    load: () => {
      const { redlines, bytes } = cache.size();
      return { ...gate.load(), cachedRedlines: redlines, cachedBytes: bytes };
    },
    close: () => pool.destroy(),
  };
}

/** Whether a thread began within the time that one takes to start, even on a machine that has no time. */
async function whenBegun(begun: Int32Array<SharedArrayBuffer>): Promise<boolean> {
  const waited = Atomics.waitAsync(begun, 0, 0, LONGEST_START);
  return (await waited.value) !== 'timed-out';
}

/** A whole collection may be given as the source; its files alone go to a thread. */
const files = ({ indexFile, ledgerFile }: QuerySource): QuerySource => ({ indexFile, ledgerFile });

const toError = ({ message, reason }: UnavailableIndex): IndexUnavailableError =>
  new IndexUnavailableError(message, { reason });

const tooExpensive = ({ kind }: QueryTask, what: string, cause: unknown): QueryTooExpensiveError =>
  new QueryTooExpensiveError(`This question ${what} and was ended. ${NARROWER[kind]}`, { cause });
