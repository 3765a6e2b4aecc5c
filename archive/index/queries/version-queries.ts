import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordQueries } from '../index-reader.ts';
import type { IndexedVersion } from '../indexed-record.ts';
import { idRange } from './id-range.ts';
import { openSuccessor } from './successor.ts';
import { secondsOf, toVersion, VERSION_COLUMNS } from './version-row.ts';

const VERSION = `SELECT ${VERSION_COLUMNS} FROM version v JOIN terms t ON t.id = v.terms`;
const OF_TERMS = 'v.terms = (SELECT id FROM terms WHERE service_id = ? AND terms_type = ?)';

type VersionQueries = Pick<
  RecordQueries,
  'versionById' | 'versionsOfCommit' | 'versionAt' | 'firstVersion' | 'latestVersion' | 'versionBefore'
>;

/** Answers about single versions. */
export function createVersionQueries(database: DatabaseSync): VersionQueries {
  const byId = database.prepare(`${VERSION} WHERE v.commit_id >= ? AND v.commit_id <= ? ORDER BY v.commit_id, v.seq`);
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

  function versionsOfCommit(id: string): IndexedVersion[] {
    const range = idRange(id);
    const versions = range ? byId.all(...range).map(toVersion) : [];
    // A shortened id that stands for several commits stands for none.
    return versions.every((version) => version.id === versions[0]?.id) ? versions : [];
  }

  return {
    versionsOfCommit,
    versionById(id) {
      const [version] = versionsOfCommit(id);
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
