import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { mimeTypeOf, type ParsedRecordPath, VERSION_MIME_TYPE } from '../../records/path.ts';
import type { MetaKey } from '../meta.ts';
import { RECORD_KINDS } from '../schema.ts';
import type { RecordOfCommit } from './read-record.ts';

export type RecordsOf = 'versions' | 'snapshots';

/** The rows of one repository's records, for the one writer inside its transaction. `seq` counts from 1 without gaps. */
export interface RecordTable {
  /** The highest seq; 0 without records. */
  highest(): number;
  /** Whether the row of that seq is this record. */
  holds(seq: number, record: RecordOfCommit, terms: number): boolean;
  insert(seq: number, record: RecordOfCommit, terms: number): void;
  /** Terms with rows from this seq on. */
  termsFrom(seq: number): number[];
  /** Takes away the rows from this seq on. */
  removeFrom(seq: number): void;
}

/** Tables by repository; their names are also a part of other tables' names. */
export const TABLES: Record<RecordsOf, string> = { versions: 'version', snapshots: 'snapshot' };

export const RECORD_META: Record<RecordsOf, { readonly tip: MetaKey; readonly boundary: MetaKey }> = {
  versions: { tip: 'versions_tip', boundary: 'versions_boundary' },
  snapshots: { tip: 'snapshots_tip', boundary: 'snapshots_boundary' },
};

/** Which files are records of which repository. Snapshots may have any type. */
export const ACCEPTED: Record<RecordsOf, (path: { readonly extension: string }) => boolean> = {
  versions: ({ extension }) => extension === 'md' || mimeTypeOf(extension) === VERSION_MIME_TYPE,
  snapshots: () => true,
};

const INSERT: Record<RecordsOf, string> = {
  versions: `INSERT INTO version (seq, commit_id, terms, blob, fetch_date, kind, subject, snapshots, path)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  snapshots: `INSERT INTO snapshot (seq, commit_id, terms, blob, fetch_date, kind, subject, document_id, mime_type, location)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
};

const OWN_COLUMNS: Record<RecordsOf, (record: RecordOfCommit) => SQLInputValue[]> = {
  versions: ({ message, path }) => [bytesOf(message.snapshotIds.join('')), unusualPath(path)],
  snapshots: ({ path, message }) => [
    path.documentId ?? null,
    mimeTypeOf(path.extension),
    message.trailers.get('x-source-document-location') ?? null,
  ],
};

/** null where the terms tell it. */
const unusualPath = ({ serviceId, termsType, documentId, extension }: ParsedRecordPath): string | null =>
  documentId === undefined && extension === 'md'
    ? null
    : `${serviceId}/${termsType}${documentId === undefined ? '' : ` #${documentId}`}.${extension}`;

export function openRecordTable(database: DatabaseSync, records: RecordsOf): RecordTable {
  const name = TABLES[records];
  const insert = database.prepare(INSERT[records]);
  const row = database.prepare(`SELECT commit_id, terms, blob FROM ${name} WHERE seq = ?`);
  const highest = database.prepare(`SELECT max(seq) AS seq FROM ${name}`);
  const ownColumns = OWN_COLUMNS[records];
  return {
    highest: () => Number(highest.get()?.seq ?? 0),
    holds(seq, record, terms) {
      const found = row.get(seq);
      return (
        found !== undefined &&
        found.terms === terms &&
        hexOf(found.commit_id) === record.id &&
        hexOf(found.blob) === record.blob
      );
    },
    insert(seq, record, terms) {
      const { id, blob, fetchDate, subject, message } = record;
      const kind = RECORD_KINDS.indexOf(message.kind);
      insert.run(seq, bytesOf(id), terms, bytesOf(blob), fetchDate, kind, subject, ...ownColumns(record));
    },
    termsFrom: (seq) =>
      database
        .prepare(`SELECT DISTINCT terms FROM ${name} WHERE seq >= ?`)
        .all(seq)
        .map((found) => Number(found.terms)),
    removeFrom(seq) {
      database.prepare(`DELETE FROM ${name} WHERE seq >= ?`).run(seq);
    },
  };
}

export const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
export const hexOf = (bytes: unknown): string =>
  bytes instanceof Uint8Array ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex') : '';
