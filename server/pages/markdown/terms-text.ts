import { raw } from 'hono/html';
import { splitBlocks } from '../../../archive/changes/blocks/split-blocks.ts';
import { type ContentsEntry, contentsOf } from './contents.ts';
import type { InsertedWords } from './inline.ts';
import { renderBlocks } from './render-blocks.ts';

/** A version's text, ready for a document. */
export interface TermsText {
  /** The only HTML of the website that is not escaped where it is put in: `renderBlocks` makes it safe. */
  readonly html: ReturnType<typeof raw>;
  readonly contents: readonly ContentsEntry[];
}

/** @param markdown of a version, as recorded. */
export async function termsText(markdown: string, words: InsertedWords): Promise<TermsText> {
  const blocks = splitBlocks(markdown);
  return { html: raw(await renderBlocks(blocks, words)), contents: contentsOf(blocks) };
}
