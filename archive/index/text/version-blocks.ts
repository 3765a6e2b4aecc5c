import type { Block } from '../../changes/blocks/block.ts';
import { splitBlocks } from '../../changes/blocks/split-blocks.ts';

/** The distinct blocks of a version in the order in which they first stand. */
export interface VersionBlocks {
  /** As recorded. */
  readonly markdown: readonly string[];
  /** Place in {@link markdown} of a block's Markdown. */
  readonly places: ReadonlyMap<string, number>;
  /** Place of the heading above each block, -1 where there is none. */
  readonly headings: Int32Array;
  /** Characters of the version. */
  readonly length: number;
}

export const NO_BLOCKS: VersionBlocks = {
  markdown: [],
  places: new Map(),
  headings: new Int32Array(),
  length: 0,
};

/** Reads a version's text. Rules and blank beginnings are no blocks: there is nothing in them to find. */
export function versionBlocks(
  text: string,
  split: (markdown: string) => readonly Block[] = splitBlocks,
): VersionBlocks {
  const markdown: string[] = [];
  const places = new Map<string, number>();
  const headings: number[] = [];
  /** Open headings: their levels and places. */
  const open: { readonly level: number; readonly place: number }[] = [];
  for (const block of split(text)) {
    if (block.kind === 'rule' || block.markdown === '') continue;
    const level = block.kind === 'heading' ? (block.level ?? 1) : undefined;
    while (level !== undefined && (open.at(-1)?.level ?? 0) >= level) open.pop();
    let place = places.get(block.markdown);
    if (place === undefined) {
      place = markdown.length;
      places.set(block.markdown, place);
      markdown.push(block.markdown);
      headings.push(open.at(-1)?.place ?? -1);
    }
    if (level !== undefined) open.push({ level, place });
  }
  return { markdown, places, headings: Int32Array.from(headings), length: text.length };
}
