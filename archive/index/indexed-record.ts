import type { AnalysedChange, ChangeState } from '../changes/analysis/analysed-change.ts';
import type { ChangeClass } from '../changes/analysis/difference/difference.ts';
import type { Topic } from '../changes/topics/topics.ts';
import type { Snapshot, Version } from '../records/record.ts';

/** What git alone tells of a record beside the record itself. */
interface IndexedFacts {
  /**
   * Place of the record in commit order, 1 for the oldest of its repository. "Earlier" means a lower place: dates may
   * run backwards, since a technical upgrade carries the date of its snapshot.
   */
  readonly seq: number;
  /** First line of the commit message as it stands in git (at most 1,000 characters), of older engines too. */
  readonly subject: string;
}

/** How a change was judged. The reasons are asked for by themselves: they are long, and lists need none. */
export type VersionAnalysis = Omit<AnalysedChange, 'reasons'>;

/** Changes that were judged alike. */
export interface AnalysisCount extends Pick<VersionAnalysis, 'class' | 'state' | 'alert'> {
  readonly changes: number;
}

/** Versions of one month that were judged alike. */
export interface MonthCount {
  /** `2024-03`, by the fetch date (UTC). */
  readonly month: string;
  readonly kind: 'first' | 'change' | 'technical-upgrade';
  /** undefined for what is not judged. */
  readonly class: ChangeClass | undefined;
  readonly state: ChangeState | undefined;
  /** Whether people are told: an alert, or what withdraws one. */
  readonly isTold: boolean;
  readonly versions: number;
}

/** Versions that were fetched on one day. */
export interface DayCount {
  /** Days since 1 January 1970 (UTC). */
  readonly day: number;
  readonly versions: number;
}

/** Versions of one service's terms. */
export interface TermsCount {
  readonly serviceId: string;
  readonly termsType: string;
  readonly versions: number;
  /** The latest in commit order. */
  readonly latestId: string;
  readonly latestDate: Date;
  /** The first in commit order. */
  readonly firstId: string;
  readonly firstDate: Date;
}

/** A version as the index knows it. */
export interface IndexedVersion extends Version, IndexedFacts {
  /** Lines added and deleted against the former version of the terms, as `git --numstat` counts; undefined until counted. */
  readonly additions: number | undefined;
  readonly deletions: number | undefined;
  /**
   * undefined for what is no change (no earlier version of the file) and for a version that is not judged yet.
   */
  readonly analysis: VersionAnalysis | undefined;
}

/** A snapshot as the index knows it. */
export interface IndexedSnapshot extends Snapshot, IndexedFacts {}

/** Terms of which there are records, declared today or not. */
export interface IndexedTerms {
  readonly serviceId: string;
  readonly termsType: string;
  /** Counts of records; technical upgrades are among the versions. */
  readonly versions: number;
  readonly technicalUpgrades: number;
  readonly snapshots: number;
  /** Fetch dates of the first and the latest version in commit order; undefined where there are only snapshots. */
  readonly firstDate: Date | undefined;
  readonly latestDate: Date | undefined;
  readonly latestVersionId: string | undefined;
  /** Names that these terms had before a commit moved their file, the latest first. Their records stay under the old name. */
  readonly formerly: readonly TermsName[];
}

export interface TermsName {
  readonly serviceId: string;
  readonly termsType: string;
}

/** Which versions are meant. All conditions together; an absent one is none. */
export interface VersionFilter {
  readonly serviceId?: string | undefined;
  readonly termsType?: string | undefined;
  /** Any of these services (a named list). */
  readonly services?: readonly string[] | undefined;
  readonly termsTypes?: readonly string[] | undefined;
  /** Fetch date: from `since` (inclusive) until `until` (exclusive). */
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  /** Default `included`. */
  readonly technicalUpgrades?: 'included' | 'excluded' | 'only' | undefined;
  /** Default `included`; `excluded` leaves what has an earlier version: changes. */
  readonly firstRecords?: 'included' | 'excluded' | 'only' | undefined;
  /** true: only what people are told: changes with an alert, and those that undo one. */
  readonly alerts?: boolean | undefined;
  /** Changes of any of these classes, states, topics; what has no analysis is none of them. */
  readonly classes?: readonly ChangeClass[] | undefined;
  readonly states?: readonly ChangeState[] | undefined;
  readonly topics?: readonly Topic[] | undefined;
  /** Changes of texts in any of these languages (ISO 639-1), as far as they are clear. */
  readonly languages?: readonly string[] | undefined;
  /** With `alerts`: `seq` of changes that are told as well, and of those that are not, whatever their analysis says. */
  readonly raised?: readonly number[] | undefined;
  readonly lowered?: readonly number[] | undefined;
}

/** Which part of a list, newest (highest `seq`) first. */
export interface VersionPage {
  readonly limit: number;
  readonly offset?: number | undefined;
  /** Only versions with a lower `seq`: the cursor of the next part. */
  readonly before?: number | undefined;
}

/**
 * Ids of the neighbours of a version among the versions of its terms, for the links of Open Terms Archive's API and in
 * its order (engine 16): by fetch date, of those with the same date the higher id first. The version that a change is
 * told against is `versionBefore`.
 */
export interface Neighbours {
  readonly first: string | undefined;
  readonly previous: string | undefined;
  readonly next: string | undefined;
  readonly last: string | undefined;
}
