import type { Logger } from 'pino';
import type { ConfiguredCollection } from '../archive/collections/configured-collection.ts';
import { refreshMirrors } from '../archive/collections/refresh-mirrors.ts';
import type { FetchLimits } from '../archive/git/mirror.ts';
import { startSchedule } from '../crawler/schedule.ts';
import type { MirrorFetches } from '../server/health/collection-health.ts';
import { upToAtOnce } from './at-once.ts';
import { describeError } from './describe-error.ts';
import { InterruptedError } from './interruption.ts';

export interface FetchOptions {
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Free bytes on the disk below which nothing more is fetched. */
  readonly diskFloor: number;
  /** Milliseconds that one fetch may take. */
  readonly limits: FetchLimits;
  readonly clock?: () => Date;
}

/** Mirrors that are fetched at once: a slow one keeps none of the others waiting, and many do not fill the line. */
const MOST_AT_ONCE = 4;

/** Fetches mirrors, a few at once however their schedules fall together, and remembers how it went. */
export interface MirrorFetcher {
  /** Fetches all that the collection has elsewhere. @throws the signal's reason. */
  fetch(collection: ConfiguredCollection): Promise<void>;
  /** Fetches at once and then by the collection's schedule. */
  begin(collection: ConfiguredCollection): void;
  /** undefined: that collection was never fetched by this process, nor is to be. */
  fetches(collection: string): MirrorFetches | undefined;
  stop(): Promise<void>;
}

export function createMirrorFetcher(options: FetchOptions): MirrorFetcher {
  const { log, signal, diskFloor, limits, clock = () => new Date() } = options;
  const states = new Map<string, MirrorFetches>();
  const schedules: ReturnType<typeof startSchedule>[] = [];
  const inTurn = upToAtOnce(MOST_AT_ONCE);

  const fetchNow = async (collection: ConfiguredCollection): Promise<void> => {
    signal.throwIfAborted();
    const outcomes = await refreshMirrors([collection], { signal, diskFloor, limits, command: 'start' });
    for (const { part, error, isChanged, isRewritten, tip } of outcomes) {
      const facts = { collection: collection.id, part };
      if (error) log.warn(facts, error.message);
      else if (isRewritten)
        log.warn({ ...facts, tip }, 'the history was rewritten where it comes from; former records are kept');
      else if (isChanged) log.info({ ...facts, tip }, 'fetched, with something new');
    }
    const before = states.get(collection.id);
    const failure = outcomes.find(({ error }) => error)?.error;
    states.set(collection.id, {
      fetches: (before?.fetches ?? 0) + 1,
      failures: (before?.failures ?? 0) + (failure ? 1 : 0),
      lastFetch: failure ? before?.lastFetch : clock(),
      lastError: failure?.message,
    });
  };
  const fetch = (collection: ConfiguredCollection): Promise<void> => inTurn(() => fetchNow(collection));

  return {
    fetch,
    begin(collection) {
      if (collection.schedule === undefined) return;
      states.set(collection.id, { fetches: 0, failures: 0, lastFetch: undefined, lastError: undefined });
      const onError = (error: unknown): void => {
        if (error instanceof InterruptedError) return;
        log.error({ err: error, collection: collection.id }, `a mirror could not be fetched: ${describeError(error)}`);
      };
      const onSkipped = (): void =>
        log.warn({ collection: collection.id }, 'still being fetched; this turn was left out');
      schedules.push(startSchedule(collection.schedule, () => fetch(collection), { onSkipped, onError }));
    },
    fetches: (id) => states.get(id),
    async stop() {
      await Promise.all(schedules.map((schedule) => schedule.stop()));
    },
  };
}
