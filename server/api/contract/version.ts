import type { ChangeAnalysis, IncompleteAnalysis } from './analysis.ts';
import type { Page } from './page.ts';

export interface Version {
  readonly collection: string;
  readonly id: string;
  readonly serviceId: string;
  readonly termsType: string;
  readonly fetchDate: string;
  readonly isFirstRecord: boolean;
  readonly isTechnicalUpgrade: boolean;
  readonly snapshotIds: readonly string[];
  /** Lines against the former version; `null` until counted. */
  readonly additions: number | null;
  readonly deletions: number | null;
}

export interface VersionWithContent extends Version {
  /** Markdown. */
  readonly content: string;
}

/** Ids among the versions of the same terms. */
export interface Neighbours {
  readonly first: string | null;
  readonly previous: string | null;
  readonly next: string | null;
  readonly last: string | null;
}

/** A version in a list of changes. */
export interface Change extends Version {
  readonly serviceName: string;
  /** The version of the same terms before it; `null` for a first record. */
  readonly previousId: string | null;
  /** Path of the redline against the former version, under the address of the server; `null` for a first record. */
  readonly redline: string | null;
  /** `null`: a first record, or not judged yet. */
  readonly analysis: ChangeAnalysis | null;
}

export interface Changes extends Page<Change> {
  /** Collections of which not all changes are judged yet: what is not in a list of alerts may yet be. */
  readonly incomplete: readonly IncompleteAnalysis[];
}

export type Versions = Page<Version>;
