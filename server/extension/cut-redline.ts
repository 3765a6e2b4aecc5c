import type { Redline, RedlineBlock, RedlineSpan } from '../api/contract.ts';
import { shortenSpans, start } from './shorten-spans.ts';

/** What an alert shows of what changed. */
export interface CutRedline {
  readonly blocks: readonly RedlineBlock[];
  readonly blocksLeftOut: number;
}

/** Bytes of all blocks of one alert, as JSON. */
export const MOST_BYTES = 20_000;
/** One block must not take the room of all others. */
const MOST_SPANS = 200;
const MORE: RedlineSpan = { kind: 'equal', text: '…' };
const MOST_HEADINGS = 6;
const MOST_HEADING = 150;
const MOST_GAP = 2;

/** Versions that are too large to be compared, or would take too long. */
export const NOT_COMPARED: CutRedline = { blocks: [], blocksLeftOut: 1 };

/**
 * The blocks of a redline that differ, shortened, in their order, as many as have room: those whose words changed come
 * before those that only moved.
 */
export function cutRedline({ blocks }: Pick<Redline, 'blocks'>): CutRedline {
  const differing = blocks.filter(({ kind }) => kind !== 'equal');
  const isReworded = ({ spans }: RedlineBlock): boolean => spans.some(({ kind }) => kind !== 'equal');
  const weightiest = [...differing.filter(isReworded), ...differing.filter((block) => !isReworded(block))];
  const taken = new Map<RedlineBlock, RedlineBlock>();
  // The brackets of the list; each block has a comma too.
  let bytes = 2;
  for (const block of weightiest) {
    const cut = shorten(block);
    const own = Buffer.byteLength(JSON.stringify(cut)) + 1;
    if (bytes + own > MOST_BYTES) continue;
    bytes += own;
    taken.set(block, cut);
  }
  return {
    blocks: differing.flatMap((block) => taken.get(block) ?? []),
    blocksLeftOut: differing.length - taken.size,
  };
}

function shorten({ kind, block, headings, from, to, spans, gap }: RedlineBlock): RedlineBlock {
  return {
    kind,
    block,
    headings: headings.slice(-MOST_HEADINGS).map(shortHeading),
    from,
    to,
    spans: [...shortenSpans(spans.slice(0, MOST_SPANS)), ...(spans.length > MOST_SPANS ? [MORE] : [])],
    gap: gap.slice(0, MOST_GAP),
  };
}

const shortHeading = (text: string): string => (text.length > MOST_HEADING ? `${start(text, MOST_HEADING)}…` : text);
