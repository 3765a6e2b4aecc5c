import type { RedlineBlock, RedlineSpan } from '../../../server/api/contract.ts';
import { type Sign, signsOf } from './signs.ts';

/** A piece of a span: words, or a sign of Markdown. */
export interface Piece {
  readonly text: string;
  /** undefined: words. */
  readonly sign: Sign['kind'] | undefined;
}

/** A span with the signs in it told apart. */
export interface Segment {
  readonly kind: RedlineSpan['kind'];
  readonly pieces: readonly Piece[];
}

/**
 * The spans of a block with Markdown's signs told apart from words. A sign is what it is in the whole block, also where only
 * a part of it is in the span: the former version is read without what was inserted, the new one without what was deleted.
 */
export function segmentsOf({ block, spans }: Pick<RedlineBlock, 'block' | 'spans'>): Segment[] {
  const former = readerOf(spans, 'inserted', block);
  const current = readerOf(spans, 'deleted', block);
  return spans.map(({ kind, text }) => {
    const formerPieces = kind === 'inserted' ? [] : former(text.length);
    return { kind, pieces: kind === 'deleted' ? formerPieces : current(text.length) };
  });
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
      const sign = signs[place];
      const isInSign = sign !== undefined && sign.start <= at;
      const until = Math.min(end, sign === undefined ? end : isInSign ? sign.end : sign.start);
      pieces.push({ text: text.slice(at, until), sign: isInSign ? sign.kind : undefined });
      at = until;
      if (sign !== undefined && at >= sign.end) place++;
    }
    return pieces;
  };
}
