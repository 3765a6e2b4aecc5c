import type { DatabaseSync } from 'node:sqlite';
import { ANALYSIS_RULES } from '../../changes/analysis/analyse-change.ts';
import { integer, optionalInteger, type Row, text } from '../../ledger/row.ts';
import type { IndexState, RecordQueries } from '../index-reader.ts';
import type { IndexedTerms, TermsName } from '../indexed-record.ts';
import { type MetaKey, readMeta } from '../meta.ts';
import { hexOf } from '../records/record-table.ts';
import { keptWhileUnwritten } from './kept-while-unwritten.ts';

const TERMS = `SELECT t.id, t.service_id, t.terms_type, t.formerly, t.versions, t.technical_upgrades, t.snapshots,
    f.fetch_date AS first_date, l.fetch_date AS latest_date, l.commit_id AS latest_id
  FROM terms t LEFT JOIN version f ON f.seq = t.first_seq LEFT JOIN version l ON l.seq = t.latest_seq
  WHERE t.versions + t.snapshots > 0`;

/** Names before this one, followed back; a name that came back ends the chain. */
const FORMERLY = `WITH RECURSIVE chain (id, place) AS (
    SELECT formerly, 1 FROM terms WHERE id = ?1 AND formerly IS NOT NULL
    UNION
    SELECT t.formerly, place + 1 FROM chain JOIN terms t ON t.id = chain.id
    WHERE t.formerly IS NOT NULL AND t.formerly <> ?1 AND place < 100)
  SELECT t.service_id, t.terms_type FROM chain JOIN terms t ON t.id = chain.id GROUP BY t.id ORDER BY min(place)`;

const COUNTS = `SELECT ifnull(sum(versions), 0) AS versions, ifnull(sum(snapshots), 0) AS snapshots,
    count(DISTINCT service_id) AS services, count(*) AS terms
  FROM terms WHERE versions + snapshots > 0`;

const WITHOUT_TEXT = `SELECT ifnull(sum((SELECT count(*) FROM version v WHERE v.terms = t.id AND v.seq > t.text_seq)), 0) AS versions
  FROM terms t WHERE t.latest_seq > t.text_seq`;

const JUDGING = `SELECT rules, (SELECT ifnull(max(seq), 0) FROM version) - seq AS waiting FROM judging WHERE is_served = 1`;

/**
 * Answers about terms and about the index itself. They are kept until another connection has written: all terms of 385
 * services take 4 ms.
 */
export function createTermsQueries(database: DatabaseSync): Pick<RecordQueries, 'state' | 'terms'> {
  const all = database.prepare(`${TERMS} ORDER BY t.service_id, t.terms_type`);
  const formerly = database.prepare(FORMERLY);
  const counts = database.prepare(COUNTS);
  const withoutText = database.prepare(WITHOUT_TEXT);
  const judging = database.prepare(JUDGING);
  const kept = keptWhileUnwritten(database);

  const toTerms = (row: Row): IndexedTerms => ({
    serviceId: text(row, 'service_id'),
    termsType: text(row, 'terms_type'),
    versions: integer(row, 'versions'),
    technicalUpgrades: integer(row, 'technical_upgrades'),
    snapshots: integer(row, 'snapshots'),
    firstDate: dateOf(row, 'first_date'),
    latestDate: dateOf(row, 'latest_date'),
    latestVersionId: row.latest_id === null ? undefined : hexOf(row.latest_id),
    formerly: row.formerly === null ? [] : formerly.all(integer(row, 'id')).map(toName),
  });

  const state = kept((): IndexState => {
    const row = counts.get() ?? {};
    const meta = (key: MetaKey): string | undefined => readMeta(database, key);
    const updatedAt = meta('updated_at');
    const judged = judging.get();
    return {
      versionsTip: meta('versions_tip'),
      snapshotsTip: meta('snapshots_tip'),
      versions: integer(row, 'versions'),
      snapshots: integer(row, 'snapshots'),
      services: integer(row, 'services'),
      terms: integer(row, 'terms'),
      versionsWithoutText: integer(withoutText.get() ?? {}, 'versions'),
      versionsWithoutAnalysis: judged ? integer(judged, 'waiting') : integer(row, 'versions'),
      isJudgedAnew: judged !== undefined && judged.rules !== ANALYSIS_RULES,
      updatedAt: updatedAt === undefined ? undefined : new Date(updatedAt),
      epoch: meta('epoch') ?? '',
    };
  });
  const byService = kept(() => Map.groupBy(all.all().map(toTerms), ({ serviceId }) => serviceId));

  return {
    state,
    terms: ({ serviceId } = {}) =>
      serviceId === undefined ? [...byService().values()].flat() : [...(byService().get(serviceId) ?? [])],
  };
}

const toName = (row: Row): TermsName => ({ serviceId: text(row, 'service_id'), termsType: text(row, 'terms_type') });

const dateOf = (row: Row, column: string): Date | undefined => {
  const seconds = optionalInteger(row, column);
  return seconds === undefined ? undefined : new Date(seconds * 1000);
};
