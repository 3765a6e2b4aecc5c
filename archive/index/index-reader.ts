import type { Reason } from '../changes/analysis/reason.ts';
import type { ChangedWording, ClauseHistory, Mention, MentionQuery, TextHits, TextQuery } from './clause.ts';
import type {
  AnalysisCount,
  DayCount,
  IndexedSnapshot,
  IndexedTerms,
  IndexedVersion,
  MonthCount,
  Neighbours,
  TermsCount,
  VersionFilter,
  VersionPage,
} from './indexed-record.ts';
import type { WordingSought } from './text/telling-wording.ts';

/** How far the index is. */
export interface IndexState {
  /** Commits up to which records are indexed; undefined before the first. */
  readonly versionsTip: string | undefined;
  readonly snapshotsTip: string | undefined;
  readonly versions: number;
  readonly snapshots: number;
  readonly services: number;
  readonly terms: number;
  /** Versions whose text is not yet searchable. 0: all of it is. */
  readonly versionsWithoutText: number;
  /** Versions that are not yet judged. 0: all are. */
  readonly versionsWithoutAnalysis: number;
  /** The analyses are by former rules, or end where a history was rewritten; they are being made anew beside. */
  readonly isJudgedAnew: boolean;
  /** When the index last took in records or found that there were none. */
  readonly updatedAt: Date | undefined;
  /** Changes whenever the index was made anew or a history was rewritten. */
  readonly epoch: string;
}

/**
 * Answers from the records of one collection. Synchronous: each takes less than a millisecond, except that skipping tens
 * of thousands of versions with a filter takes 4. A limit below 1 gives nothing.
 */
export interface RecordQueries {
  state(): IndexState;
  /** Terms with records, by service id and terms type. */
  terms(filter?: { readonly serviceId?: string | undefined }): IndexedTerms[];
  /**
   * The version of that commit (of several in one commit, the first by path). Ids may be shortened to 7 digits, as in
   * Open Terms Archive's API, where they stand for one commit. An id from before a rewritten history leads to the version
   * with the same content, of the same terms where these still have it, fetched nearest.
   */
  versionById(id: string): IndexedVersion | undefined;
  /** The versions of a commit, by path; without a limit all, which may be thousands. */
  versionsOfCommit(id: string, limit?: number): IndexedVersion[];
  versions(filter: VersionFilter, page: VersionPage): IndexedVersion[];
  countVersions(filter: VersionFilter): number;
  /** Of the versions of a filter, how many were fetched on each day; days without any are left out. Oldest first. */
  dayCounts(filter: VersionFilter): DayCount[];
  /** The terms that have versions of a filter, how many, and which is the latest; by service id and terms type. */
  termsCounts(filter: VersionFilter): TermsCount[];
  /**
   * The version at a date: the latest in commit order of those fetched at or before it, which is what Open Terms Archive's
   * engine answers (`git log -1 --until`). Where dates run backwards it is not the one with the latest date.
   */
  versionAt(serviceId: string, termsType: string, date: Date): IndexedVersion | undefined;
  firstVersion(serviceId: string, termsType: string): IndexedVersion | undefined;
  /** The latest in commit order. */
  latestVersion(serviceId: string, termsType: string): IndexedVersion | undefined;
  /** The version of the same terms before this one in commit order. */
  versionBefore(version: IndexedVersion): IndexedVersion | undefined;
  neighbours(version: IndexedVersion): Neighbours;
  /** Why a change was judged as it was; none without an analysis. */
  reasons(version: Pick<IndexedVersion, 'seq'>): readonly Reason[];
  /** How many changes were judged how, technical upgrades left out. Kept until the index is written: 20 ms for 40,000. */
  analysisCounts(): readonly AnalysisCount[];
  /**
   * Versions by month of fetching, oldest first, of a service or of one of its terms: 4 ms for the terms with the most.
   *
   * @param filter `raised`, `lowered`: as in `VersionFilter` with `alerts`
   */
  monthCounts(
    filter: { readonly serviceId: string; readonly termsType?: string | undefined } & Pick<
      VersionFilter,
      'raised' | 'lowered'
    >,
  ): MonthCount[];
  /** Months (`2024-03`) in which anything of the whole collection was recorded. */
  recordedMonths(): ReadonlySet<string>;
  /** As `versionById`. */
  snapshotById(id: string): IndexedSnapshot | undefined;
  /** Snapshots of terms, newest first. */
  snapshots(
    filter: { readonly serviceId: string; readonly termsType: string },
    page: { readonly limit: number; readonly before?: number | undefined },
  ): IndexedSnapshot[];
}

/**
 * Answers from the text of all versions. Synchronous; a search for common words may take tens of milliseconds, which is
 * why the server asks in a thread of its own.
 */
export interface TextQueries {
  /** @throws QuerySyntaxError that says what of the query cannot be read. */
  search(query: TextQuery): TextHits;
  /** The clauses in whose wordings a passage stands (or stood) in these terms. */
  passageHistory(serviceId: string, termsType: string, passage: string): ClauseHistory[];
  clause(clauseId: number): ClauseHistory | undefined;
  /**
   * The terms that hold something or once did, by service id and terms type; about 3 µs a paragraph that matches.
   *
   * @throws QuerySyntaxError as `search`.
   */
  mentions(query: MentionQuery): Mention[];
  /**
   * The first sentence among the blocks that a version brought, with its former wording, else the first that it took; of
   * those about the topic that is sought, if there are any. undefined: none, or the text is not in the index yet.
   */
  changedWording(version: Pick<IndexedVersion, 'seq'>, sought?: WordingSought | undefined): ChangedWording | undefined;
}

/** The index of one collection, open for reading; never waits for its writer. */
export interface IndexReader extends RecordQueries, TextQueries {
  close(): void;
}
