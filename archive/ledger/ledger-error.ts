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

/** SQLite's primary result codes for a damaged file (https://www.sqlite.org/rescode.html): CORRUPT, NOTADB. */
const DAMAGED = new Set([11, 26]);

/** Runs work on the ledger; what SQLite reports is thrown as a LedgerError that names the file and the next step. */
export function naming<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof LedgerError || !isSqliteError(cause)) throw cause;
    // The low byte is the primary code; the rest only says in which part of SQLite it was met.
    if (DAMAGED.has(cause.errcode & 0xff)) throw corrupt(file, cause.message, cause);
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

const isSqliteError = (error: unknown): error is Error & { readonly errcode: number } =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
