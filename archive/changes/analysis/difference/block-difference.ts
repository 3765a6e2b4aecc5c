import type { BlockFacts } from '../documents/block-facts.ts';

/** The ladder: what a change is at most. */
export const CHANGE_CLASSES = ['none', 'formatting', 'links', 'moved', 'numbering', 'date', 'text'] as const;
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

/** A block that came or went, and what that amounts to. */
export interface BlockDifference {
  readonly facts: BlockFacts;
  readonly words: string;
  readonly side: 'removed' | 'added';
  /** Key of the nearest unchanged block above; empty at the beginning. */
  readonly place: string;
  /** Words of the nearest heading above it; empty where there is none. */
  readonly heading: string;
  /** Whether it looks like an entry of a menu of the website. */
  isMenuEntry: boolean;
  class: Exclude<ChangeClass, 'none' | 'links' | 'moved'>;
  /** Why its class is below `text`. */
  why?: 'spacing' | 'mail' | 'clock' | 'when' | 'template' | 'numbering' | 'dates' | 'rewrapped';
}
