/** The index cannot be read just now. The message says why and what happens next. */
export class IndexUnavailableError extends Error {
  override readonly name = 'IndexUnavailableError';
}

/** A search query that cannot be read. The message names the place and shows how it is written. */
export class QuerySyntaxError extends Error {
  override readonly name = 'QuerySyntaxError';
}
