import type { FailureStage } from './check.ts';

/** Why one source document, or the extraction, failed. */
export interface NotedFailure {
  readonly location: string;
  readonly stage: FailureStage;
  readonly reason: string;
  readonly message: string;
}

/** How a run's work on one terms ended. A second try in the same run adds another; the later one counts. */
export interface NotedTermsOutcome {
  readonly runId: number;
  readonly serviceId: string;
  readonly termsType: string;
  readonly status: 'first' | 'changed' | 'upgraded' | 'unchanged' | 'failed';
  /** The version that was recorded, if any. */
  readonly versionId: string | undefined;
  /** Empty unless failed. */
  readonly failures: readonly NotedFailure[];
  readonly date: Date;
}

/** Terms whose latest outcome is a failure. */
export interface FailingTerms {
  readonly serviceId: string;
  readonly termsType: string;
  /** Date of the first failure since the last success. */
  readonly since: Date;
  /** Runs in a row that ended with a failure of these terms. */
  readonly consecutiveFailures: number;
  /** Of the latest failure. */
  readonly failures: readonly NotedFailure[];
}
