/** Why an extraction gave no text; the reasons of the crawler's ExtractError. */
export type ExtractionFailureReason = 'no-match' | 'empty' | 'unreadable';

/** What was extracted from which snapshots, with which declaration and which extraction rules. */
export interface Extraction {
  readonly serviceId: string;
  readonly termsType: string;
  /** Commits, in the order of the source documents. */
  readonly snapshotIds: readonly string[];
  readonly declarationHash: string;
  readonly rulesVersion: number;
  /** The version that holds the text: recorded then, or found to hold it already. Absent where the extraction failed. */
  readonly versionId?: string | undefined;
  readonly failure?: { readonly reason: ExtractionFailureReason; readonly message: string } | undefined;
  readonly date: Date;
}
