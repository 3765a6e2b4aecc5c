import type { Service } from '../archive/declarations/service.ts';
import type { Ledger } from '../archive/ledger/ledger.ts';
import { forEachConcurrently } from './concurrency.ts';
import type { TrackingContext } from './context.ts';
import { interleaveByHost } from './interleave.ts';
import { internalFault, stopsTheRun } from './internal-fault.ts';
import type { TermsOutcome } from './outcome.ts';
import { createSecondFetches, type SecondFetches } from './second-fetch/second-fetches.ts';
import { shareFetches } from './shared-fetches.ts';
import { type TrackedTerms, trackTerms } from './track.ts';
import { upgradeTerms } from './upgrade.ts';

/**
 * Terms in work at once. More than the fetcher has places (its lanes decide who fetches), so that extraction and
 * writing go on meanwhile; few enough that the documents held in memory stay bounded.
 */
const TERMS_IN_WORK = 48;

export type RunKind = 'track' | 'upgrade';
export type RunPhase = 'upgrade' | 'track' | 'retry' | 'second-fetch';

/** Told as the run goes on; for progress bars and logs. */
export interface RunListener {
  onPhase?(phase: RunPhase, total: number): void;
  /**
   * In phase `track`, terms with transient failures are told again in phase `retry`, and those whose second fetch is still
   * to be done in phase `second-fetch`.
   */
  onTerms?(phase: RunPhase, outcome: TermsOutcome | undefined, terms: TrackedTerms): void;
}

export interface RunOptions extends Omit<TrackingContext, 'runId' | 'ledger' | 'secondFetches'> {
  readonly kind: RunKind;
  readonly services: readonly Service[];
  /** Only these terms types; all when absent. */
  readonly termsTypes?: readonly string[] | undefined;
  readonly ledger: TrackingContext['ledger'] & Pick<Ledger, 'startRun' | 'endRun'>;
  readonly engineVersion: string;
  /** Cron expression, where a schedule began the run; noted with it. */
  readonly schedule?: string | undefined;
  /** Commit of the collection's declarations, where they are kept in git; noted with the run. */
  readonly declarationsCommit?: string | undefined;
  readonly listener?: RunListener | undefined;
  /** Changes of the text are fetched again `wait` milliseconds after they were recorded; undefined: they are not. */
  readonly secondFetch?: { readonly wait: number } | undefined;
}

/** How a run ended, one outcome for each of its terms, as declared; an upgrade leaves out those with nothing to do. */
export interface RunReport {
  readonly runId: number;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly outcomes: readonly TermsOutcome[];
}

/**
 * One run over the services: technical upgrades first, so that a difference of ours is never taken for the service's;
 * then tracking; then, once more, what failed for reasons that pass. Beside that, changes of the text are fetched a second
 * time to tell those that cannot be reproduced; the records are what they are whatever comes of it. A fault of ours at one document is a failure of
 * its terms alone.
 *
 * @throws ArchiveError, LedgerError, DiskSpaceError (the archive comes before completeness) and the reason of an abort.
 */
