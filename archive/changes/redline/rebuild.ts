import type { Redline, RedlineBlock } from './redline-types.ts';

/** The text of one of the two versions that a redline compares, exactly. */
export function rebuild({ blocks }: Redline, side: 'before' | 'after'): string {
  const isBefore = side === 'before';
  const left = isBefore ? 'inserted' : 'deleted';
  const placed: { readonly place: number; readonly text: string }[] = [];
  for (const block of blocks) {
    const place = isBefore ? block.from : block.to;
    if (place !== null) placed.push({ place, text: textWithout(left, block) + gapOf(block, isBefore) });
  }
  return placed
    .sort((a, b) => a.place - b.place)
    .map(({ text }) => text)
    .join('');
}

const gapOf = ({ gap, formerGap }: RedlineBlock, isBefore: boolean): string => (isBefore ? (formerGap ?? gap) : gap);

const textWithout = (left: 'inserted' | 'deleted', { spans }: RedlineBlock): string =>
  spans.map(({ kind, text }) => (kind === left ? '' : text)).join('');
