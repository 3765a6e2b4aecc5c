import type { RedlineBlock, RedlineSpan } from './redline-types.ts';
import { type Sign, type SignKind, signsOf } from './signs.ts';

/** A piece of a span: words, or a sign of Markdown. */
export interface Piece {
  readonly text: string;
  /** undefined: words. */
  readonly sign: SignKind | undefined;
}

/** A span with the signs in it told apart. */
export interface Segment {
  readonly kind: RedlineSpan['kind'];
  readonly pieces: readonly Piece[];
}

/**
 * The spans of a block, with Markdown's signs told apart from words: in either version a sign is what it is in the whole
 * block, also where only a part of it is in the span. Joined, the texts of all pieces are the spans' texts.
 *
 * @param side only the spans of one version
 */
export function segmentsOf(
  { block, spans }: Pick<RedlineBlock, 'block' | 'spans'>,
  side?: 'before' | 'after',
): Segment[] {
  const former = readerOf(spans, 'inserted', block);
  // Spans of one kind alone need one reading.
  const isMixed = spans.some(({ kind }) => kind !== spans[0]?.kind);
  const current = isMixed || spans[0]?.kind === 'inserted' ? readerOf(spans, 'deleted', block) : former;
  const segments: Segment[] = [];
  for (const { kind, text } of spans) {
    const pieces = kind === 'deleted' ? former(text.length) : current(text.length);
    const formerPieces = kind === 'equal' && isMixed ? former(text.length) : pieces;
    if (kind === 'inserted' ? side === 'before' : kind === 'deleted' && side === 'after') continue;
    segments.push({ kind, pieces: side === 'before' ? formerPieces : pieces });
  }
  return segments;
}

/** Reads one version of a block piece by piece. */
function readerOf(
  spans: readonly RedlineSpan[],
  left: RedlineSpan['kind'],
  block: RedlineBlock['block'],
): (length: number) => Piece[] {
  const text = spans.map((span) => (span.kind === left ? '' : span.text)).join('');
  const signs = signsOf(text, block);
  let at = 0;
  let place = 0;
  return (length) => {
    const pieces: Piece[] = [];
    const end = at + length;
    while (at < end) {
      const sign: Sign | undefined = signs[place];
      const isInSign = sign !== undefined && sign.start <= at;
      const until = Math.min(end, sign === undefined ? end : isInSign ? sign.end : sign.start);
      pieces.push({ text: text.slice(at, until), sign: isInSign ? sign.kind : undefined });
      at = until;
      if (sign !== undefined && at >= sign.end) place++;
    }
    return pieces;
  };
}
