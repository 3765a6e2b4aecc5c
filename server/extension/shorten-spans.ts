import type { RedlineSpan } from '../api/contract.ts';

/** Characters of an equal run that are kept beside what differs. */
const BESIDE = 80;
/** Characters of one inserted or deleted run. */
const MOST_DIFFERENT = 3_000;
const LEFT_OUT = '…';

/**
 * The words around what differs, and what differs up to 3,000 characters a run; what is left out is `…`. Nothing is cut
 * inside a character, and inside a word only where it is longer than what is kept.
 */
export function shortenSpans(spans: readonly RedlineSpan[]): RedlineSpan[] {
  const isOne = spans.length === 1;
  return spans.map(({ kind, text }, place) => {
    if (kind !== 'equal' || isOne) {
      const most = kind === 'equal' ? 2 * BESIDE : MOST_DIFFERENT;
      return { kind, text: text.length > most ? `${start(text, most)}${LEFT_OUT}` : text };
    }
    const before = place === 0 ? '' : start(text, BESIDE);
    const after = place === spans.length - 1 ? '' : end(text, BESIDE);
    const isLong = text.length > before.length + after.length + 2 * LEFT_OUT.length;
    return { kind, text: isLong ? `${before}${LEFT_OUT}${after}` : text };
  });
}

/** The first characters of a text, up to the end of a word. */
export function start(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = whole(text.slice(0, most), 'end');
  const space = cut.search(/\s\S*$/);
  return space > most / 2 ? cut.slice(0, space + 1) : cut;
}

function end(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = whole(text.slice(-most), 'start');
  const space = cut.search(/\s/);
  return space !== -1 && space < most / 2 ? cut.slice(space) : cut;
}

/** Without the half of a character that a cut left. */
function whole(text: string, side: 'start' | 'end'): string {
  return side === 'end' ? text.replace(/[\uD800-\uDBFF]$/, '') : text.replace(/^[\uDC00-\uDFFF]/, '');
}
