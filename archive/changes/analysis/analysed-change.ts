import type { Topic } from '../topics/topics.ts';
import type { ChangeClass } from './difference/difference.ts';
import type { StatedDate } from './effective-date.ts';
import type { Reason } from './reason.ts';

/**
 * What became of a document with a record. `return`: to words that it had before; `reverted`: the first return after
 * long, to be told; `suspect`: looks like a faulty capture; `persisting`: one that stayed, to be told.
 */
export const CHANGE_STATES = ['ok', 'return', 'reverted', 'suspect', 'persisting'] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

/** One change of terms, judged by the records before it in commit order. */
export interface AnalysedChange {
  readonly class: ChangeClass;
  readonly state: ChangeState;
  /** Whether people should be told. Never for a technical upgrade. */
  readonly alert: boolean;
  /** 0 to 1, two digits. */
  readonly significance: number;
  /** At most three, the weightiest first; null where there is no lexicon for the text's language. */
  readonly topics: readonly Topic[] | null;
  /** Language of the text (ISO 639-1); undefined where it is not clear, or without a file. */
  readonly language: string | undefined;
  /** Dates that the change brought: from when the terms apply, when they were last updated. */
  readonly statedDates: readonly StatedDate[];
  /** Ids of the commits of alerted changes that this one withdraws: the text is as it was before them. Oldest first. */
  readonly undoes: readonly string[];
  /** Words that came and went, wherever they stand. */
  readonly wordsAdded: number;
  readonly wordsRemoved: number;
  /** Why, block by block where blocks differ; capped, the last one says how many more there are. */
  readonly reasons: readonly Reason[];
}
