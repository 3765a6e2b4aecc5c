import { runLength } from '../alignment/run-length.ts';
import { isDigit } from './character-class.ts';

/** What a line of Markdown begins, judged from its first characters alone. */
export type LineSign =
  | 'blank'
  /** Only marks of quotation: the blank line inside a block quote. */
  | 'quoted-blank'
  | 'text'
  | 'heading'
  | 'item'
  | 'row'
  /** Rules with spaces or of stars: `* * *`, the joint `- - -`, `***`, `___`. */
  | 'rule'
  /** Only hyphens: the underline of a heading of level 2 or, where there is none above, a rule or an empty item. */
  | 'hyphens'
  /** Only equals signs: the underline of a heading of level 1. */
  | 'equals'
  | 'fence';

/** A line as read; one object is filled again and again, since archives have tens of millions of lines. */
export interface LineReading {
  sign: LineSign;
  /** Columns of white space before the first mark; a tab counts 4. */
  indent: number;
  isQuoted: boolean;
  /** Begins with the marker of a list item, also where the item holds a heading. */
  isItem: boolean;
  /** Of a heading with hash signs, 1 to 6; of a fence and of hyphens, their number; else 0. */
  count: number;
  /** After indentation and quotation marks. */
  contentStart: number;
  /** Behind the last character that is no white space; `start` for a blank line. */
  contentEnd: number;
}

const TAB = 9;
const SPACE = 32;
const HASH = 35;
const STAR = 42;
const PLUS = 43;
const HYPHEN = 45;
const EQUALS = 61;
const GREATER = 62;
const UNDERSCORE = 95;
const BACKTICK = 96;
const BAR = 124;
const TILDE = 126;
const NO_BREAK_SPACE = 160;
const ZERO_WIDTH_SPACE = 0x200b;

/** More digits than CommonMark allows in the number of a list item are no number of one. */
const MOST_DIGITS = 9;
const DEEPEST_HEADING = 6;

/** White space as `trim` knows it, and the zero width space, which services put into empty paragraphs. */
export function isWhite(code: number): boolean {
  if (code < 128) return code === SPACE || (code >= 9 && code <= 13);
  return (
    code === NO_BREAK_SPACE || code === ZERO_WIDTH_SPACE || (code >= 0x1680 && /\s/.test(String.fromCharCode(code)))
  );
}

export const emptyReading = (): LineReading => ({
  sign: 'blank',
  indent: 0,
  isQuoted: false,
  isItem: false,
  count: 0,
  contentStart: 0,
  contentEnd: 0,
});

/** Reads the line of `text` from `start` to `end` (exclusive, without its line feed) into `line`. */
export function readLine(text: string, start: number, end: number, line: LineReading): void {
  let last = end;
  while (last > start && isWhite(text.charCodeAt(last - 1))) last--;
  line.contentEnd = last;
  line.indent = 0;
  line.isQuoted = false;
  line.isItem = false;
  line.count = 0;
  line.contentStart = start;
  if (last === start) {
    line.sign = 'blank';
    return;
  }
  let at = start;
  for (; at < last; at++) {
    const code = text.charCodeAt(at);
    if (code === GREATER) line.isQuoted = true;
    else if (code === SPACE) line.indent += line.isQuoted ? 0 : 1;
    else if (code === TAB) line.indent += line.isQuoted ? 0 : 4;
    else break;
  }
  line.contentStart = at;
  line.sign = at === last ? 'quoted-blank' : signOf(text, at, last, line);
}

function signOf(text: string, at: number, end: number, line: LineReading): LineSign {
  const code = text.charCodeAt(at);
  if (code === HASH) return headingAt(text, at, end, line) ? 'heading' : 'text';
  if (code === BAR) return 'row';
  if (code === EQUALS) return runLength(text, at, end) === end - at ? 'equals' : 'text';
  if (code === BACKTICK || code === TILDE) {
    line.count = runLength(text, at, end);
    return line.count >= 3 ? 'fence' : 'text';
  }
  if (code === HYPHEN) {
    line.count = runLength(text, at, end);
    if (line.count === end - at) return 'hyphens';
    line.count = 0;
  }
  if ((code === HYPHEN || code === STAR || code === UNDERSCORE) && isRule(text, at, end, code)) return 'rule';
  return itemOrText(text, at, end, line);
}

/** What an item holds may be a heading: then that is what it is compared as. Items may begin on the line of their parent. */
function itemOrText(text: string, start: number, end: number, line: LineReading): LineSign {
  let sign: LineSign = 'text';
  for (let at = start; ; ) {
    const behind = behindMarker(text, at, end);
    if (behind < 0) return sign === 'item' && headingAt(text, at, end, line) ? 'heading' : sign;
    sign = 'item';
    line.isItem = true;
    at = behind;
    while (at < end && isWhite(text.charCodeAt(at))) at++;
  }
}

/** Place behind the marker of a list item, -1 where there is none. */
function behindMarker(text: string, at: number, end: number): number {
  let behind = at;
  const code = text.charCodeAt(at);
  if (code === STAR || code === HYPHEN || code === PLUS) behind = at + 1;
  else {
    while (behind < end && behind - at < MOST_DIGITS && isDigit(text.charCodeAt(behind))) behind++;
    if (behind === at || (text[behind] !== '.' && text[behind] !== ')')) return -1;
    behind++;
  }
  if (behind > end) return -1;
  return behind === end || text.charCodeAt(behind) === SPACE || text.charCodeAt(behind) === TAB ? behind : -1;
}

function headingAt(text: string, at: number, end: number, line: LineReading): boolean {
  if (text.charCodeAt(at) !== HASH) return false;
  const count = runLength(text, at, end);
  if (count > DEEPEST_HEADING || (at + count < end && !isWhite(text.charCodeAt(at + count)))) return false;
  line.count = count;
  return true;
}

function isRule(text: string, start: number, end: number, mark: number): boolean {
  let marks = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === mark) marks++;
    else if (code !== SPACE && code !== TAB) return false;
  }
  return marks >= 3;
}
