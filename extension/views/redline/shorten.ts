import type { RedlineBlock, RedlineSpan } from '../../../server/api/contract.ts';

/** Characters of what nobody changed that stand beside a change. */
const BESIDE = 80;
/** Characters of one block: few enough to be drawn at once, whatever a server gives. */
const MOST = 6_000;

/** A block that has an end, whatever its length. */
export function limited(block: RedlineBlock): RedlineBlock {
  if (block.spans.reduce((sum, { text }) => sum + text.length, 0) <= MOST) return block;
  const spans: RedlineSpan[] = [];
  let left = MOST;
  for (const { kind, text } of block.spans) {
    if (left <= 0) break;
    spans.push({ kind, text: text.length > left ? `${whole(text.slice(0, left))}…` : text });
    left -= text.length;
  }
  return { ...block, spans };
}

/** What nobody changed, with no more than the words beside the change before and the one behind it. */
export function shortened(
  words: string,
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
): string {
  const sides = Number(!isFirst) + Number(!isLast);
  // Not cut where hardly anything would be left out.
  if (words.length <= Math.max(1, sides) * BESIDE + 20) return words;
  if (sides === 0) return `${start(words, 2 * BESIDE)} …`;
  return `${isFirst ? '' : `${start(words, BESIDE)} `}…${isLast ? '' : ` ${end(words)}`}`;
}

/** Up to the end of a word, unless that is a very long one. */
function start(words: string, most: number): string {
  const cut = words.slice(0, most);
  const space = cut.lastIndexOf(' ');
  return space > most / 2 ? cut.slice(0, space) : whole(cut);
}

function end(words: string): string {
  const cut = words.slice(-BESIDE);
  const space = cut.indexOf(' ');
  return space >= 0 && space < BESIDE / 2 ? cut.slice(space + 1) : cut.replace(/^[\uDC00-\uDFFF]/, '');
}

/** Without the half of a character that a cut left. */
const whole = (text: string): string => text.replace(/[\uD800-\uDBFF]$/, '');
