import type { SecondFetchResult } from '../archive/ledger/second-fetch.ts';
import type { ExtractErrorReason } from './extract/extract-error.ts';
import type { FetchErrorReason } from './fetch/fetch-error.ts';

/** Why terms could not be tracked: one entry per source document that failed. */
export interface Failure {
  readonly location: string;
  readonly stage: 'fetch' | 'extract' | 'internal';
  readonly reason: FetchErrorReason | ExtractErrorReason | 'internal';
  readonly message: string;
  /** Worth a second try at the end of the run. */
  readonly isTransient: boolean;
}

/** How one terms' part of a run ended. Exactly one status; `failed` may still have recorded snapshots. */
export interface TermsOutcome {
  readonly serviceId: string;
  readonly termsType: string;
  readonly status: 'first' | 'changed' | 'upgraded' | 'unchanged' | 'failed';
  /** The version that was recorded, if any. */
  readonly versionId: string | undefined;
  readonly failures: readonly Failure[];
  /** What a second fetch of the recorded change gave; undefined where there was none. */
  readonly secondFetch?: Exclude<SecondFetchResult, { outcome: 'awaited' }> | undefined;
}
