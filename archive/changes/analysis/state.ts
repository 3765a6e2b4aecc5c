import { createHash } from 'node:crypto';
import { splitBlocks } from '../blocks/split-blocks.ts';
import { type BlockFacts, blockFacts } from './block-facts.ts';

/** A version as analysis sees it. */
export interface DocumentState {
  /** In order; blocks without words are among them. */
  readonly blocks: readonly BlockFacts[];
  /** The same blocks by their words; of several with the same words, the first. */
  readonly byKey: ReadonlyMap<string, BlockFacts>;
  readonly words: number;
  readonly headings: number;
  /** Names the set of its blocks' words. */
  readonly hash: string;
}

/** @param former of the same document, from which facts of unchanged blocks are taken over. */
export function documentState(markdown: string, former?: DocumentState): DocumentState {
  const known = new Map(former?.blocks.map((facts) => [facts.markdown, facts]));
  const byKey = new Map<string, BlockFacts>();
  let words = 0;
  let headings = 0;
  const blocks = splitBlocks(markdown).map((block) => {
    let facts = known.get(block.markdown);
    if (!facts || facts.kind !== block.kind) {
      facts = blockFacts(block);
      known.set(block.markdown, facts);
    }
    words += facts.count;
    if (facts.kind === 'heading') headings++;
    if (facts.key !== '' && !byKey.has(facts.key)) byKey.set(facts.key, facts);
    return facts;
  });
  const hash = createHash('sha1')
    .update([...byKey.keys()].sort().join(''))
    .digest('base64')
    .slice(0, 16);
  return { blocks, byKey, words, headings, hash };
}
