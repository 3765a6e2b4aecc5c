import { type AlignedPair, alignBlocks, MOST_STEPS } from '../alignment/align.ts';
import type { Budget } from '../alignment/sequence.ts';
import type { Block } from '../blocks/block.ts';
import { splitBlocks } from '../blocks/split-blocks.ts';
import { readWords } from '../blocks/words.ts';
import type { Redline, RedlineBlock, RedlineSpan } from './redline-types.ts';
import { compareWords } from './spans.ts';

export type { Redline, RedlineBlock, RedlineSpan } from './redline-types.ts';

/**
 * The marked comparison of two versions' Markdown: blocks are aligned first, then words inside blocks that were changed.
 * Deterministic; `redline(b, a)` is `redline(a, b)` with insertions and deletions exchanged. Its work is bounded: where
 * two texts have too little in common, more is shown as replaced than had to be, and nothing is lost.
 */
export function redline(before: string, after: string): Redline {
  const budget: Budget = { left: MOST_STEPS };
  const former = splitBlocks(before);
  const current = splitBlocks(after);
  const blocks = assemble(former, current, alignBlocks(former, current, budget), budget);
  return { blocks, wordsInserted: countWords(blocks, 'inserted'), wordsDeleted: countWords(blocks, 'deleted') };
}

function assemble(
  former: readonly Block[],
  current: readonly Block[],
  pairs: readonly AlignedPair[],
  budget: Budget,
): RedlineBlock[] {
  const blocks: RedlineBlock[] = [];
  const pairOf = new Array<AlignedPair | undefined>(current.length);
  const isKept = new Uint8Array(former.length);
  for (const pair of pairs) {
    pairOf[pair.to] = pair;
    isKept[pair.from] = 1;
  }
  let next = 0;
  const deleteBefore = (place: number): void => {
    for (; next < place; next++) {
      const block = former[next];
      if (block && !isKept[next]) blocks.push(oneSided('deleted', block, next));
    }
  };
  const ends = placesOfNextKept(pairOf, former.length);
  for (const [to, block] of current.entries()) {
    const pair = pairOf[to];
    const partner = pair && former[pair.from];
    deleteBefore(ends[to] ?? former.length);
    blocks.push(pair && partner ? twoSided(partner, block, pair, budget) : oneSided('inserted', block, to));
  }
  deleteBefore(former.length);
  return blocks;
}

/** For each new block, where among the former ones the next block stands that stayed in place: what went before it is told first. */
function placesOfNextKept(pairOf: readonly (AlignedPair | undefined)[], end: number): number[] {
  const ends = new Array<number>(pairOf.length);
  let next = end;
  for (let to = pairOf.length - 1; to >= 0; to--) {
    const pair = pairOf[to];
    if (pair && !pair.isMoved) next = pair.from;
    ends[to] = next;
  }
  return ends;
}

function oneSided(
  kind: 'inserted' | 'deleted',
  { kind: block, headings, markdown, gap }: Block,
  place: number,
): RedlineBlock {
  const isInserted = kind === 'inserted';
  const spans: readonly RedlineSpan[] = [{ kind, text: markdown }];
  return { kind, block, headings, from: isInserted ? null : place, to: isInserted ? place : null, spans, gap };
}

function twoSided(former: Block, current: Block, { from, to, isMoved }: AlignedPair, budget: Budget): RedlineBlock {
  return {
    kind: isMoved ? 'moved' : former.markdown === current.markdown ? 'equal' : 'changed',
    block: current.kind,
    headings: current.headings,
    from,
    to,
    spans: compareWords(former.markdown, current.markdown, budget),
    gap: current.gap,
    ...(former.gap === current.gap ? {} : { formerGap: former.gap }),
  };
}

function countWords(blocks: readonly RedlineBlock[], kind: 'inserted' | 'deleted'): number {
  let count = 0;
  for (const { spans } of blocks) {
    for (const span of spans) if (span.kind === kind) count += readWords(span.text).length;
  }
  return count;
}
