export type FetchErrorReason =
  | 'blocked'
  | 'not-found'
  | 'timeout'
  | 'network'
  | 'server'
  | 'too-large'
  | 'forbidden-address'
  | 'unsupported-type';

/** A source document could not be fetched. An operational fault: recorded as a failed check, the run goes on. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly reason: FetchErrorReason;
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** Seconds that the server asked to wait (`Retry-After`). */
  readonly retryAfter: number | undefined;

  constructor(
    reason: FetchErrorReason,
    message: string,
    details: { status?: number | undefined; retryAfter?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = reason;
    this.status = details.status;
    this.retryAfter = details.retryAfter;
  }
}
