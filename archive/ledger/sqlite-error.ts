/** What `node:sqlite` throws. */
export interface SqliteError extends Error {
  /** Result code, https://www.sqlite.org/rescode.html: the low byte is the primary one. */
  readonly errcode: number;
}

const isSqliteError = (error: unknown): error is SqliteError =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';

/** The primary result code, undefined for other errors. */
export const resultCode = (error: unknown): number | undefined =>
  isSqliteError(error) ? error.errcode & 0xff : undefined;

export const SQLITE = { busy: 5, readOnly: 8, corrupt: 11, cantOpen: 14, notADatabase: 26 } as const;
