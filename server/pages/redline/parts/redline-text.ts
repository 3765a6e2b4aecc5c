import { html } from 'hono/html';
import { type Piece, type Segment, segmentsOf } from '../../../../archive/changes/redline/segments.ts';
import type { RedlineBlock } from '../../../api/contract.ts';
import type { Html } from '../../frame.ts';
import type { RedlineWords } from './redline-words.ts';

/** Longer addresses (images written into them) are cut where they are shown; the versions have them whole. */
const LONGEST_TARGET = 2_000;

/** Characters that are seen only here, where they are what changed. */
const SHOWN: Readonly<Record<string, string>> = { '\n': '↵', ' ': '␣', '\t': '⇥', '\u{a0}': '°' };
const MOST_BLANKS = 40;

type Shown = Html | string;

/**
 * The words of a block, marked. Text only: in unchanged words, and in blocks that are new or gone as a whole, Markdown's
 * signs are left out; where words changed inside a block they are shown as recorded, so that no change is hidden. Targets
 * of links are shown wherever they are new, changed or gone.
 *
 * @param side only what that version has
 */
export function redlineText(block: RedlineBlock, words: RedlineWords, side?: 'before' | 'after'): Shown[] {
  const segments = segmentsOf(block, side);
  const isWhole = block.kind === 'inserted' || block.kind === 'deleted';
  const isHeading = block.block === 'heading';
  if (block.block !== 'table-row') return segments.map((segment) => marked(segment, { isWhole, isHeading }, words));
  return cellsOf(segments, isWhole).map((cell) => {
    const shown = cell.map((segment) => marked(segment, { isWhole, isHeading }, words));
    return html`<span class="cell">${shown}</span> `;
  });
}

/** What a segment stands in. */
interface Surroundings {
  /** A block that is new or gone as a whole. */
  readonly isWhole: boolean;
  readonly isHeading: boolean;
}

function marked(segment: Segment, { isWhole, isHeading }: Surroundings, words: RedlineWords): Shown {
  const { kind } = segment;
  if (kind === 'equal') return segment.pieces.map((piece) => plain(piece, words)).join('');
  const shown = isWhole
    ? segment.pieces.map((piece, place, all) => whole(piece, all[place - 1], isHeading, words))
    : exact(segment.pieces);
  if (shown.every((one) => one === '')) return '';
  // What stands between two words is not marked with the second.
  const space = segment.pieces[0]?.sign === 'target' ? ' ' : '';
  // The label of a whole block stands in the margin.
  const open = isWhole ? '' : html`<i class="vh" lang="${words.language}"> [${words[kind]}: </i>`;
  const close = isWhole ? '' : html`<i class="vh">] </i>`;
  return kind === 'inserted'
    ? html`${space}<ins>${open}${shown}${close}</ins>`
    : html`${space}<del>${open}${shown}${close}</del>`;
}

/** A piece of what nobody changed. */
function plain({ text, sign }: Piece, { image }: RedlineWords): string {
  if (sign === undefined) return text;
  if (sign === 'image') return `[${image} `;
  if (sign === 'source') return ']';
  return sign === 'bar' ? ' ' : sign === 'break' ? '\n' : '';
}

/** A piece of a block that is new or gone: without signs, and with the targets of its links. */
function whole(piece: Piece, before: Piece | undefined, isHeading: boolean, words: RedlineWords): Shown {
  if (piece.sign !== 'target') return plain(piece, words);
  const isInside = piece.text.startsWith('](#');
  // A heading that leads to itself, a mark to be linked to, and an address that stands there as the link's words.
  const isTold = isInside ? isHeading || before?.sign === 'open' : `](${before?.text})` === piece.text;
  return isTold ? '' : html` ${targetOf(piece)}`;
}

/** What changed inside a block, with all its signs. */
function exact(pieces: readonly Piece[]): Shown[] {
  const shown: Shown[] = [];
  const [only] = pieces;
  if (pieces.length === 1 && only?.sign === undefined && only?.text.trim() === '') return [signOf(visible(only.text))];
  const lastTarget = pieces.findLastIndex(({ sign }) => sign === 'target');
  for (const [place, piece] of pieces.entries()) {
    const { text, sign } = piece;
    if (sign === undefined) shown.push(text);
    else if (sign === 'target' || sign === 'source') shown.push(place > 0 ? ' ' : '', targetOf(piece));
    // The target behind it says that it is a link.
    else if (sign !== 'open' || place > lastTarget) shown.push(signOf(text));
  }
  return shown;
}

const signOf = (text: string): Shown => html`<span class="sign">${text}</span>`;

function targetOf({ text }: Piece): Shown {
  const target = text.startsWith('](') ? text.slice(1) : text;
  const short = target.length > LONGEST_TARGET ? `${target.slice(0, LONGEST_TARGET)}…)` : target;
  return html`<span class="target">${short}</span>`;
}

const visible = (blanks: string): string =>
  Array.from(blanks.slice(0, MOST_BLANKS), (blank) => SHOWN[blank] ?? codePoint(blank)).join('');

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** The cells of a row: bars that are in both versions, or in the only one, divide. Where bars changed they are shown. */
function cellsOf(segments: readonly Segment[], isWhole: boolean): Segment[][] {
  const cells: Segment[][] = [[]];
  for (const { kind, pieces } of segments) {
    if (kind !== 'equal' && !isWhole) {
      cells.at(-1)?.push({ kind, pieces });
      continue;
    }
    let cell: Piece[] = [];
    for (const piece of pieces) {
      if (piece.sign !== 'bar') cell.push(piece);
      else {
        if (cell.length > 0) cells.at(-1)?.push({ kind, pieces: cell });
        cell = [];
        cells.push([]);
      }
    }
    if (cell.length > 0) cells.at(-1)?.push({ kind, pieces: cell });
  }
  return cells.filter((cell) =>
    cell.some(({ kind, pieces }) => pieces.some((piece) => isShown(piece, isWhole || kind === 'equal'))),
  );
}

const isShown = ({ text, sign }: Piece, isPlain: boolean): boolean =>
  text.trim() !== '' && !(isPlain && (sign === 'mark' || sign === 'open'));
