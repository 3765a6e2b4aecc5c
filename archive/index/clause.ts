import type { VersionFilter } from './indexed-record.ts';

/** Where in the records a text stands: which is known from checks, or else from the records themselves. */
export interface ChangeInterval {
  /**
   * Last moment at which the former state is known to have stood, never later than `by`; undefined before the first
   * record. Where all records of the former state are dated later (dates may run backwards), it is `by` itself.
   */
  readonly after: Date | undefined;
  /** First moment at which the new state is known. */
  readonly by: Date;
  /** `checks`: the ledger's last successful check without; `records`: neighbouring records; `first-record`: nothing earlier. */
  readonly basis: 'checks' | 'records' | 'first-record';
  /** Time inside the interval in which nothing could be seen, and why; undefined where tracking was regular. */
  readonly gap: { readonly days: number; readonly reason: 'no-records' | 'failed-checks' | 'no-checks' } | undefined;
  /** Version with which the new state was first seen. */
  readonly versionId: string;
  /** The new state came with a technical upgrade: our reading changed, perhaps not the service's text. */
  readonly isTechnicalUpgrade: boolean;
}

/** How long a clause stood: edits and moves do not end it, absences that ended are bridged and listed. */
export interface ClauseLife {
  readonly appeared: ChangeInterval;
  /** undefined: in force, it stands in the latest version. */
  readonly disappeared: ChangeInterval | undefined;
  /** Absences after which the clause came back: returns, faulty captures. */
  readonly absences: readonly { readonly from: ChangeInterval; readonly until: ChangeInterval }[];
}

/** One wording of a clause: a distinct block of the Markdown, and when it stood. */
export interface ClauseWording {
  /** Of this index; another index of the same records may number its blocks otherwise. */
  readonly blockId: number;
  /** Without link targets, images and emphasis: what is searched. */
  readonly text: string;
  /** As recorded. */
  readonly markdown: string;
  readonly life: ClauseLife;
}

/** A clause of one service's terms through its wordings, oldest first. */
export interface ClauseHistory {
  /** The same in every index of the same records, so that links to it last. */
  readonly clauseId: number;
  readonly serviceId: string;
  readonly termsType: string;
  /** Text of the heading above it, where there is one. */
  readonly heading: string | undefined;
  readonly life: ClauseLife;
  readonly wordings: readonly ClauseWording[];
}

/** A few words that a version brought or took, to stand for its change in a list: plain text as far as it is needed. */
export interface ChangedWording {
  /** Text of the heading above it, where there is one. */
  readonly heading: string | undefined;
  /** undefined: new with the version. */
  readonly before: string | undefined;
  /** undefined: gone with the version. */
  readonly after: string | undefined;
}

/** A search over all blocks that were ever recorded. */
export interface TextQuery {
  /** Words (all of them), "phrases", prefix*, OR, NOT or -word, parentheses. */
  readonly text: string;
  /**
   * `passage`: `text` is a passage as somebody copied it; found are paragraphs that say nearly the same (with how much of
   * both is the same as the score, 0.6 to 1), and those that contain it (below). Default `words`.
   */
  readonly match?: 'words' | 'passage' | undefined;
  readonly serviceId?: string | undefined;
  readonly termsType?: string | undefined;
  readonly services?: readonly string[] | undefined;
  readonly termsTypes?: readonly string[] | undefined;
  /** Stood at any time between these; `since` inclusive, `until` exclusive. */
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  readonly state?: 'in-force' | 'removed' | 'any' | undefined;
  /** `date`: what appeared last comes first. Default `relevance`. */
  readonly sort?: 'relevance' | 'date' | undefined;
  /** Judged changes of which one brought or removed the wording: all of these of the same change, each any of several. */
  readonly classes?: VersionFilter['classes'];
  readonly topics?: VersionFilter['topics'];
  /** Of the terms, as their latest change was judged that has a clear language. */
  readonly languages?: VersionFilter['languages'];
  /** 1 to 100; of all matches, 1 to 1,000. */
  readonly limit: number;
  /** The first thousand hits can be had. */
  readonly offset?: number | undefined;
  /**
   * All that match words, however many, by date, in parts: those after this place. Neither `total` nor `offset` counts
   * then. Places hold while the index has the same epoch.
   */
  readonly after?: FoundPlace | 'nothing' | undefined;
}

/** Where a part of all matches ends. */
export interface FoundPlace {
  readonly firstSeq: number;
  readonly block: number;
  readonly terms: number;
}

/** A search for the terms that hold something. */
export type MentionQuery = Pick<TextQuery, 'text' | 'match' | 'serviceId' | 'termsType' | 'services' | 'termsTypes'>;

/** Terms that hold what was searched for, or once did. */
export interface Mention {
  readonly serviceId: string;
  readonly termsType: string;
  /** Of a paragraph that holds it: of those in force the one that appeared first, else of all. */
  readonly clauseId: number;
  /** Of that paragraph. */
  readonly excerpt: TextHit['excerpt'];
  /** How many paragraphs in force hold it. */
  readonly paragraphs: number;
  /** When a paragraph of the terms first held it. */
  readonly appeared: ChangeInterval;
  /** When the last that held it went; undefined: one is in force. */
  readonly disappeared: ChangeInterval | undefined;
  /** Times in between in which none held it. */
  readonly absences: number;
}

/** A wording in one service's terms. What a renamed service went on with is found under its new name. */
export interface TextHit {
  readonly clauseId: number;
  readonly blockId: number;
  readonly serviceId: string;
  readonly termsType: string;
  readonly heading: string | undefined;
  /** At most its first 10,000 characters; the clause has all of it. */
  readonly text: string;
  /** The text around the matches in pieces; `isMatch` ones are to be marked. */
  readonly excerpt: readonly { readonly text: string; readonly isMatch: boolean }[];
  /** Of this wording alone; that of its clause goes on through edits. */
  readonly life: ClauseLife;
  /** Higher is better; comparable within one answer. */
  readonly score: number;
}

export interface TextHits {
  readonly hits: readonly TextHit[];
  /** Wordings that match, counted up to a thousand; the same for all parts of a list. */
  readonly total: number;
  /** true: there are at least `total`, counting stopped. */
  readonly isTotalBounded: boolean;
  /** Of all matches in parts: after which the next one begins; undefined: there are no more. */
  readonly next?: FoundPlace | undefined;
}
