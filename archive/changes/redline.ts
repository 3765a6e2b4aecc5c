import { diffArrays, diffWordsWithSpace } from 'diff';

/** A run of words inside a changed block. */
export interface RedlineSpan {
  readonly kind: 'equal' | 'inserted' | 'deleted';
  readonly text: string;
}

/** One block (a line of the recorded Markdown: paragraph, heading, list item or table row) of a redline. */
export type RedlineBlock =
  | { readonly kind: 'equal' | 'inserted' | 'deleted'; readonly text: string }
  | { readonly kind: 'changed'; readonly spans: readonly RedlineSpan[] };

/** Blocks that share at least this part of their words are two states of one block (design: change analysis, 2). */
const PAIRING_SIMILARITY = 0.6;

/**
 * Edits after which an alignment is given up and everything shown as replaced: the diff's time grows with the square of
 * the edits, and a redline with more changed blocks than this is a new document anyway.
 */
const MOST_EDITS = 4000;

/** The marked comparison of two versions, block by block and, inside blocks that were reworded, word by word. */
export function redline(before: string, after: string): RedlineBlock[] {
  const parts = diffArrays(blocksOf(before), blocksOf(after), { maxEditLength: MOST_EDITS });
  if (!parts) return [...asBlocks('deleted', blocksOf(before)), ...asBlocks('inserted', blocksOf(after))];
  const result: RedlineBlock[] = [];
  let deleted: readonly string[] = [];
  for (const part of parts) {
    if (part.removed) {
      deleted = part.value;
      continue;
    }
    if (part.added) result.push(...replaced(deleted, part.value));
    else result.push(...asBlocks('deleted', deleted), ...asBlocks('equal', part.value));
    deleted = [];
  }
  return [...result, ...asBlocks('deleted', deleted)];
}

const blocksOf = (markdown: string): string[] => markdown.split('\n').filter((line) => line.trim() !== '');

const asBlocks = (kind: 'equal' | 'inserted' | 'deleted', texts: readonly string[]): RedlineBlock[] =>
  texts.map((text) => ({ kind, text }));

/** Between two pairs, what went comes before what took its place. */
function replaced(deleted: readonly string[], inserted: readonly string[]): RedlineBlock[] {
  const result: RedlineBlock[] = [];
  let gone = 0;
  let unpaired: string[] = [];
  for (const text of inserted) {
    const partner = deleted.findIndex((old, place) => place >= gone && similarity(old, text) >= PAIRING_SIMILARITY);
    if (partner < 0) {
      unpaired.push(text);
      continue;
    }
    result.push(...asBlocks('deleted', deleted.slice(gone, partner)), ...asBlocks('inserted', unpaired));
    result.push({ kind: 'changed', spans: spansOf(deleted[partner] ?? '', text) });
    gone = partner + 1;
    unpaired = [];
  }
  return [...result, ...asBlocks('deleted', deleted.slice(gone)), ...asBlocks('inserted', unpaired)];
}

const spansOf = (before: string, after: string): RedlineSpan[] =>
  diffWordsWithSpace(before, after).map(({ added, removed, value }) => ({
    kind: added ? 'inserted' : removed ? 'deleted' : 'equal',
    text: value,
  }));

/** Dice coefficient of the blocks' sets of words, 0 to 1. */
function similarity(a: string, b: string): number {
  const wordsOfA = new Set(a.split(/\s+/));
  const wordsOfB = new Set(b.split(/\s+/));
  return (2 * wordsOfA.intersection(wordsOfB).size) / (wordsOfA.size + wordsOfB.size);
}
