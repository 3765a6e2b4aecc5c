import { runLength } from '../alignment/run-length.ts';
import type { BlockKind } from '../blocks/block.ts';
import { endOfTarget } from '../blocks/link-target.ts';
import { isEmphasis } from '../blocks/plain-text.ts';

/**
 * Characters of a block's Markdown that are no words of the terms. `mark`: of heading, item, quotation, emphasis, escape.
 * `open` and `target`: `[` and `](…)` of a link; `image` and `source`: `![` and `](…)` of an image. `bar`: between cells.
 * `break`: a tag that breaks the line, which is how cells of tables hold several.
 */
export type SignKind = 'mark' | 'open' | 'target' | 'image' | 'source' | 'bar' | 'break';

export interface Sign {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly kind: SignKind;
}

const INDENT = /[ \t]*(?:>[ \t>]*)?/y;
const BULLET = /[*+-](?:[ \t]+|$)/y;
const HASHES = /#{1,6}(?:[ \t]+|$)/y;
const UNDERLINE = /\n[ \t]*(?:=+|-+)[ \t]*$/;
const HYPHENS = /\n\|[\s|:-]*$/;
const BREAK = /<br *\/?>/iy;
const ESCAPABLE = /[!-/:-@[-`{-~]/;
const CUT_TARGET = /\]\([^\s()…]{0,1000} ?…/y;
const ADDRESS = /^\s*<?(?:https?:\/\/|mailto:|[/#])/i;
/** What can begin a sign inside a line: most text has none, and is passed over at the speed of the regular expression. */
const SPECIAL = /[\\![\]*_`~|\n<]/g;

/** The signs of a block's Markdown in their order, without overlap. Code and rules are shown as they are and have none. */
export function signsOf(markdown: string, block: BlockKind): Sign[] {
  if (block === 'code' || block === 'rule') return [];
  const signs: Sign[] = [];
  const start = leadingSigns(markdown, signs);
  const tail = tailOf(markdown, block);
  inlineSigns(markdown, start, tail, block === 'table-row', signs);
  if (tail < markdown.length) signs.push({ start: tail, end: markdown.length, kind: 'mark' });
  return signs;
}

/** @returns where the words begin. The number of an item belongs to its words: terms are cited by it. */
function leadingSigns(markdown: string, signs: Sign[]): number {
  let at = 0;
  for (const pattern of [INDENT, BULLET, BULLET, HASHES]) {
    const from = at;
    pattern.lastIndex = at;
    if (pattern.test(markdown)) at = pattern.lastIndex;
    if (at > from) signs.push({ start: from, end: at, kind: 'mark' });
  }
  return at;
}

/** Where the underline of a heading or the row of hyphens under a table's head begins; else the end. */
function tailOf(markdown: string, block: BlockKind): number {
  const lineFeed = markdown.lastIndexOf('\n');
  const pattern = block === 'heading' ? UNDERLINE : block === 'table-row' ? HYPHENS : undefined;
  return lineFeed >= 0 && pattern?.test(markdown.slice(lineFeed)) ? lineFeed : markdown.length;
}

function inlineSigns(text: string, from: number, end: number, hasCells: boolean, signs: Sign[]): void {
  /** Places in `signs` of brackets that may turn out to begin a link or an image. */
  const open: number[] = [];
  const unmatched = new Set<number>();
  const add = (start: number, length: number, kind: SignKind): number => {
    signs.push({ start, end: start + length, kind });
    return start + length;
  };
  for (let at = nextSpecial(text, from); at < end; at = nextSpecial(text, at)) {
    const character = text[at];
    const next = text[at + 1] ?? '';
    if (character === '\\') {
      if (next === '' || next === '\n' || ESCAPABLE.test(next)) add(at, 1, 'mark');
      at += next === '\n' ? 1 : 2;
    } else if (character === '\n') at = quotation(text, at + 1, signs);
    else if (character === '[' || (character === '!' && next === '[')) {
      open.push(signs.length);
      unmatched.add(signs.length);
      at = add(at, character === '[' ? 1 : 2, character === '[' ? 'open' : 'image');
    } else if (character === ']') {
      const bracket = open.pop();
      const whole = endOfTarget(text, at);
      const behind = whole < 0 && bracket !== undefined ? endOfCutTarget(text, at) : whole;
      if (bracket !== undefined && behind >= 0) {
        unmatched.delete(bracket);
        at = add(at, behind - at, signs[bracket]?.kind === 'image' ? 'source' : 'target');
      } else at = bracket === undefined && isAddress(text, at, behind) ? add(at, behind - at, 'target') : at + 1;
    } else if (character === '|') at = hasCells ? add(at, 1, 'bar') : at + 1;
    else if (character === '<') {
      BREAK.lastIndex = at;
      at = BREAK.test(text) ? add(at, BREAK.lastIndex - at, 'break') : at + 1;
    } else if (character === '!') at++;
    else {
      const length = runLength(text, at);
      at = isEmphasis(text, at, length) ? add(at, length, 'mark') : at + length;
    }
  }
  if (unmatched.size === 0) return;
  const isEnd = ({ end: last }: Sign): boolean => text.slice(last, end).trim() === '';
  const matched = signs.filter((sign, place) => !unmatched.has(place) || (sign.kind === 'open' && isEnd(sign)));
  signs.length = 0;
  for (const sign of matched) signs.push(sign);
}

/** The end of a link that began in a block before: what it encloses was split. */
const isAddress = (text: string, at: number, behind: number): boolean =>
  behind >= 0 && ADDRESS.test(text.slice(at + 2, at + 12));

/** Behind what is left of an address where a text was shortened for a browser extension; -1 elsewhere. */
function endOfCutTarget(text: string, at: number): number {
  CUT_TARGET.lastIndex = at;
  return CUT_TARGET.test(text) ? CUT_TARGET.lastIndex : -1;
}

function nextSpecial(text: string, from: number): number {
  SPECIAL.lastIndex = from;
  return SPECIAL.exec(text)?.index ?? text.length;
}

/** Marks of quotation at the beginning of a further line. */
function quotation(text: string, at: number, signs: Sign[]): number {
  INDENT.lastIndex = at;
  INDENT.test(text);
  const end = INDENT.lastIndex;
  if (end > at) signs.push({ start: at, end, kind: 'mark' });
  return Math.max(at, end);
}
