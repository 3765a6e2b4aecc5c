/** A question took longer than its time. The message says how to narrow it. */
export class QueryTooExpensiveError extends Error {
  override readonly name = 'QueryTooExpensiveError';
}

/** Too many questions wait already. */
export class QueriesBusyError extends Error {
  override readonly name = 'QueriesBusyError';
}

/** Texts over the size that is compared here. The message names both sizes. */
export class TextTooLargeError extends Error {
  override readonly name = 'TextTooLargeError';
}
