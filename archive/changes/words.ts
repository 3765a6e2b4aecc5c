const PLUS = 43;
const COMMA = 44;
const HYPHEN = 45;
const POINT = 46;
const APOSTROPHE = 39;
const RIGHT_QUOTE = 0x2019;

/** A link target longer than this is none: the bracket that would close it belongs to something else. */
const LONGEST_TARGET = 4000;

const NOT_ASCII = /[^\0-\u007f]/;
const SIGNS = /[\p{Sc}%‰]/u;
const WORD_CHARACTERS = /[\p{L}\p{N}\p{M}]/u;
/** Written without spaces between words: each character counts as a word. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const OTHER = 1;
const WORD = 2;
const SIGN = 3;
const LONE = 4;

/** What a UTF-16 unit is, found out once per unit; halves of surrogate pairs count as parts of words. */
const classes = new Uint8Array(0x10000);

function classOf(code: number): number {
  return classes[code] || classify(code);
}

function classify(code: number): number {
  const character = String.fromCharCode(code);
  const found =
    (code >= 0xd800 && code < 0xe000) || WORD_CHARACTERS.test(character)
      ? UNSPACED.test(character)
        ? LONE
        : WORD
      : SIGNS.test(character)
        ? SIGN
        : OTHER;
  classes[code] = found;
  return found;
}

/**
 * The words of a block as 32-bit hashes, in order: letters and digits after NFKC and case folding, and what changes
 * meaning beside them: currency signs, per cent, plus and minus before a number, separators inside numbers, apostrophes
 * inside words. Marks of Markdown, link targets, images, quotes and dashes are no words; nor is white space, so that
 * re-wrapped lines have the same ones. Not made against collisions: two blocks with the same words may still differ.
 */
export function readWords(markdown: string): number[] {
  const text = NOT_ASCII.test(markdown) ? markdown.normalize('NFKC').toLowerCase() : markdown;
  const words: number[] = [];
  let closing = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    const kind = classOf(code);
    if (kind === WORD) {
      at = readWord(text, at, words);
      continue;
    }
    if (kind === SIGN || kind === LONE) words.push(mix(0, code));
    else if ((code === PLUS || code === HYPHEN) && isSignOfNumber(text, at)) words.push(mix(0, code));
    else if (text[at] === ']' && text[at + 1] === '(') {
      if (closing >= 0 && closing < at) closing = text.indexOf(')', at);
      if (closing > 0 && closing - at <= LONGEST_TARGET) at = behindTarget(text, closing);
    } else if (text[at] === '!' && text[at + 1] === '[') {
      at = endOfAlternative(text, at + 2);
    }
    at++;
  }
  return words;
}

/** Where two blocks have the same words, their keys are equal; of a block without words, the Markdown itself counts. */
export function keyOfWords(words: readonly number[], markdown: string): string {
  if (words.length === 0) return `=${markdown}`;
  let first = words.length;
  let second = 0x9e3779b9;
  for (const word of words) {
    first = Math.imul(first ^ word, 0x85ebca6b);
    first ^= first >>> 15;
    second = Math.imul(second + word, 0xc2b2ae35);
    second ^= second >>> 13;
  }
  return `${first},${second}`;
}

/** One step of a hash over 32-bit numbers. */
export function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x01000193);
  return mixed ^ (mixed >>> 15);
}

function readWord(text: string, start: number, words: number[]): number {
  let hash = 0x811c9dc5;
  let at = start;
  for (; at < text.length; at++) {
    let code = text.charCodeAt(at);
    if (classOf(code) !== WORD) {
      if (!isInnerMark(text, at, code)) break;
      if (code === RIGHT_QUOTE) code = APOSTROPHE;
    }
    if (code >= 65 && code <= 90) code += 32;
    hash = mix(hash, code);
  }
  words.push(hash);
  return at;
}

/** An apostrophe between letters, or a separator between digits. */
function isInnerMark(text: string, at: number, code: number): boolean {
  if (code === APOSTROPHE || code === RIGHT_QUOTE) return classOf(text.charCodeAt(at + 1) || 0) === WORD;
  if (code !== POINT && code !== COMMA) return false;
  return isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1));
}

/** Before a number and not behind a word: the hyphen of `30-day` or of a range is none. */
function isSignOfNumber(text: string, at: number): boolean {
  return isDigit(text.charCodeAt(at + 1)) && (at === 0 || classOf(text.charCodeAt(at - 1)) === OTHER);
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** The address may hold escaped brackets, as Turndown writes them. */
function behindTarget(text: string, closing: number): number {
  let end = closing;
  while (text[end - 1] === '\\') {
    const next = text.indexOf(')', end + 1);
    if (next < 0 || next - closing > LONGEST_TARGET) break;
    end = next;
  }
  return end;
}

/** The last character of an image's alternative text, from where its target is read on; the mark itself where none ends. */
function endOfAlternative(text: string, from: number): number {
  const end = text.indexOf('](', from);
  return end < 0 || end - from > LONGEST_TARGET ? from - 1 : end - 1;
}
