import type { Block } from '../../../archive/changes/blocks/block.ts';
import { plainText } from '../../../archive/changes/blocks/plain-text.ts';
import { blockId } from './block-id.ts';
import { headingLevel } from './render-blocks.ts';

/** A heading of a version, as its table of contents names it. */
export interface ContentsEntry {
  readonly id: string;
  readonly text: string;
  /** 2 to 6. */
  readonly level: number;
}

const LONGEST_TEXT = 120;
/** More are no overview: the deeper levels are left out then, and what is more than this of the first. */
const MOST_ENTRIES = 80;

/** Table of contents of a version: its headings that have words, the deepest levels left out where there are too many. */
export function contentsOf(blocks: readonly Block[]): ContentsEntry[] {
  const all = blocks.flatMap((block, place) => {
    if (block.kind !== 'heading') return [];
    const text = plainText(block.markdown.slice(0, 1_000));
    if (text === '') return [];
    return [{ id: blockId(place), text: shortened(text), level: headingLevel(block) }];
  });
  for (let deepest = 6; deepest > 2; deepest--) {
    const entries = all.filter(({ level }) => level <= deepest);
    if (entries.length <= MOST_ENTRIES) return entries;
  }
  return all.filter(({ level }) => level === 2).slice(0, MOST_ENTRIES);
}

function shortened(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const cut = text.slice(0, LONGEST_TEXT).toWellFormed();
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), LONGEST_TEXT / 2))}…`;
}
