import type { DatabaseSync } from 'node:sqlite';
import type { RecordQueries } from '../index-reader.ts';
import { idRange } from './id-range.ts';
import { openSuccessor } from './successor.ts';
import { SNAPSHOT_COLUMNS, toSnapshot } from './version-row.ts';
import { wholeNumber } from './whole-number.ts';

const SNAPSHOT = `SELECT ${SNAPSHOT_COLUMNS} FROM snapshot s JOIN terms t ON t.id = s.terms`;
const OF_TERMS = 's.terms = (SELECT id FROM terms WHERE service_id = ? AND terms_type = ?)';

/** Answers about snapshots. */
export function createSnapshotQueries(database: DatabaseSync): Pick<RecordQueries, 'snapshotById' | 'snapshots'> {
  const byId = database.prepare(`${SNAPSHOT} WHERE s.commit_id >= ? AND s.commit_id <= ? ORDER BY s.commit_id, s.seq`);
  const successorOf = openSuccessor(database, { table: 'snapshot', alias: 's', select: SNAPSHOT });
  const list = database.prepare(`${SNAPSHOT} WHERE ${OF_TERMS} AND s.seq < ? ORDER BY s.seq DESC LIMIT ?`);
  return {
    snapshotById(id) {
      const range = idRange(id);
      const [first, ...others] = range ? byId.all(...range).map(toSnapshot) : [];
      if (first) return others.every(({ id: other }) => other === first.id) ? first : undefined;
      const row = successorOf(id);
      return row && toSnapshot(row);
    },
    snapshots: ({ serviceId, termsType }, { limit, before = Number.MAX_SAFE_INTEGER }) =>
      list.all(serviceId, termsType, wholeNumber(before), wholeNumber(limit)).map(toSnapshot),
  };
}
