/** What every record carries. Ids are full commit hashes. */
interface RecordFacts {
  readonly serviceId: string;
  readonly termsType: string;
  /** When the source documents were fetched; the author and committer date of the commit (whole seconds). */
  readonly fetchDate: Date;
}

/** A source document as fetched, not yet recorded. */
export interface SnapshotDraft extends RecordFacts {
  /** Only where the terms combine several source documents. */
  readonly documentId: string | undefined;
  /** The response's MIME type without parameters, such as `text/html`. */
  readonly mimeType: string;
  readonly content: Uint8Array;
  readonly fetcher: 'htmlOnly' | 'fullDom';
  readonly location: string;
}

/** A snapshot in the archive. */
export interface Snapshot extends RecordFacts {
  readonly id: string;
  readonly documentId: string | undefined;
  readonly mimeType: string;
  readonly isFirstRecord: boolean;
  /** Git blob that holds the content. */
  readonly blob: string;
  /** Where it was fetched; undefined in archives that did not note it. */
  readonly location: string | undefined;
}

/** Terms extracted as Markdown, not yet recorded. */
export interface VersionDraft extends RecordFacts {
  readonly content: string;
  /** Commits of the snapshots that it was extracted from, in the order of the source documents. */
  readonly snapshotIds: readonly string[];
  readonly isTechnicalUpgrade: boolean;
}

/** A version in the archive. */
export interface Version extends RecordFacts {
  readonly id: string;
  readonly snapshotIds: readonly string[];
  readonly isFirstRecord: boolean;
  readonly isTechnicalUpgrade: boolean;
  readonly blob: string;
}
