import { splitBlocks } from '../../blocks/split-blocks.ts';
import { type BlockFacts, blockFacts } from './block-facts.ts';

/** A version as analysis sees it. */
export interface DocumentState {
  /** In order; blocks without words are among them. Blocks with the same Markdown and kind are mostly one object. */
  readonly blocks: readonly BlockFacts[];
  /** The same blocks by their words; of several with the same words, the first. */
  readonly byKey: ReadonlyMap<string, BlockFacts>;
  /** Keys of its blocks whose words are these without numbering. */
  keysOf(bareKey: string): readonly string[];
  readonly words: number;
  readonly headings: number;
  /** Names the set of its blocks' words, whatever their order. */
  readonly hash: string;
}

/** Blocks that are looked at for where two states go on with the same ones. */
const LOOK_AHEAD = 40;

/** @param former of the same document, from which facts of unchanged blocks are taken over. */
export function documentState(markdown: string, former?: DocumentState): DocumentState {
  const byKey = new Map<string, BlockFacts>();
  const blocks: BlockFacts[] = [];
  const formerBlocks = former?.blocks ?? [];
  let words = 0;
  let headings = 0;
  const numbered: BlockFacts[] = [];
  let first = 0;
  let second = 0;
  /** Where the former state is expected to go on. */
  let next = 0;
  for (const block of splitBlocks(markdown)) {
    let facts = formerBlocks[next];
    if (facts && facts.kind === block.kind && facts.markdown === block.markdown) {
      next++;
    } else {
      facts = blockFacts(block);
      for (let ahead = next; ahead <= next + LOOK_AHEAD; ahead++) {
        if (formerBlocks[ahead] !== facts) continue;
        next = ahead + 1;
        break;
      }
    }
    blocks.push(facts);
    words += facts.count;
    if (facts.kind === 'heading') headings++;
    if (facts.key !== '' && !byKey.has(facts.key)) {
      byKey.set(facts.key, facts);
      if (facts.bareKey !== facts.key) numbered.push(facts);
      first = (first + facts.lanes[0]) >>> 0;
      second = (second + facts.lanes[1]) >>> 0;
    }
  }
  return {
    blocks,
    byKey,
    keysOf: createKeysOf(byKey, numbered),
    words,
    headings,
    hash: `${first.toString(36)}.${second.toString(36)}`,
  };
}

function createKeysOf(
  byKey: ReadonlyMap<string, BlockFacts>,
  numbered: readonly BlockFacts[],
): DocumentState['keysOf'] {
  let keysOfNumbered: Map<string, string[]> | undefined;
  return (bareKey) => {
    if (!keysOfNumbered) {
      keysOfNumbered = new Map();
      for (const facts of numbered) {
        const keys = keysOfNumbered.get(facts.bareKey);
        if (keys) keys.push(facts.key);
        else keysOfNumbered.set(facts.bareKey, [facts.key]);
      }
    }
    const keys = keysOfNumbered.get(bareKey) ?? NO_KEYS;
    return byKey.get(bareKey)?.bareKey === bareKey ? [bareKey, ...keys] : keys;
  };
}

const NO_KEYS: readonly string[] = [];
