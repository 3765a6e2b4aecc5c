import type { IncompleteCollection, UnavailableCollection } from './page.ts';

/** Where in the records a text appeared or went. */
export interface ChangeInterval {
  /** Last moment at which the former state is known to have stood; `null` before the first record. */
  readonly after: string | null;
  /** First moment at which the new state is known. */
  readonly by: string;
  /** `checks`: the last successful check without; `records`: neighbouring records; `first-record`: nothing earlier. */
  readonly basis: 'checks' | 'records' | 'first-record';
  /** Time inside the interval in which nothing could be seen; `null` where tracking was regular. */
  readonly gap: { readonly days: number; readonly reason: 'no-records' | 'failed-checks' | 'no-checks' } | null;
  /** Version with which the new state was first seen. */
  readonly versionId: string;
  /** Our reading changed, perhaps not the service's text. */
  readonly isTechnicalUpgrade: boolean;
}

export interface ClauseLife {
  readonly appeared: ChangeInterval;
  /** `null`: in force. */
  readonly disappeared: ChangeInterval | null;
  /** Absences after which the clause came back. */
  readonly absences: readonly { readonly from: ChangeInterval; readonly until: ChangeInterval }[];
}

export interface ClauseWording {
  readonly blockId: number;
  readonly text: string;
  readonly markdown: string;
  readonly life: ClauseLife;
}

/** A clause through its wordings, oldest first. */
export interface ClauseHistory {
  readonly collection: string;
  /** The same in every index of the same records. */
  readonly clauseId: number;
  readonly serviceId: string;
  readonly termsType: string;
  readonly heading: string | null;
  readonly life: ClauseLife;
  readonly wordings: readonly ClauseWording[];
}

/** A clause, and whether its time may yet turn out longer. */
export interface ClauseAnswer extends ClauseHistory {
  /** Empty where all text was looked at. */
  readonly incomplete: readonly IncompleteCollection[];
}

export interface PassageHistory {
  readonly data: readonly ClauseHistory[];
  /** false: there may be more clauses than are told. */
  readonly isComplete: boolean;
  /** Empty where all text was looked at; else what is not found may yet be. */
  readonly incomplete: readonly IncompleteCollection[];
}

export interface SearchHit {
  readonly collection: string;
  readonly clauseId: number;
  readonly blockId: number;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly termsType: string;
  readonly heading: string | null;
  readonly text: string;
  /** The text around the matches in pieces; `isMatch` ones are to be marked. */
  readonly excerpt: readonly { readonly text: string; readonly isMatch: boolean }[];
  readonly life: ClauseLife;
  /** Higher is better; comparable within one answer. */
  readonly score: number;
}

export interface SearchAnswer {
  readonly data: readonly SearchHit[];
  /** Wordings that match, counted up to a bound. */
  readonly total: number;
  /** true: there are at least `total`; counting stopped. */
  readonly isTotalBounded: boolean;
  readonly limit: number;
  readonly offset: number;
  /** Collections that could not answer just now. */
  readonly unavailable: readonly UnavailableCollection[];
  /** Collections of which only a part could be searched yet: of them, neither `data` nor `total` is final. */
  readonly incomplete: readonly IncompleteCollection[];
}
