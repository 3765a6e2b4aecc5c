import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordQueries } from '../index-reader.ts';
import { bytesOf, hexOf } from '../records/record-table.ts';
import { secondsOf } from './version-row.ts';

const OF_TERMS = 'terms = (SELECT id FROM terms WHERE service_id = ? AND terms_type = ?)';

/**
 * Neighbours in the order in which Open Terms Archive walks (engine 16, `getNavigationIds`): by fetch date, and of
 * several with the same date the one with the higher id first.
 */
export function createNeighbourQueries(database: DatabaseSync): Pick<RecordQueries, 'neighbours'> {
  const select = (where: string, order: string): StatementSync =>
    database.prepare(`SELECT commit_id FROM version WHERE ${OF_TERMS} ${where} ORDER BY ${order} LIMIT 1`);
  const first = select('', 'fetch_date, commit_id DESC');
  const last = select('', 'fetch_date DESC, commit_id');
  const previousOfDate = select('AND fetch_date = ? AND commit_id > ?', 'commit_id');
  const previous = select('AND fetch_date < ?', 'fetch_date DESC, commit_id');
  const nextOfDate = select('AND fetch_date = ? AND commit_id < ?', 'commit_id DESC');
  const next = select('AND fetch_date > ?', 'fetch_date, commit_id DESC');
  return {
    neighbours({ serviceId, termsType, fetchDate, id }) {
      const name = [serviceId, termsType] as const;
      const date = secondsOf(fetchDate);
      const commit = bytesOf(id);
      return {
        first: idOf(first.get(...name)),
        previous: idOf(previousOfDate.get(...name, date, commit)) ?? idOf(previous.get(...name, date)),
        next: idOf(nextOfDate.get(...name, date, commit)) ?? idOf(next.get(...name, date)),
        last: idOf(last.get(...name)),
      };
    },
  };
}

const idOf = (row: { commit_id?: unknown } | undefined): string | undefined => row && hexOf(row.commit_id);