export async function run(options: RunOptions): Promise<RunReport> {
  const { kind, services, termsTypes, ledger, clock, listener, signal } = options;
  const startedAt = clock();
  const selected = services.flatMap((service) =>
    service.terms
      .filter(({ type }) => !termsTypes || termsTypes.includes(type))
      .map((terms): TrackedTerms => ({ service, terms })),
  );
  const runId = ledger.startRun({
    kind,
    startedAt,
    engineVersion: options.engineVersion,
    schedule: options.schedule,
    declarationsCommit: options.declarationsCommit,
    services: services.length,
    terms: selected.length,
  });
  // A fault of the archive ends the work of every document, not only of the one that met it.
  const stop = new AbortController();
  const base = {
    ...options,
    runId,
    fetcher: shareFetches(options.fetcher, selected),
    signal: AbortSignal.any([signal, stop.signal]),
  };
  const secondFetches: SecondFetches | undefined =
    kind === 'track' && options.secondFetch
      ? createSecondFetches({
          context: base,
          fetcher: shareFetches(options.fetcher, selected),
          wait: options.secondFetch.wait,
          stop,
        })
      : undefined;
  const context: TrackingContext = { ...base, secondFetches };
  const outcomes = new Map<TrackedTerms, TermsOutcome>();
  try {
    await inPhase('upgrade', selected, async (item) => {
      const outcome = await upgradeTerms(item, context).catch((error) => asOutcome(item, error));
      if (outcome && (kind === 'upgrade' || outcome.status === 'upgraded' || outcome.status === 'first')) {
        outcomes.set(item, outcome);
        ledger.recordTermsOutcome({ runId, ...outcome, date: clock() });
      }
      return outcome;
    });
    if (kind === 'track') {
      await inPhase('track', selected, (item) => track(item, 1));
      const again = selected.filter((item) => outcomes.get(item)?.failures.some(({ isTransient }) => isTransient));
      if (again.length > 0) await inPhase('retry', again, (item) => track(item, 2));
      if (secondFetches?.open()) listener?.onPhase?.('second-fetch', secondFetches.open());
      await secondFetches?.settled((item) => listener?.onTerms?.('second-fetch', outcomeOf(item), item));
    }
  } catch (error) {
    stop.abort(error);
    await secondFetches?.settled().catch(() => {});
    try {
      ledger.endRun({ runId, endedAt: clock(), status: signal.aborted ? 'interrupted' : 'failed', counts: counts() });
    } catch {
      // A disk that is full fails here too; the first error is the one to tell, and the next start marks the run.
    }
    throw error;
  }
  const endedAt = clock();
  ledger.endRun({ runId, endedAt, status: 'completed', counts: counts() });
  return { runId, startedAt, endedAt, outcomes: selected.flatMap((item) => outcomeOf(item) ?? []) };

  async function track(item: TrackedTerms, attempt: number): Promise<TermsOutcome> {
    const outcome = await trackTerms(item, context, attempt).catch((error) => {
      const failed = asOutcome(item, error);
      ledger.recordTermsOutcome({ runId, ...failed, date: clock() });
      return failed;
    });
    outcomes.set(item, joined(outcomes.get(item), outcome));
    return outcome;
  }

  function outcomeOf(item: TrackedTerms): TermsOutcome | undefined {
    const outcome = outcomes.get(item);
    const second = secondFetches?.resultOf(item);
    return outcome && second?.versionId === outcome.versionId ? { ...outcome, secondFetch: second?.result } : outcome;
  }

  /** @throws what was given where it ends the run. */
  function asOutcome(item: TrackedTerms, error: unknown): TermsOutcome {
    context.signal.throwIfAborted();
    if (stopsTheRun(error)) throw error;
    return internalFault(item, error);
  }

  async function inPhase(
    phase: RunPhase,
    items: readonly TrackedTerms[],
    work: (item: TrackedTerms) => Promise<TermsOutcome | undefined>,
  ): Promise<void> {
    listener?.onPhase?.(phase, items.length);
    await forEachConcurrently(
      interleaveByHost(items, ({ terms }) => terms),
      TERMS_IN_WORK,
      async (item) => {
        context.signal.throwIfAborted();
        const outcome = await work(item);
        listener?.onTerms?.(phase, outcome, item);
      },
      stop,
    );
  }

  function counts(): Record<TermsOutcome['status'], number> {
    const result = { first: 0, changed: 0, upgraded: 0, unchanged: 0, failed: 0 };
    for (const { status } of outcomes.values()) result[status]++;
    return result;
  }
}

/** One outcome of what was recorded before tracking, or at the first try, and of what came after it. */
function joined(before: TermsOutcome | undefined, after: TermsOutcome): TermsOutcome {
  if (!before?.versionId || after.versionId) return after;
  if (after.status === 'failed') return { ...after, versionId: before.versionId };
  // Another member of combined terms had failed at the first try.
  return before.status === 'failed' ? { ...before, status: 'changed', failures: [] } : before;
}
