import type { BlockDifference } from './difference/difference.ts';
import { lengthInWords } from './words/forms.ts';

/** How many words came and went. */
export interface WordsChanged {
  readonly added: number;
  readonly removed: number;
}

/**
 * Counts words that differ, wherever they stand in the blocks that came and went: a word on both sides is neither. A
 * redline counts more where words changed their order, and costs a hundred times as much.
 */
export function wordsChanged(blocks: readonly BlockDifference[]): WordsChanged {
  const balance = new Map<string, number>();
  for (const { side, words } of blocks) {
    const step = side === 'added' ? 1 : -1;
    for (const word of words.split(' ')) if (word !== '') balance.set(word, (balance.get(word) ?? 0) + step);
  }
  let added = 0;
  let removed = 0;
  for (const [word, count] of balance) {
    if (count > 0) added += count * lengthInWords(word);
    else removed -= count * lengthInWords(word);
  }
  return { added, removed };
}
