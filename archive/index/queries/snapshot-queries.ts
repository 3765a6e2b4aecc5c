import type { DatabaseSync } from 'node:sqlite';
import type { RecordQueries } from '../index-reader.ts';
import { idRange } from './id-range.ts';
import { SNAPSHOT_COLUMNS, toSnapshot } from './version-row.ts';

const SNAPSHOT = `SELECT ${SNAPSHOT_COLUMNS} FROM snapshot s JOIN terms t ON t.id = s.terms`;
const OF_TERMS = 's.terms = (SELECT id FROM terms WHERE service_id = ? AND terms_type = ?)';

/** Answers about snapshots. */
export function createSnapshotQueries(database: DatabaseSync): Pick<RecordQueries, 'snapshotById' | 'snapshots'> {
  const byId = database.prepare(`${SNAPSHOT} WHERE s.commit_id >= ? AND s.commit_id <= ? ORDER BY s.commit_id, s.seq`);
  const list = database.prepare(`${SNAPSHOT} WHERE ${OF_TERMS} AND s.seq < ? ORDER BY s.seq DESC LIMIT ?`);
  return {
    snapshotById(id) {
      const range = idRange(id);
      const snapshots = range ? byId.all(...range).map(toSnapshot) : [];
      return snapshots.every((snapshot) => snapshot.id === snapshots[0]?.id) ? snapshots[0] : undefined;
    },
    snapshots: ({ serviceId, termsType }, { limit, before = Number.MAX_SAFE_INTEGER }) =>
      list.all(serviceId, termsType, before, limit).map(toSnapshot),
  };
}
