import type { IncompleteCollection, UnavailableCollection } from './page.ts';
import type { ChangeInterval } from './text.ts';

/** One service's terms beside those of others. */
export interface ComparedTerms {
  readonly collection: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly termsType: string;
  readonly versions: number;
  readonly firstDate: string;
  readonly latestDate: string;
  readonly latestVersionId: string;
  /** What was searched for, in these terms; `null` where it never stood, or nothing was searched for. */
  readonly mention: {
    /** Of the paragraph of the excerpt: of those in force the one that appeared first, else of all. */
    readonly clauseId: number;
    readonly excerpt: readonly { readonly text: string; readonly isMatch: boolean }[];
    /** How many paragraphs in force hold it. */
    readonly paragraphs: number;
    /** When a paragraph of the terms first held it. */
    readonly appeared: ChangeInterval;
    /** When the last that held it went; `null`: one is in force. */
    readonly disappeared: ChangeInterval | null;
    /** How many times in between none held it. */
    readonly absences: number;
  } | null;
  /** Changes about the topics asked for; `null` where there was none, or no topic was asked for. */
  readonly changes: {
    readonly count: number;
    readonly latestDate: string;
    readonly latestVersionId: string;
    readonly firstDate: string;
    readonly firstVersionId: string;
  } | null;
}

/** Terms of many services, and since when they hold something. */
export interface Comparison {
  readonly data: readonly ComparedTerms[];
  /** Terms that were compared: also those that are not in `data`, since they never held what was asked for. */
  readonly compared: number;
  /** Collections that could not answer just now. */
  readonly unavailable: readonly UnavailableCollection[];
  /** Collections of which only a part could be searched yet. */
  readonly incomplete: readonly IncompleteCollection[];
}
