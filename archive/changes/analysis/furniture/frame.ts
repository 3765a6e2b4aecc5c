import type { BlockDifference } from '../difference/block-difference.ts';
import type { BlockFacts } from '../documents/block-facts.ts';
import type { DocumentState } from '../documents/state.ts';
import { isOnlyLinks } from './menus.ts';

/** Words of a block from which on it is a sentence of the terms. */
const SENTENCE = 12;
/** Blocks from which on a beginning and an end are a frame. */
const LEAST = 6;
/** Share of them that are links to elsewhere, at least; and of sentences, at most. */
const LINKS = 0.3;
const SENTENCES = 0.2;
/** Share of the smaller version that stands between them, at least. */
const BODY = 0.5;

/**
 * Whether what came or went is the frame of the website around the text: menus, banners and footers that an operator selects
 * or leaves out at once. It stands above the first and below the last sentence that both versions have, much of it leads
 * elsewhere, little of it is sentences, and the text between is untouched.
 *
 * @param counting blocks that would raise the change.
 * @param all blocks that differ, these among them.
 */
export function isFrame(
  counting: readonly BlockDifference[],
  all: readonly BlockDifference[],
  before: DocumentState,
  after: DocumentState,
): boolean {
  const side = counting[0]?.side;
  if (all.length < LEAST || counting.some((block) => block.side !== side)) return false;
  const [larger, smaller] = side === 'removed' ? [before, after] : [after, before];
  const isAnchor = (facts: BlockFacts): boolean => isSentence(facts) && smaller.byKey.has(facts.key);
  const first = larger.blocks.findIndex(isAnchor);
  if (first < 0) return false;
  const body = larger.blocks.slice(first, larger.blocks.findLastIndex(isAnchor) + 1);
  if (body.reduce((words, { count }) => words + count, 0) < smaller.words * BODY) return false;
  const within = new Set(body.map(({ key }) => key));
  if (counting.some(({ facts }) => within.has(facts.key))) return false;
  const around = all.filter((block) => block.side === side && !block.why && !within.has(block.facts.key));
  const links = around.filter(({ facts }) => isOnlyLinks(facts.markdown)).length;
  const sentences = around.filter(({ facts }) => isSentence(facts)).length;
  return around.length >= LEAST && links >= around.length * LINKS && sentences <= around.length * SENTENCES;
}

const isSentence = ({ count, markdown }: BlockFacts): boolean => count >= SENTENCE && !isOnlyLinks(markdown);
