import { runLength } from '../alignment/run-length.ts';
import { lineMarks } from './line-marks.ts';
import { endOfTarget } from './link-target.ts';

const BANG = 33;
const STAR = 42;
const LESS = 60;
const BRACKET = 91;
const BACKSLASH = 92;
const CLOSING_BRACKET = 93;
const UNDERSCORE = 95;
const BACKTICK = 96;
const BAR = 124;
const TILDE = 126;

const TAG = /^<\/?[a-z][^<>]*>$/i;
const ADDRESS = /^<(?:[a-z][a-z0-9+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>$/i;
const ESCAPABLE = /[!-/:-@[-`{-~]/;
const WORD = /[\p{L}\p{N}]/u;
const HAS_MARKS = /[\\!<>*_`~[\]|#\n\t]|^\s|\s$| {2}|^(?:[-+]|\d{1,9}[.)])\s/;

/**
 * The words of a block as people read them: link targets, images, emphasis, escapes, HTML tags and the marks of headings,
 * items, quotations and tables gone, white space single. Everything else stays as it is, also NUL and lone surrogates.
 */
export function plainText(markdown: string): string {
  if (!HAS_MARKS.test(markdown)) return markdown;
  const lines = markdown.split('\n');
  const words = lines.map((line, place) => lineMarks(line, place === 0, place > 0 && place === lines.length - 1));
  return inline(words.join('\n'))
    .replace(/[ \t\n\r]+/g, ' ')
    .trim();
}

function inline(text: string): string {
  const pieces: string[] = [];
  /** Places in `pieces` of brackets that may turn out to begin a link or an image. */
  const open: { readonly piece: number; readonly isImage: boolean }[] = [];
  let start = 0;
  let at = 0;
  const next = { '<': nextOf(text, '<'), '>': nextOf(text, '>'), comment: nextOf(text, '-->') };
  const skip = (length: number, instead = ''): void => {
    if (at > start) pieces.push(text.slice(start, at));
    if (instead !== '') pieces.push(instead);
    at += length;
    start = at;
  };
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH && ESCAPABLE.test(text[at + 1] ?? '')) {
      skip(1);
      at++;
    } else if (code === BACKSLASH && (at + 1 === text.length || text[at + 1] === '\n')) skip(1);
    else if (code === BRACKET || (code === BANG && text.charCodeAt(at + 1) === BRACKET)) {
      const mark = code === BRACKET ? '[' : '![';
      skip(mark.length, mark);
      open.push({ piece: pieces.length - 1, isImage: code === BANG });
    } else if (code === CLOSING_BRACKET) {
      const bracket = open.pop();
      const end = bracket ? endOfTarget(text, at) : -1;
      if (bracket && end >= 0) {
        skip(end - at);
        // What an image says instead of itself is not the terms' text.
        if (bracket.isImage) pieces.length = bracket.piece;
        else pieces[bracket.piece] = '';
      } else at++;
    } else if (code === LESS) {
      const comment = text.startsWith('<!--', at) ? next.comment(at) : -1;
      const end = next['>'](at);
      const other = next['<'](at + 1);
      // A tag in which another begins is none.
      const tag = end < 0 || (other >= 0 && other < end) ? '' : text.slice(at, end + 1);
      if (comment >= 0) skip(comment + 3 - at);
      else if (ADDRESS.test(tag)) skip(tag.length, tag.slice(1, -1));
      else if (TAG.test(tag)) skip(tag.length, /^<\/?(?:br|p|div|li|tr|td|th|hr)\b/i.test(tag) ? ' ' : '');
      else at++;
    } else if (code === STAR || code === UNDERSCORE || code === BACKTICK || code === TILDE) {
      const length = runLength(text, at);
      if (isEmphasis(text, at, length)) skip(length);
      else at += length;
    } else if (code === BAR) skip(1, ' | ');
    else at++;
  }
  if (start === 0) return text;
  pieces.push(text.slice(start));
  return pieces.join('');
}

/** Finds the next place of a mark, without looking at any part of the text twice. Places asked for must not go back. */
function nextOf(text: string, mark: string): (from: number) => number {
  let found = -2;
  return (from) => {
    if (found !== -1 && found < from) found = text.indexOf(mark, from);
    return found;
  };
}

/** Marks that touch a word on one side at least; a single tilde means "about", an underscore inside a word belongs to it. */
export function isEmphasis(text: string, at: number, length: number): boolean {
  const before = text[at - 1] ?? ' ';
  const after = text[at + length] ?? ' ';
  const mark = text.charCodeAt(at);
  if (mark === TILDE) return length === 2;
  if (mark === UNDERSCORE && WORD.test(before) && WORD.test(after)) return false;
  return before.trim() !== '' || after.trim() !== '';
}
