import { type BlockFacts, blockWords } from '../documents/block-facts.ts';
import type { DocumentState } from '../documents/state.ts';
import { isMenuEntry } from '../furniture/menus.ts';
import { type BlockDifference, CHANGE_CLASSES, type ChangeClass } from './block-difference.ts';
import { pairBlocks } from './pair-blocks.ts';

export { type BlockDifference, CHANGE_CLASSES, type ChangeClass };

/** What tells two states of a document apart, block by block. */
export interface Difference {
  readonly class: ChangeClass;
  readonly blocks: readonly BlockDifference[];
}

/** Compares two states. The same facts in another order are `moved`, with other link targets `links`. */
export function difference(before: DocumentState, after: DocumentState): Difference {
  const alike = alikeAtBothEnds(before.blocks, after.blocks);
  const removed = only(before, after, 'removed', alike);
  const added = only(after, before, 'added', alike);
  pairBlocks(removed, added, after);
  const blocks = [...removed, ...added];
  if (blocks.length > 0) {
    const highest = blocks.reduce((most, block) => Math.max(most, CHANGE_CLASSES.indexOf(block.class)), 0);
    return {
      class: CHANGE_CLASSES[Math.max(highest, CHANGE_CLASSES.indexOf(rest(before, after, alike)))] ?? 'text',
      blocks,
    };
  }
  return { class: rest(before, after, alike), blocks };
}

/** What differs where all words stand in both. */
function rest(
  before: DocumentState,
  after: DocumentState,
  alike: AlikeEnds = NOTHING_ALIKE,
): 'none' | 'formatting' | 'links' | 'moved' {
  const common = (one: DocumentState, other: DocumentState): BlockFacts[] =>
    one.blocks.slice(alike.start, one.blocks.length - alike.end).filter(({ key }) => other.byKey.has(key));
  const [former, current] = [common(before, after), common(after, before)];
  const keys = (facts: readonly BlockFacts[]): string => [...new Set(facts.map(({ key }) => key))].join('');
  // What is in the middle twice may stand at an end as well; only with the ends it is sure.
  if (keys(former) !== keys(current)) return alike === NOTHING_ALIKE ? 'moved' : rest(before, after);
  const targets = (facts: readonly BlockFacts[]): string =>
    facts
      .map((one) => one.targets)
      .filter(Boolean)
      .join(' ');
  if (targets(former) !== targets(current)) return 'links';
  const same =
    before.blocks.length === after.blocks.length &&
    before.blocks.every((facts, at) => facts === after.blocks[at] || facts.markdown === after.blocks[at]?.markdown);
  return same ? 'none' : 'formatting';
}

function only(
  state: DocumentState,
  other: DocumentState,
  side: BlockDifference['side'],
  alike: AlikeEnds,
): BlockDifference[] {
  const found: BlockDifference[] = [];
  const seen = new Map<string, BlockDifference>();
  // Of what is alike above, the last block with words is the place, and the last heading the heading.
  const above = state.blocks.slice(0, alike.start);
  let place = above.findLast(({ key }) => key !== '')?.key ?? '';
  let heading = above.findLast(({ key, kind }) => key !== '' && kind === 'heading');
  for (let at = alike.start; at < state.blocks.length - alike.end; at++) {
    const facts = state.blocks[at];
    if (!facts || facts.key === '') continue;
    if (facts.kind === 'heading') heading = facts;
    if (other.byKey.has(facts.key)) {
      place = facts.key;
      continue;
    }
    const first = seen.get(facts.key);
    if (first) {
      // A heading that a table of contents repeats is no menu.
      first.isMenuEntry &&= isMenuEntry(facts, at, state);
      continue;
    }
    const block: BlockDifference = {
      facts,
      words: blockWords(facts.markdown),
      side,
      place,
      heading: heading ? blockWords(heading.markdown) : '',
      isMenuEntry: isMenuEntry(facts, at, state),
      class: 'text',
    };
    seen.set(facts.key, block);
    found.push(block);
  }
  return found;
}

/** How many blocks are the same at the beginnings and at the ends of two states. */
interface AlikeEnds {
  readonly start: number;
  readonly end: number;
}

const NOTHING_ALIKE: AlikeEnds = { start: 0, end: 0 };

function alikeAtBothEnds(before: readonly BlockFacts[], after: readonly BlockFacts[]): AlikeEnds {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { start, end };
}
