import type { BlockKind } from '../../../server/api/contract.ts';

/**
 * Characters of a block's Markdown that are no words of the terms. `mark`: of heading, item, quotation, emphasis, escape,
 * bar of a table, or the bracket before a link's words. `target`: where a link leads, or an image comes from.
 */
export interface Sign {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly kind: 'mark' | 'target';
}

/** Tried at one place each (sticky). The bounds keep hostile text (`](` without end) from costing more than its length. */
const LEADING = /[ \t]*(?:>[ \t>]*)?(?:[*+-][ \t]+)?(?:#{1,6}[ \t]+)?/y;
const SPECIAL = /[\\![\]*_`~|<]/g;
const TARGET = /\]\([^\s()]{0,1000}(?:\([^\s()]{0,200}\)[^\s()]{0,200}){0,4}(?:[ \t]"[^"\n]{0,200}")?\)/y;
/** What is left of an address where the server shortened a text. */
const CUT_TARGET = /\]\([^\s()…]{0,1000} ?…/y;
const RUN = /\*+|_+|~+|`+/y;
const BREAK = /<br *\/?>/iy;
const UNDERLINE = /^\n[ \t]*(?:=+|-+)[ \t]*$/;
const HYPHENS = /^\n\|[\s|:-]*$/;
const ESCAPABLE = /[!-/:-@[-`{-~]/;
const WORD = /[\p{L}\p{N}]/u;

/** The signs of a block's Markdown in their order. Code and rules are shown as they are and have none. */
export function signsOf(markdown: string, block: BlockKind): Sign[] {
  if (block === 'code' || block === 'rule') return [];
  const signs: Sign[] = [];
  /** Places in `signs` of brackets of which it is not known yet whether a link begins there. */
  const open: number[] = [];
  /** Those of which none was found to begin there. */
  const brackets = new Set<number>();
  let at = 0;
  const take = (length: number, kind: Sign['kind']): void => {
    if (length > 0) signs.push({ start: at, end: at + length, kind });
    at += length;
  };
  take(matched(LEADING, markdown, 0), 'mark');
  const end = endOfWords(markdown, block);
  for (at = next(markdown, at); at < end; at = next(markdown, at)) {
    const character = markdown[at] ?? '';
    const following = markdown[at + 1] ?? '';
    if (character === '\\') {
      if (ESCAPABLE.test(following)) take(1, 'mark');
      at++;
    } else if (character === '[' || (character === '!' && following === '[')) {
      open.push(signs.length);
      brackets.add(signs.length);
      take(character === '[' ? 1 : 2, 'mark');
    } else if (character === ']') {
      const bracket = open.pop();
      const length = matched(TARGET, markdown, at) || matched(CUT_TARGET, markdown, at);
      if (bracket === undefined || length === 0) at++;
      else {
        brackets.delete(bracket);
        take(length, 'target');
      }
    } else if (character === '|') {
      if (block === 'table-row') take(1, 'mark');
      else at++;
    } else if (character === '<') {
      const length = matched(BREAK, markdown, at);
      if (length > 0) take(length, 'mark');
      else at++;
    } else if (character === '!') at++;
    else {
      const length = matched(RUN, markdown, at);
      if (isEmphasis(markdown, at, length)) take(length, 'mark');
      else at += length;
    }
  }
  at = end;
  take(markdown.length - end, 'mark');
  return signs.filter((_, place) => !brackets.has(place));
}

/** Where the underline of a heading or the row of hyphens under a table's head begins; else the end. */
function endOfWords(markdown: string, block: BlockKind): number {
  const lineFeed = markdown.lastIndexOf('\n');
  const pattern = block === 'heading' ? UNDERLINE : block === 'table-row' ? HYPHENS : undefined;
  return lineFeed >= 0 && pattern?.test(markdown.slice(lineFeed)) ? lineFeed : markdown.length;
}

/** Underscores inside a word, and signs with blanks on both sides, are characters like others. */
function isEmphasis(text: string, at: number, length: number): boolean {
  const before = text[at - 1] ?? ' ';
  const behind = text[at + length] ?? ' ';
  if (text[at] === '~' && length < 2) return false;
  if (text[at] === '_' && WORD.test(before) && WORD.test(behind)) return false;
  return !(/\s/.test(before) && /\s/.test(behind));
}

function next(text: string, from: number): number {
  SPECIAL.lastIndex = from;
  return SPECIAL.exec(text)?.index ?? text.length;
}

function matched(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}
