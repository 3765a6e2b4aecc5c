import type { NotedFailure } from './terms-outcome.ts';

/** How the latest tracking of terms ended, and what identifies it in the ledger. */
export interface TrackingState {
  readonly serviceId: string;
  readonly termsType: string;
  readonly status: 'ok' | 'failed';
  /** Of the latest outcome: a number of the ledger's own. */
  readonly outcomeId: number;
  readonly runId: number;
  readonly date: Date;
  /** Empty unless failed. */
  readonly failures: readonly NotedFailure[];
  /** Of a first try that failed in the same run, where the second one did not. */
  readonly passingFailures: readonly NotedFailure[];
}

/** What was fetched of one source document in one run. */
export interface FetchedInRun {
  readonly documentId: string | undefined;
  readonly location: string;
  /** undefined where it could not be fetched. */
  readonly snapshotId: string | undefined;
  readonly mimeType: string | undefined;
}

/** What a run changed, by terms. */
export interface RunResults {
  /** One state for each terms that the run worked on, by service and type. */
  readonly states: readonly TrackingState[];
  readonly newFailures: readonly TrackingState[];
  readonly recoveries: readonly TrackingState[];
  readonly reasonChanges: readonly TrackingState[];
}

/** Whether two states are the same as a reader is told of them. */
export const isSameState = (a: TrackingState, b: TrackingState): boolean =>
  a.status === b.status && isSame(a.failures, b.failures) && isSame(a.passingFailures, b.passingFailures);

const isSame = (a: readonly NotedFailure[], b: readonly NotedFailure[]): boolean =>
  a.length === b.length &&
  a.every(({ stage, message }, place) => stage === b[place]?.stage && message === b[place].message);
