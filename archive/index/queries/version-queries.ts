import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordQueries } from '../index-reader.ts';
import type { IndexedVersion } from '../indexed-record.ts';
import { idRange } from './id-range.ts';
import { openSuccessor } from './successor.ts';
import { secondsOf, toVersion, VERSION_COLUMNS, VERSION_TABLES } from './version-row.ts';
import { wholeNumber } from './whole-number.ts';

const VERSION = `SELECT ${VERSION_COLUMNS} FROM ${VERSION_TABLES}`;
const OF_TERMS = 'v.terms = (SELECT id FROM terms WHERE service_id = ? AND terms_type = ?)';

type VersionQueries = Pick<
  RecordQueries,
  'versionById' | 'versionsOfCommit' | 'versionAt' | 'firstVersion' | 'latestVersion' | 'versionBefore'
>;

/** Answers about single versions. */
export function createVersionQueries(database: DatabaseSync): VersionQueries {
  const ofCommit = database.prepare(`${VERSION} WHERE v.commit_id = ? ORDER BY v.seq LIMIT ?`);
  // Either end by itself is one look into the index, however many versions a commit has.
  const inRange = 'FROM version WHERE commit_id >= ?1 AND commit_id <= ?2';
  const commits = database.prepare(
    `SELECT (SELECT min(commit_id) ${inRange}) = (SELECT max(commit_id) ${inRange}) AS is_one,
       (SELECT min(commit_id) ${inRange}) AS commit_id`,
  );
  const successorOf = openSuccessor(database, { table: 'version', alias: 'v', select: VERSION });
  // The latest in commit order whose date is not after the one asked for, as `git log -1 --until` finds it.
  // Its place is looked up by itself: asked for the whole row, SQLite goes by the date and sorts all rows before it
  // (0.5 ms instead of 0.04).
  const at = database.prepare(
    `${VERSION} WHERE v.seq = (
       SELECT seq FROM version WHERE ${OF_TERMS.replace('v.', '')} AND fetch_date <= ? ORDER BY seq DESC LIMIT 1)`,
  );
  const first = database.prepare(`${VERSION} WHERE ${OF_TERMS} ORDER BY v.seq LIMIT 1`);
  const latest = database.prepare(`${VERSION} WHERE ${OF_TERMS} ORDER BY v.seq DESC LIMIT 1`);
  const before = database.prepare(`${VERSION} WHERE ${OF_TERMS} AND v.seq < ? ORDER BY v.seq DESC LIMIT 1`);

  const one = (statement: StatementSync, ...parameters: (string | number)[]): IndexedVersion | undefined => {
    const row = statement.get(...parameters);
    return row && toVersion(row);
  };

  // One commit of an imported history may hold thousands: no more of them are read than are wanted.
  function versionsOfCommit(id: string, limit = Infinity): IndexedVersion[] {
    const range = idRange(id);
    const commit = range && commits.get(...range);
    // A shortened id that stands for several commits stands for none.
    if (commit?.is_one !== 1) return [];
    return ofCommit.all(commit.commit_id ?? null, wholeNumber(limit)).map(toVersion);
  }

  return {
    versionsOfCommit,
    versionById(id) {
      const [version] = versionsOfCommit(id, 1);
      if (version) return version;
      const row = successorOf(id);
      return row && toVersion(row);
    },
    versionAt: (serviceId, termsType, date) => one(at, serviceId, termsType, secondsOf(date)),
    firstVersion: (serviceId, termsType) => one(first, serviceId, termsType),
    latestVersion: (serviceId, termsType) => one(latest, serviceId, termsType),
    versionBefore: ({ serviceId, termsType, seq }) => one(before, serviceId, termsType, seq),
  };
}
