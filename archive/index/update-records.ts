import type { DatabaseSync } from 'node:sqlite';
import { ArchiveError } from '../git/archive-error.ts';
import type { GitLocation } from '../git/git-location.ts';
import { readBoundary, readHead } from '../git/head.ts';
import { readHistory } from '../git/history.ts';
import { readMeta, writeMeta } from './meta.ts';
import { forgetChangedText, readFormerNames } from './records/families.ts';
import { readFormerRecords } from './records/former-records.ts';
import { RECORD_META, type RecordsOf } from './records/record-table.ts';
import { openRowWriter } from './records/row-writer.ts';
import { openTermsTable } from './records/terms-table.ts';

/** What an update of one repository's records came to. */
export interface RecordsUpdate {
  readonly tip: string | undefined;
  /** Commits that were read. */
  readonly commits: number;
  /** Rows that came. */
  readonly added: number;
  /** Rows that went, because the history that held them was rewritten. */
  readonly removed: number;
}

export interface RecordsUpdateOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called after each batch with the number of commits read so far. */
  readonly onCommits?: ((done: number) => void) | undefined;
  /** Commit up to which records are read; default: the present one of `HEAD`. */
  readonly upTo?: string | undefined;
}

/** The commits that came do not simply continue what is indexed. */
class NotContinued extends Error {}

/**
 * Brings the rows of one repository's records from the indexed commit to the present one, in one transaction: readers
 * see all of it or nothing, and a kill leaves the index as it was. Where history simply went on, only its new part is
 * read. In every other case (a first build, merges, a forced push, a clone that became less shallow) all of it is read
 * and compared: rows stay up to the first difference, and the rest is made anew.
 *
 * @param location undefined: there is no such repository, as before the first snapshot or in a mirror without them.
 * @throws ArchiveError when git fails; the signal's reason when it is aborted.
 */
export async function updateRecords(
  database: DatabaseSync,
  records: RecordsOf,
  location: GitLocation | undefined,
  options: RecordsUpdateOptions = {},
): Promise<RecordsUpdate> {
  const meta = RECORD_META[records];
  const tip = location && (options.upTo ?? (await readHead(location)));
  const boundary = location ? (await readBoundary(location)).join(' ') : '';
  const indexed = readMeta(database, meta.tip);
  const isSameBoundary = boundary === (readMeta(database, meta.boundary) ?? '');
  const isUpToDate = tip === indexed && isSameBoundary && readMeta(database, 'updated_at') !== undefined;
  if (isUpToDate) return { tip, commits: 0, added: 0, removed: 0 };

  const update = async (from: string | undefined): Promise<RecordsUpdate> => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = await takeTurn(database, { records, location, tip, boundary, from, options });
      writeMeta(database, meta.tip, tip);
      writeMeta(database, meta.boundary, boundary === '' ? undefined : boundary);
      database.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite may have rolled back by itself, as on a full disk.
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };

  if (indexed !== undefined && tip !== undefined && isSameBoundary) {
    try {
      return await update(indexed);
    } catch (error) {
      // git does not know the indexed commit any more where a forced push was followed by a cleaning.
      if (!(error instanceof NotContinued || error instanceof ArchiveError)) throw error;
    }
  }
  return update(undefined);
}

interface Turn {
  readonly records: RecordsOf;
  readonly location: GitLocation | undefined;
  readonly tip: string | undefined;
  readonly boundary: string;
  /** Commit that the new ones must continue; undefined: all of the history is read and compared. */
  readonly from: string | undefined;
  readonly options: RecordsUpdateOptions;
}

async function takeTurn(database: DatabaseSync, turn: Turn): Promise<RecordsUpdate> {
  const { records, location, tip, from, options } = turn;
  const isWhole = from === undefined;
  const isVersions = records === 'versions';
  const formerNames = readFormerNames(database);
  const terms = openTermsTable(database);
  if (isVersions && isWhole) terms.forgetFormerly();
  const rows = openRowWriter(database, records, { terms, isWhole, boundary: new Set(turn.boundary.split(' ')) });
  let commits = 0;
  if (location && tip) {
    let previous = from;
    for await (const batch of readHistory(location, [isWhole ? tip : `${from}..${tip}`], options)) {
      for (const commit of batch) {
        if (!isWhole && !(commit.parents.length === 1 && commit.parents[0] === previous)) throw new NotContinued();
        previous = commit.id;
        rows.take(commit);
      }
      commits += batch.length;
      options.onCommits?.(commits);
    }
    if (!isWhole && previous !== tip) throw new NotContinued();
  }
  const { added, removed, changed, lost } = rows.finish();
  if (isWhole && location) {
    await readFormerRecords(database, records, location, { head: tip, terms, signal: options.signal });
  }
  if (isVersions) forgetChangedText(database, { abandoned: lost, before: formerNames });
  terms.recount(changed);
  if (isWhole) terms.removeUnused();
  return { tip, commits, added, removed };
}
