/** How the tracking of terms stands. */
export interface TrackingState {
  /**
   * `ok`: the last check succeeded. `failing`: it failed. `unchecked`: declared here, but not yet checked.
   * `not-declared`: no longer tracked. `unknown`: a mirror; its checks are known only where it was recorded.
   */
  readonly state: 'ok' | 'failing' | 'unchecked' | 'not-declared' | 'unknown';
  /** Date of the last check of any of the source documents, successful or not. */
  readonly lastCheck: string | null;
  readonly lastSuccessfulCheck: string | null;
  /** The text has not changed since: fetch date of the latest version that is no technical upgrade. */
  readonly unchangedSince: string | null;
  /** Of `failing`. */
  readonly failingSince: string | null;
  readonly consecutiveFailures: number;
  readonly failures: readonly TrackingFailure[];
}

/** Why one source document could not be fetched or extracted. */
export interface TrackingFailure {
  readonly location: string;
  readonly stage: 'fetch' | 'extract' | 'internal';
  readonly reason: string;
  readonly message: string;
}

/** One check of one source document, whatever its outcome: the proof that nothing changed, or that nothing was seen. */
export interface Check {
  readonly date: string;
  readonly serviceId: string;
  readonly termsType: string;
  /** Only where the terms combine several source documents. */
  readonly documentId: string | null;
  readonly location: string;
  readonly outcome: 'new' | 'changed' | 'unchanged' | 'not-modified' | 'failed';
  readonly attempt: number;
  readonly durationMs: number;
  /** The source document's latest snapshot after a successful check. */
  readonly snapshotId: string | null;
  /** Of a failed one. */
  readonly failure: {
    readonly stage: 'fetch' | 'extract' | 'internal';
    readonly reason: string;
    readonly message: string;
    readonly httpStatus: number | null;
  } | null;
}

export interface ChecksPage {
  /** false: a mirror, or nothing was checked here yet; `data` is then empty, which says nothing about changes. */
  readonly areChecksKnown: boolean;
  readonly data: readonly Check[];
  readonly nextCursor: string | null;
}
