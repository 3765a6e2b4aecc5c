export type ExtractErrorReason = 'no-match' | 'empty' | 'unreadable';

/** Terms could not be extracted from a snapshot. An operational fault: recorded as a failed check, the run goes on. */
export class ExtractError extends Error {
  override readonly name = 'ExtractError';
  readonly reason: ExtractErrorReason;

  constructor(reason: ExtractErrorReason, message: string, details: { cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = reason;
  }
}
