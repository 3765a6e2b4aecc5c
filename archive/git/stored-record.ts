import type { ParsedMessage } from '../records/message.ts';
import { mimeTypeOf, type ParsedRecordPath } from '../records/path.ts';
import type { Snapshot, Version } from '../records/record.ts';

/** A record as the repository holds it, not yet told apart into snapshot or version. */
export interface StoredRecord {
  readonly id: string;
  readonly path: ParsedRecordPath;
  readonly blob: string;
  readonly fetchDate: Date;
  /** undefined where a person's own commit set the file. */
  readonly message: ParsedMessage | undefined;
}

/** A stored record of the snapshots' repository as a snapshot. */
export function asSnapshot(stored: StoredRecord | undefined): Snapshot | undefined {
  if (!stored) return undefined;
  const { path, message } = stored;
  return {
    ...factsOf(stored),
    documentId: path.documentId,
    mimeType: mimeTypeOf(path.extension),
    location: message?.trailers.get('x-source-document-location'),
  };
}

/** A stored record of the versions' repository as a version. */
export function asVersion(stored: StoredRecord | undefined): Version | undefined {
  if (!stored) return undefined;
  const { message } = stored;
  return {
    ...factsOf(stored),
    snapshotIds: message?.snapshotIds ?? [],
    isTechnicalUpgrade: message?.kind === 'technical-upgrade',
  };
}

function factsOf({ id, blob, fetchDate, path: { serviceId, termsType }, message }: StoredRecord) {
  return { id, blob, fetchDate, serviceId, termsType, isFirstRecord: message?.kind === 'first' };
}
