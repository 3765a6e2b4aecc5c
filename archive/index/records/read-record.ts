import type { HistoryCommit } from '../../git/history.ts';
import { type ParsedMessage, parseMessage } from '../../records/message.ts';
import { type ParsedRecordPath, parseRecordPath } from '../../records/path.ts';

/** A record as a commit tells of it. */
export interface RecordOfCommit {
  readonly id: string;
  readonly path: ParsedRecordPath;
  readonly blob: string;
  /** Seconds since 1970. */
  readonly fetchDate: number;
  /** First line of the message, at most 1,000 characters of it. */
  readonly subject: string;
  readonly message: ParsedMessage;
}

/** Subjects become titles in feeds, and a mirror's may be of any length. */
const LONGEST_SUBJECT = 1_000;

/** The years 1 and 9999: what a date can be written as. A commit can carry any number. */
const EARLIEST = -62_135_596_800;
const LATEST = 253_402_300_799;

/**
 * The records of a commit, by path: none where its message is not that of a record, or where it is a merge (Open Terms
 * Archive leaves those out as well).
 *
 * @param accepts which of the files are records of this repository: versions are Markdown.
 * @param isBoundary the commit is where a shallow clone ends. git then tells all files of its tree as its own; only
 *   those that its subject names are.
 */
export function recordsOf(
  commit: HistoryCommit,
  options: { readonly accepts: (path: ParsedRecordPath) => boolean; readonly isBoundary: boolean },
): RecordOfCommit[] {
  const { id, changes } = commit;
  if (changes.length === 0) return [];
  const message = parseMessage(commit.message);
  if (!message) return [];
  const end = commit.message.indexOf('\n');
  const subject = (end < 0 ? commit.message : commit.message.slice(0, end)).slice(0, LONGEST_SUBJECT);
  const fetchDate = Math.min(LATEST, Math.max(EARLIEST, commit.authorDate));
  const records: RecordOfCommit[] = [];
  for (const { path: name, blob } of changes) {
    const path = blob === undefined ? undefined : parseRecordPath(name);
    if (!blob || !path || !options.accepts(path)) continue;
    if (options.isBoundary && !names(commit.message, subject, path)) continue;
    records.push({ id, path, blob, fetchDate, subject, message });
  }
  return records;
}

function names(message: string, subject: string, { serviceId, termsType, documentId }: ParsedRecordPath): boolean {
  if (!subject.trimEnd().endsWith(` ${serviceId} ${termsType}`)) return false;
  return documentId === undefined || message.split('\n').includes(`Document ID ${documentId}`);
}
