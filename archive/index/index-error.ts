/**
 * Why an index cannot be read: `missing` and `being-built` pass by themselves once its writer runs; of `other-schema`
 * and `damaged` the file has to be made anew; `unusable` is a fault of the machine (permissions, disk).
 */
export type IndexUnavailableReason = 'missing' | 'being-built' | 'other-schema' | 'damaged' | 'unusable';

/** The index cannot be read just now. The message says why and what happens next. */
export class IndexUnavailableError extends Error {
  override readonly name = 'IndexUnavailableError';
  readonly reason: IndexUnavailableReason;

  constructor(
    message: string,
    details: { readonly reason?: IndexUnavailableReason | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = details.reason ?? 'being-built';
  }
}

/** A search query that cannot be read. The message names the place and shows how it is written. */
export class QuerySyntaxError extends Error {
  override readonly name = 'QuerySyntaxError';
}
