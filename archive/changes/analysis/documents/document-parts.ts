import type { BlockFacts } from './block-facts.ts';
import type { DocumentState } from './state.ts';

/** What stands between the documents of combined terms. */
const JOINT = '- - -';

/** A document, or one of those of which combined terms are made. */
export interface DocumentPart {
  readonly blocks: readonly BlockFacts[];
  readonly words: number;
  readonly headings: number;
}

/** The documents of combined terms; one where the terms have a single source document. */
export function partsOf({ blocks, words, headings }: DocumentState): readonly DocumentPart[] {
  const parts: BlockFacts[][] = [[]];
  for (const facts of blocks) {
    if (facts.kind === 'rule' && facts.markdown === JOINT) parts.push([]);
    else parts.at(-1)?.push(facts);
  }
  if (parts.length === 1) return [{ blocks, words, headings }];
  return parts.map((part) => ({
    blocks: part,
    words: part.reduce((sum, { count }) => sum + count, 0),
    headings: part.filter(({ kind }) => kind === 'heading').length,
  }));
}
