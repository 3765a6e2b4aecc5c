import type { ReadOnlyLedger } from '../../../archive/ledger/ledger.ts';
import type { Run } from '../../../archive/ledger/run.ts';
import type { RunResults, TrackingState } from '../../../archive/ledger/tracking-state.ts';

/** The latest completed tracking run. What it found never changes, so each question is put to the ledger once. */
export interface CompletedTracking {
  readonly run: Run;
  states(): readonly TrackingState[];
  results(): RunResults;
}

const latest = new WeakMap<ReadOnlyLedger, CompletedTracking>();

export function completedTracking(ledger: ReadOnlyLedger): CompletedTracking | undefined {
  const run = ledger.lastCompletedTracking();
  if (run === undefined) return undefined;
  const kept = latest.get(ledger);
  if (kept?.run.id === run.id) return kept;
  let states: readonly TrackingState[] | undefined;
  let results: RunResults | undefined;
  const completed: CompletedTracking = {
    run,
    states: () => {
      states ??= ledger.trackingStates(run.id);
      return states;
    },
    results: () => {
      results ??= ledger.runResults(run.id);
      return results;
    },
  };
  latest.set(ledger, completed);
  return completed;
}
