/** What identifies a check of one source document. */
interface CheckFacts {
  readonly runId: number;
  readonly serviceId: string;
  readonly termsType: string;
  /** Only where the terms combine several source documents. */
  readonly documentId?: string | undefined;
  /** As declared. */
  readonly location: string;
  readonly date: Date;
  /** 1, or 2 for the second try at the end of a run. */
  readonly attempt: number;
  readonly durationMs: number;
}

/** The service answered. */
export interface SuccessfulCheck extends CheckFacts {
  readonly outcome: 'new' | 'changed' | 'unchanged' | 'not-modified';
  /** The source document's latest snapshot after the check. */
  readonly snapshotId: string;
  readonly fetcher?: 'htmlOnly' | 'fullDom' | undefined;
  readonly mimeType?: string | undefined;
  /** Validators of the answer, for the next conditional request. */
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

export interface FailedCheck extends CheckFacts {
  readonly outcome: 'failed';
  readonly stage: FailureStage;
  readonly reason: string;
  readonly message: string;
  readonly httpStatus?: number | undefined;
}

/** One check of one source document, whatever its outcome. */
export type Check = SuccessfulCheck | FailedCheck;

export type FailureStage = 'fetch' | 'extract' | 'internal';
