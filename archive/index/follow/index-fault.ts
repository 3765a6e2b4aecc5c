import { ArchiveError } from '../../git/archive-error.ts';
import { resultCode } from '../../ledger/sqlite-error.ts';
import { IndexUnavailableError } from '../index-error.ts';

/**
 * What is to be done about a fault of the index's writer: a damaged index is thrown away and made anew; where the disk
 * or a repository is at fault, trying again later is all there is; so too after a fault of our own.
 */
export type IndexFault = 'damaged' | 'busy' | 'disk' | 'repository' | 'unknown';

/** SQLite's primary result codes, https://www.sqlite.org/rescode.html. */
const FAULT_OF_CODE: Readonly<Record<number, IndexFault>> = {
  3: 'disk', // PERM
  5: 'busy', // BUSY
  6: 'busy', // LOCKED
  8: 'disk', // READONLY
  10: 'disk', // IOERR
  11: 'damaged', // CORRUPT
  13: 'disk', // FULL
  14: 'disk', // CANTOPEN
  17: 'damaged', // SCHEMA
  // The rows follow from git alone, so a rule that one breaks means that others are wrong.
  19: 'damaged', // CONSTRAINT
  26: 'damaged', // NOTADB
};

/** Codes of the operating system that a folder or a disk is to blame for. */
const DISK_CODES = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EISDIR', 'ENOTDIR', 'EMFILE']);

/** SQLITE_IOERR_SHORT_READ, https://www.sqlite.org/rescode.html: the file ends before its page does. */
const SHORT_READ = 522;

export function indexFault(error: unknown): IndexFault {
  if (error instanceof ArchiveError) return 'repository';
  if (!(error instanceof Error)) return 'unknown';
  if (error instanceof IndexUnavailableError && (error.reason === 'damaged' || error.reason === 'other-schema')) {
    return 'damaged';
  }
  const code = resultCode(error);
  if (code !== undefined) {
    if ('errcode' in error && error.errcode === SHORT_READ) return 'damaged';
    // Another program's database, or an index of which somebody removed a part. Not "no such column" or "malformed
    // MATCH expression": those are faults of a statement, and an index made anew would meet them again.
    if (code === 1 && /no such table|database disk image is malformed/.test(error.message)) return 'damaged';
    return FAULT_OF_CODE[code] ?? 'unknown';
  }
  if ('code' in error && typeof error.code === 'string' && DISK_CODES.has(error.code)) return 'disk';
  return error.cause === undefined ? 'unknown' : indexFault(error.cause);
}

/** The fault in plain words, with what can be done. */
export function describeFault(error: unknown, indexFile: string): string {
  const said = error instanceof Error ? error.message : String(error);
  const [what, step] = WORDS[indexFault(error)];
  return `The index ${indexFile} ${what}: ${said.replace(/[.\s]+$/, '')}. ${step}`;
}

const GOES_ON = 'Readers are answered from what it holds, and it is tried again by itself';

const WORDS: Readonly<Record<IndexFault, readonly [string, string]>> = {
  damaged: ['is damaged', 'It is made anew from the records by itself; nothing is lost.'],
  busy: ['is held by another program', `${GOES_ON}; end what else writes to it.`],
  disk: ['cannot be written', `${GOES_ON}; make room on its disk, or give this program the right to write there.`],
  repository: ['cannot take in new records', `${GOES_ON}.`],
  unknown: ['could not be brought up to date', `${GOES_ON}; if that goes on, please report it.`],
};
