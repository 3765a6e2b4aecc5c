import { resultCode, SQLITE } from './sqlite-error.ts';

export type LedgerErrorReason = 'missing' | 'corrupt' | 'newer' | 'older' | 'not-a-ledger' | 'unusable';

/** The ledger cannot be read or written. The run stops: a check that is not noted must not be taken for noted. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  readonly reason: LedgerErrorReason;

  constructor(reason: LedgerErrorReason, message: string, details: { cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = reason;
  }
}

/** Runs work on the ledger; what SQLite reports is thrown as a LedgerError that names the file and the next step. */
export function naming<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    const code = resultCode(cause);
    if (code === undefined || !(cause instanceof Error)) throw cause;
    if (code === SQLITE.corrupt || code === SQLITE.notADatabase) throw corrupt(file, cause.message, cause);
    throw new LedgerError('unusable', `The ledger ${file} could not be used: ${cause.message}`, { cause });
  }
}

/** The error for a damaged ledger. Nothing is repaired or replaced here: a person decides what to keep. */
export const corrupt = (file: string, what: string, cause?: unknown): LedgerError =>
  new LedgerError(
    'corrupt',
    `The ledger ${file} is damaged (${what}). It was left as it is. Put a backup in its place with ` +
      '"clausewatch restore FILE --force", which keeps the damaged file beside it.',
    { cause },
  );
