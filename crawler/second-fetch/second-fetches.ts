import { setTimeout as delay } from 'node:timers/promises';
import type { TrackingContext } from '../context.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import { Places } from '../fetch/places.ts';
import { stopsTheRun } from '../internal-fault.ts';
import type { TrackedTerms } from '../track.ts';
import { changesText } from './compare-texts.ts';
import { fetchAgain, type RecordedChange, type ResultOfSecondFetch } from './fetch-again.ts';

/** The second fetches of one run. They go on beside its other work and hold up nothing but its end. */
export interface SecondFetches {
  /**
   * Has a change that was just recorded fetched again after the wait, if it is one of the text and the first of these terms
   * in this run. Returns once that is in the ledger.
   */
  plan(change: RecordedChange): Promise<void>;
  /** How many are still to be done. */
  open(): number;
  /** @param onDone told of each that is done from now on. @throws whatever ends the run. */
  settled(onDone?: (item: TrackedTerms) => void): Promise<void>;
  resultOf(item: TrackedTerms): { readonly versionId: string; readonly result: ResultOfSecondFetch } | undefined;
}

/** Second fetches at once; the fetcher's lanes decide who is asked. As many documents are held in memory at most. */
const IN_WORK = 16;

/**
 * @param options.wait milliseconds between the record of a change and its second fetch
 * @param options.fetcher shares documents that hold several terms
 * @param options.stop aborted with what ends the run
 */
export function createSecondFetches({
  context,
  fetcher,
  wait,
  stop,
}: {
  readonly context: Omit<TrackingContext, 'secondFetches'>;
  readonly fetcher: Fetcher;
  readonly wait: number;
  readonly stop: AbortController;
}): SecondFetches {
  const { runId, ledger, recorder, clock, signal } = context;
  const places = new Places(IN_WORK);
  const planned = new Set<TrackedTerms['terms']>();
  const open = new Map<Promise<void>, TrackedTerms>();
  const results = new Map<TrackedTerms['terms'], { versionId: string; result: ResultOfSecondFetch }>();
  let fault: { readonly error: unknown } | undefined;

  async function work(change: RecordedChange): Promise<void> {
    await delay(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
    enter(change, await places.take(signal, () => fetchAgain(change, fetcher, context)).catch(asFailure));
  }

  function enter(change: RecordedChange, result: ResultOfSecondFetch): void {
    ledger.recordSecondFetch({ ...factsOf(change), date: clock(), ...result });
    results.set(change.item.terms, { versionId: change.recorded.id, result });
  }

  /** A fault of ours at one document must not stop the others. */
  function asFailure(error: unknown): ResultOfSecondFetch {
    signal.throwIfAborted();
    if (stopsTheRun(error)) throw error;
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { outcome: 'failed', reason: 'internal', message };
  }

  const factsOf = ({ recorded: { id, serviceId, termsType } }: RecordedChange) => ({
    runId,
    serviceId,
    termsType,
    versionId: id,
  });

  return {
    async plan(change) {
      const { item, former, recorded, members } = change;
      if (planned.has(item.terms)) return;
      const [before, after] = await Promise.all([recorder.content(former), recorder.content(recorded)]);
      const decoder = new TextDecoder();
      try {
        if (!changesText(decoder.decode(before), decoder.decode(after))) return;
      } catch (error) {
        // That the change is recorded must not hang on whether it can be compared.
        enter(change, asFailure(error));
        return;
      }
      planned.add(item.terms);
      ledger.recordSecondFetch({ ...factsOf(change), date: new Date(clock().getTime() + wait), outcome: 'awaited' });
      // What was fetched is not held while it waits.
      const held = members.map(({ document, snapshot }) => ({ document, snapshot }));
      const done = work({ ...change, members: held })
        .catch((error: unknown) => {
          fault ??= { error };
          stop.abort(error);
        })
        .finally(() => open.delete(done));
      open.set(done, item);
    },
    open: () => open.size,
    async settled(onDone = () => {}) {
      await Promise.all([...open].map(([done, item]) => done.then(() => onDone(item))));
      if (fault) throw fault.error;
    },
    resultOf: ({ terms }) => results.get(terms),
  };
}
