import type { DatabaseSync } from 'node:sqlite';
import { ArchiveError } from '../git/archive-error.ts';
import type { GitLocation } from '../git/git-location.ts';
import { readBoundary } from '../git/head.ts';
import { type LineCountsOfCommit, readLineCounts } from '../git/line-counts.ts';
import { parseRecordPath } from '../records/path.ts';
import { readMeta, writeMeta } from './meta.ts';
import { ACCEPTED, bytesOf, hexOf } from './records/record-table.ts';

/**
 * Fills in the lines that versions added and deleted, for those that came since it was last done. Each transaction notes
 * how far it is, so it can be ended at any moment. Versions with which a shallow clone begins stay without: what was before
 * them is not known.
 *
 * @throws ArchiveError when git fails; the signal's reason when it is aborted.
 */
export async function countLines(
  database: DatabaseSync,
  location: GitLocation | undefined,
  options: {
    readonly signal?: AbortSignal | undefined;
    /** Versions counted, of those that were not when this began. */
    readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
    /** Commits whose counts are written in one transaction; default 2,000, about half a second of git's work. */
    readonly commitsAtOnce?: number | undefined;
  } = {},
): Promise<number> {
  const tip = readMeta(database, 'versions_tip');
  const counted = Number(readMeta(database, 'counted_seq') ?? 0);
  const highest = Number(database.prepare('SELECT max(seq) AS seq FROM version').get()?.seq ?? 0);
  if (!location || tip === undefined || counted >= highest) return 0;
  const from = database.prepare('SELECT commit_id FROM version WHERE seq = ?').get(counted)?.commit_id;
  const boundary = new Set(await readBoundary(location));
  const rows = database.prepare('SELECT seq, terms FROM version WHERE commit_id = ? ORDER BY seq');
  const terms = database.prepare('SELECT id FROM terms WHERE service_id = ? AND terms_type = ?');
  const set = database.prepare('UPDATE version SET additions = ?, deletions = ? WHERE seq = ?');
  let waiting: LineCountsOfCommit[] = [];
  let reached = counted;

  function enter({ id, counts }: LineCountsOfCommit): void {
    if (boundary.has(id)) return;
    // Several files of a commit may be of the same terms; their rows are in the order of their paths.
    const ofTerms = Map.groupBy(rows.all(bytesOf(id)), (row) => row.terms);
    for (const { path, additions, deletions } of counts) {
      const name = parseRecordPath(path);
      const of = name && ACCEPTED.versions(name) ? terms.get(name.serviceId, name.termsType)?.id : undefined;
      const row = of === undefined ? undefined : ofTerms.get(of)?.shift();
      if (!row) continue;
      const seq = Number(row.seq);
      set.run(additions, deletions, seq);
      reached = Math.max(reached, seq);
    }
  }

  function write(isLast: boolean): void {
    database.exec('BEGIN IMMEDIATE');
    try {
      for (const commit of waiting) enter(commit);
      if (isLast) reached = highest;
      writeMeta(database, 'counted_seq', String(reached));
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
    waiting = [];
    options.onProgress?.({ done: reached - counted, total: highest - counted });
  }

  const { commitsAtOnce = 2_000 } = options;
  const revisions = from === undefined ? tip : `${hexOf(from)}..${tip}`;
  try {
    for await (const commits of readLineCounts(location, [revisions], options)) {
      for (const commit of commits) {
        if (waiting.push(commit) >= commitsAtOnce) write(false);
      }
    }
  } catch (error) {
    if (error instanceof ArchiveError && waiting.length > 0) write(false);
    throw error;
  }
  write(true);
  return highest - counted;
}
