import type { Snapshot, SnapshotDraft, Version, VersionDraft } from '../archive/records/record.ts';

/** A record that was written or found to be there already. */
export interface Recorded<Kind> {
  readonly record: Kind;
  /** false: its content is that of the latest record, and nothing was written. */
  readonly isNew: boolean;
  /** Resolves once the record survives a kill of the process. */
  readonly acknowledged: Promise<void>;
}

/** What tracking needs of the archive; the archive itself, or a rehearsal that writes nothing. */
export interface Recorder {
  latestSnapshot(serviceId: string, termsType: string, documentId: string | undefined): Promise<Snapshot | undefined>;
  latestVersion(serviceId: string, termsType: string): Promise<Version | undefined>;
  /** Any snapshot by its commit, or undefined where the archive does not hold it. */
  snapshot(id: string): Promise<Snapshot | undefined>;
  content(record: Snapshot | Version): Promise<Uint8Array>;
  recordSnapshot(draft: SnapshotDraft): Promise<Recorded<Snapshot>>;
  recordVersion(draft: VersionDraft): Promise<Recorded<Version>>;
}
