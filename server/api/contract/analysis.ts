import type { Version } from './version.ts';

/** What a change is at most, the least first. */
export type ChangeClass = 'none' | 'formatting' | 'links' | 'moved' | 'numbering' | 'date' | 'text';

/**
 * What became of the document. `return`: to words that it had before. `reverted`: such a return after long, which is
 * told. `suspect`: it looks like a faulty capture. `persisting`: one that stayed, which is told.
 */
export type ChangeState = 'ok' | 'return' | 'reverted' | 'suspect' | 'persisting';

/** A version that is spoken of, and where it can be read. */
export interface VersionReference {
  readonly versionId: string;
  readonly fetchDate: string;
  /** Address of the version under this API. */
  readonly link: string;
}

/**
 * What checks and second fetches, which no record tells of, add to the judgement; it is no part of it. `awaited`: being
 * fetched again just now, not told until then. `confirmed`: a second fetch gave the change again. `not-reproduced`: it did
 * not, so people are not told. `persisting`: what was not told stood for six checks, and is told after all, as of `date`.
 * `settled`: one of several variants stood for six checks.
 */
export interface AnalysisOverlay {
  readonly kind: 'awaited' | 'confirmed' | 'not-reproduced' | 'persisting' | 'settled';
  /** Of the second fetch (`awaited`: when it is due), or of the sixth check. */
  readonly date: string;
}

/** A change as it was judged by the records before it: whether people should be told, and what it is about. */
export interface ChangeAnalysis {
  readonly class: ChangeClass;
  readonly state: ChangeState;
  /** Whether people should be told; `overlay` may say otherwise. */
  readonly alert: boolean;
  /** 0 to 1. */
  readonly significance: number;
  /** At most three, the weightiest first; `null` where they are not available: see `topicsUnavailable`. */
  readonly topics: readonly string[] | null;
  /** Why there are no topics: there is no lexicon for the language. `null` where topics are available. */
  readonly topicsUnavailable: TopicsUnavailable | null;
  /** ISO 639-1; `null` where it is not clear. */
  readonly language: string | null;
  /** Days (YYYY-MM-DD) that the change brought: from when the terms apply, when they were last updated. */
  readonly statedDates: readonly { readonly date: string; readonly kind: 'effective' | 'updated' }[];
  /** Words that came and went, wherever they stand; a redline counts more where words changed their order. */
  readonly wordsAdded: number;
  readonly wordsRemoved: number;
  /** Changes that were told and that this one withdraws, oldest first. */
  readonly undoes: readonly VersionReference[];
  readonly overlay: AnalysisOverlay | null;
  /** Address of the reasons. */
  readonly reasons: string;
}

export interface TopicsUnavailable {
  /** ISO 639-1; `null` where the language is not clear. */
  readonly language: string | null;
  /** For people: “Topics are not available in Danish.” */
  readonly message: string;
}

/** Why a change was judged as it was. */
export interface AnalysisAnswer {
  readonly version: Version;
  readonly previousId: string | null;
  /**
   * `judged`; `pending`: not yet, ask again later; `first-record`: without an earlier version there is nothing to judge;
   * `not-comparable`: the text of this version or of the one before it cannot be read.
   */
  readonly status: 'judged' | 'pending' | 'first-record' | 'not-comparable';
  /** `null` unless judged. */
  readonly analysis: ChangeAnalysis | null;
  /** Sentences, block by block where blocks differ. */
  readonly reasons: readonly string[];
  /** The later change that withdrew this one; `null`: none did. */
  readonly undoneBy: VersionReference | null;
}

/** A collection of which not all changes are judged yet: alerts may be missing. */
export interface IncompleteAnalysis {
  readonly collection: string;
  readonly versionsWithoutAnalysis: number;
}

/** How the changes of a collection were judged. Technical upgrades are in none of these counts. */
export interface ChangeStatistics {
  readonly collection: string;
  /** Versions with an earlier one. */
  readonly changes: number;
  /** Of these, those that are judged. */
  readonly judged: number;
  readonly alerts: number;
  /** Of the judged, from 0 to 1; `null` where none is. */
  readonly alertedShare: number | null;
  readonly byClass: Readonly<Record<ChangeClass, number>>;
  readonly byState: Readonly<Record<ChangeState, number>>;
  /** Empty where all changes are judged. */
  readonly incomplete: readonly IncompleteAnalysis[];
  /** The counts are by former rules, and are being made anew. */
  readonly isJudgedAnew: boolean;
}
