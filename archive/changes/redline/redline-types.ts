import type { BlockKind } from '../blocks/block.ts';

/** A run of words inside a block. */
export interface RedlineSpan {
  readonly kind: 'equal' | 'inserted' | 'deleted';
  readonly text: string;
}

/**
 * One block of a redline. `equal`, `inserted` and `deleted` blocks have one span of their kind; `changed` ones mix;
 * `moved` ones stand elsewhere than before and may be reworded too.
 */
export interface RedlineBlock {
  readonly kind: 'equal' | 'inserted' | 'deleted' | 'changed' | 'moved';
  /** Of the new version; where deleted, of the former one. So are `headings` and `gap`. */
  readonly block: BlockKind;
  readonly headings: readonly string[];
  /** Place among the former version's blocks, from 0; null where inserted. */
  readonly from: number | null;
  /** Place among the new version's blocks; null where deleted. */
  readonly to: number | null;
  readonly spans: readonly RedlineSpan[];
  /** White space behind the block. */
  readonly gap: string;
  /** White space behind it in the former version, where that was another one. */
  readonly formerGap?: string;
}

/** The marked comparison of two versions, in the order of the new one; deleted blocks stand where they were. */
export interface Redline {
  readonly blocks: readonly RedlineBlock[];
  /** Words of inserted spans; link targets and images are none, and words that moved are not among them. */
  readonly wordsInserted: number;
  readonly wordsDeleted: number;
}
