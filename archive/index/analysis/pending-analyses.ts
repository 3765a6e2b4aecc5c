import type { DatabaseSync } from 'node:sqlite';
import { hexOf } from '../records/record-table.ts';
import { RECORD_KINDS } from '../schema.ts';
import type { JudgedVersion } from './analysis-table.ts';

/** A version with all that judging it needs. */
export interface VersionToJudge extends JudgedVersion {
  /** Id, 40 or 64 hexadecimal digits, as that of the blob. */
  readonly commit: string;
  /** Of the file in the repository. */
  readonly path: string;
  readonly blob: string;
  readonly isTechnicalUpgrade: boolean;
}

/** The versions after this seq in commit order, some at once. */
export function* readVersionsToJudge(
  database: DatabaseSync,
  seq: number,
  atOnce: number,
): Generator<readonly VersionToJudge[]> {
  const next = database.prepare(
    `SELECT v.seq, v.terms, v.kind, v.fetch_date, v.commit_id, v.blob,
       ifnull(v.path, t.service_id || '/' || t.terms_type || '.md') AS path
     FROM version v CROSS JOIN terms t ON t.id = v.terms WHERE v.seq > ? ORDER BY v.seq LIMIT ?`,
  );
  for (let reached = seq; ; ) {
    const versions = next.all(reached, atOnce).map((row) => ({
      seq: Number(row.seq),
      terms: Number(row.terms),
      kind: Number(row.kind),
      fetchDate: Number(row.fetch_date),
      commit: hexOf(row.commit_id),
      path: String(row.path),
      blob: hexOf(row.blob),
      isTechnicalUpgrade: RECORD_KINDS[Number(row.kind)] === 'technical-upgrade',
    }));
    const last = versions.at(-1);
    if (!last) return;
    yield versions;
    reached = last.seq;
  }
}
