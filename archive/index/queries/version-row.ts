import { integer, optionalInteger, type Row, text } from '../../ledger/row.ts';
import { ANALYSIS_COLUMNS, toAnalysis, WITH_ANALYSIS } from '../analysis/analysis-row.ts';
import type { IndexedSnapshot, IndexedVersion } from '../indexed-record.ts';
import { hexOf } from '../records/record-table.ts';
import { RECORD_KINDS } from '../schema.ts';

/** What `toVersion` reads, of {@link VERSION_TABLES}. */
export const VERSION_COLUMNS = `v.seq, v.commit_id, v.blob, v.fetch_date, v.kind, v.subject, v.snapshots, v.additions,
  v.deletions, t.service_id, t.terms_type, ${ANALYSIS_COLUMNS}`;

/** `version v` with its terms and its analysis. */
export const VERSION_TABLES = `version v JOIN terms t ON t.id = v.terms ${WITH_ANALYSIS}`;

/** What `toSnapshot` reads, of `snapshot s` and `terms t`. */
export const SNAPSHOT_COLUMNS = `s.seq, s.commit_id, s.blob, s.fetch_date, s.kind, s.subject, s.document_id, s.mime_type,
  s.location, t.service_id, t.terms_type`;

export function toVersion(row: Row): IndexedVersion {
  return {
    ...commonFacts(row),
    isTechnicalUpgrade: kindOf(row) === 'technical-upgrade',
    snapshotIds: hexOf(row.snapshots).match(/.{40}/g) ?? [],
    additions: optionalInteger(row, 'additions'),
    deletions: optionalInteger(row, 'deletions'),
    analysis: toAnalysis(row),
  };
}

export function toSnapshot(row: Row): IndexedSnapshot {
  return {
    ...commonFacts(row),
    documentId: row.document_id === null ? undefined : text(row, 'document_id'),
    mimeType: text(row, 'mime_type'),
    location: row.location === null ? undefined : text(row, 'location'),
  };
}

export const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1000);

function commonFacts(row: Row) {
  return {
    seq: integer(row, 'seq'),
    id: hexOf(row.commit_id),
    serviceId: text(row, 'service_id'),
    termsType: text(row, 'terms_type'),
    fetchDate: new Date(integer(row, 'fetch_date') * 1000),
    isFirstRecord: kindOf(row) === 'first',
    blob: hexOf(row.blob),
    subject: text(row, 'subject'),
  };
}

const kindOf = (row: Row) => RECORD_KINDS[integer(row, 'kind')];
