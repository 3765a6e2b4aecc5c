import type { DatabaseSync } from 'node:sqlite';
import { FORMER_TIPS } from '../../git/former-tips.ts';
import type { GitLocation } from '../../git/git-location.ts';
import { runGit } from '../../git/git-process.ts';
import { readHistory } from '../../git/history.ts';
import { recordsOf } from './read-record.ts';
import { ACCEPTED, bytesOf, type RecordsOf, TABLES } from './record-table.ts';
import type { TermsTable } from './terms-table.ts';

/** Notes the records from this seq on as former ones, before their rows go. */
export function keepFormerRecords(database: DatabaseSync, records: RecordsOf, seq: number): void {
  const table = TABLES[records];
  database
    .prepare(
      `INSERT OR IGNORE INTO former_${table} (commit_id, terms, blob, fetch_date)
       SELECT commit_id, terms, blob, fetch_date FROM ${table} WHERE seq >= ?`,
    )
    .run(seq);
}

/** Ids that are in the history again are no former ones. */
export interface FormerIds {
  /** Whether there are any. */
  readonly isEmpty: boolean;
  drop(id: string): void;
}

export function readFormerIds(database: DatabaseSync, records: RecordsOf): FormerIds {
  const table = `former_${TABLES[records]}`;
  const drop = database.prepare(`DELETE FROM ${table} WHERE commit_id = ?`);
  return {
    isEmpty: database.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined,
    drop: (id) => void drop.run(bytesOf(id)),
  };
}

/**
 * Notes what the abandoned histories that the repository keeps hold beside today's, which lets links of then resolve
 * also by an index that was made anew.
 *
 * @throws ArchiveError when git fails.
 */
export async function readFormerRecords(
  database: DatabaseSync,
  records: RecordsOf,
  location: GitLocation,
  options: { readonly head: string | undefined; readonly terms: TermsTable; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const { head, terms, signal } = options;
  const listed = await runGit(location, ['for-each-ref', '--format=%(objectname)', `${FORMER_TIPS}/`]);
  const ends = listed
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  if (ends.length === 0) return;
  const insert = database.prepare(`INSERT OR IGNORE INTO former_${TABLES[records]} VALUES (?, ?, ?, ?)`);
  const revisions = [...new Set(ends), ...(head === undefined ? [] : [`^${head}`])];
  for await (const commits of readHistory(location, revisions, { signal })) {
    for (const commit of commits) {
      for (const record of recordsOf(commit, { accepts: ACCEPTED[records], isBoundary: false })) {
        insert.run(bytesOf(record.id), terms.idOf(record.path), bytesOf(record.blob), record.fetchDate);
      }
    }
  }
}
