import type { DatabaseSync } from 'node:sqlite';

/** What the index notes of itself. Absent: not yet. */
export type MetaKey =
  /** Changes whenever the index was made anew or a history was rewritten. */
  | 'epoch'
  /** When the records were last compared with the archive, in ISO 8601. */
  | 'updated_at'
  /** Commit up to which records are indexed. */
  | 'versions_tip'
  | 'snapshots_tip'
  /** Commits where a shallow clone ends, joined by spaces. */
  | 'versions_boundary'
  | 'snapshots_boundary'
  /** Ends of histories that were abandoned, as the mirror keeps them, joined by spaces. */
  | 'former_tips'
  /** Highest seq of a version whose lines are counted. */
  | 'counted_seq'
  /** Places of versions whose text could not be read, as a JSON list. */
  | 'unread_versions'
  /** Those whose change could not be judged for another reason, as a JSON list: told of already. */
  | 'unjudged_versions';

export function readMeta(database: DatabaseSync, key: MetaKey): string | undefined {
  const value = database.prepare('SELECT value FROM meta WHERE key = ?').get(key)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** @param value undefined: the note is taken away. */
export function writeMeta(database: DatabaseSync, key: MetaKey, value: string | undefined): void {
  if (value === undefined) database.prepare('DELETE FROM meta WHERE key = ?').run(key);
  else database.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(key, value);
}
