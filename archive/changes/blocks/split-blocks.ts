import type { Block, BlockKind } from './block.ts';
import { type ClosingFences, findClosingFences } from './closing-fences.ts';
import { emptyReading, type LineReading, readLine } from './markdown-line.ts';
import { plainText } from './plain-text.ts';

/** Deeper than this outside a list, a line is code. */
const CODE_INDENT = 4;
/** What stands between the documents of combined terms; the headings of one say nothing about the next. */
const JOINT = '- - -';

/** Longer ones are cut: whole documents marked as a heading exist, and each block below would carry its text. */
const LONGEST_HEADING = 1000;

const NO_HEADINGS: readonly string[] = Object.freeze([]);

/**
 * The blocks of a version's Markdown, as Turndown writes it: headings, paragraphs (with their hard breaks), list items and
 * the paragraphs inside them, table rows (the head with the line of hyphens under it), rules, and code between blank lines.
 *
 * Nothing is lost, whatever the text: `markdown + gap` of all blocks, joined, is the text again. A text that begins with
 * blank lines begins with a block without Markdown, whose gap they are. One pass over the text, about its length in work.
 */
export function splitBlocks(markdown: string): Block[] {
  return new Splitter(markdown).split();
}

class Splitter {
  readonly #text: string;
  readonly #blocks: Block[] = [];
  readonly #line: LineReading = emptyReading();
  /** Texts of the open headings by level, from 1. */
  readonly #open: string[] = [];
  #headings: readonly string[] = NO_HEADINGS;
  #isInList = false;
  /** Behind the line that closes the fenced code we are in; 0 outside. */
  #fenceEnd = 0;
  /** Looked for with the first fence. */
  #closings: ClosingFences | undefined;

  // The block being read: where it starts and ends, and what its first and last lines were.
  #start = -1;
  #end = 0;
  #kind: BlockKind = 'paragraph';
  #level: number | undefined;
  #indent = 0;
  #isQuoted = false;
  #isClosed = false;

  constructor(text: string) {
    this.#text = text;
  }

  split(): Block[] {
    const text = this.#text;
    for (let start = 0; start < text.length; ) {
      const lineFeed = text.indexOf('\n', start);
      const end = lineFeed < 0 ? text.length : lineFeed;
      readLine(text, start, end, this.#line);
      this.#take(start, end);
      start = end + 1;
    }
    this.#finish(text.length);
    return this.#blocks;
  }

  #take(start: number, end: number): void {
    const { sign, contentEnd } = this.#line;
    if (sign === 'blank') {
      if (this.#start < 0) this.#begin(start, start, 'paragraph');
      this.#isClosed = true;
      return;
    }
    if (this.#start >= 0 && this.#continues(start)) {
      if (sign === 'quoted-blank') this.#isClosed = true;
      this.#end = contentEnd;
      return;
    }
    if (this.#start >= 0) this.#finish(start);
    this.#begin(start, contentEnd, this.#kindOfFirst(start, end));
  }

  /** Whether the line belongs to the block being read; turns a paragraph with an underline into a heading. */
  #continues(start: number): boolean {
    const { sign, isQuoted, indent, contentStart } = this.#line;
    if (sign === 'quoted-blank') return this.#isQuoted && this.#end > this.#start;
    if (this.#isClosed || isQuoted !== this.#isQuoted) return false;
    if (this.#fenceEnd > 0) return start < this.#fenceEnd;
    if (this.#kind === 'code') return indent >= CODE_INDENT;
    if (this.#kind === 'table-row') return sign === 'row' && this.#isRowOfHyphens(contentStart);
    if (this.#kind !== 'paragraph' && this.#kind !== 'list-item') return false;
    if (sign === 'equals' || sign === 'hyphens') {
      if (this.#kind === 'list-item' && indent <= this.#indent) return sign === 'equals';
      this.#kind = 'heading';
      this.#level = sign === 'equals' ? 1 : 2;
      return true;
    }
    return sign === 'text';
  }

  #kindOfFirst(start: number, end: number): BlockKind {
    const { sign, indent, count, contentStart, isQuoted, isItem } = this.#line;
    this.#level = undefined;
    if (start < this.#fenceEnd) return 'code';
    this.#fenceEnd = 0;
    if (!isItem && indent === 0) this.#isInList = false;
    if (indent >= CODE_INDENT && !this.#isInList && !isQuoted) return 'code';
    if (isItem) this.#isInList = true;
    if (sign === 'heading') {
      this.#level = count;
      return 'heading';
    }
    if (sign === 'item') return 'list-item';
    if (sign === 'row') return 'table-row';
    if (sign === 'rule') return 'rule';
    if (sign === 'hyphens') return count >= 3 ? 'rule' : count === 1 ? 'list-item' : 'paragraph';
    if (sign === 'fence') {
      this.#fenceEnd = this.#endOfFence(end + 1, this.#text.charAt(contentStart), count);
      if (this.#fenceEnd > 0) return 'code';
    }
    return 'paragraph';
  }

  #begin(start: number, end: number, kind: BlockKind): void {
    this.#start = start;
    this.#end = end;
    this.#kind = kind;
    this.#indent = this.#line.indent;
    this.#isQuoted = this.#line.isQuoted;
    this.#isClosed = this.#line.sign === 'quoted-blank';
  }

  #finish(next: number): void {
    if (this.#start < 0) return;
    const markdown = this.#text.slice(this.#start, this.#end);
    const block: Block = {
      kind: this.#kind,
      markdown,
      gap: this.#text.slice(this.#end, next),
      level: this.#kind === 'heading' ? this.#level : undefined,
      headings: this.#kind === 'heading' ? this.#enter(this.#level ?? 1, markdown) : this.#headings,
    };
    this.#blocks.push(block);
    if (this.#kind === 'rule' && markdown === JOINT) {
      this.#open.length = 0;
      this.#headings = NO_HEADINGS;
    }
    if (next >= this.#fenceEnd) this.#fenceEnd = 0;
  }

  /** Opens a heading for the blocks that follow; returns the path above it. One without words opens nothing. */
  #enter(level: number, markdown: string): readonly string[] {
    const text = plainText(markdown.slice(0, LONGEST_HEADING));
    const above = this.#open.slice(0, level - 1);
    const path = above.filter((heading) => heading);
    if (!text) return path;
    this.#open.length = 0;
    for (let depth = 0; depth < level - 1; depth++) this.#open.push(above[depth] ?? '');
    this.#open.push(text);
    this.#headings = [...path, text];
    return path;
  }

  #isRowOfHyphens(at: number): boolean {
    for (let place = at; place < this.#line.contentEnd; place++) {
      const character = this.#text[place];
      if (character !== '|' && character !== '-' && character !== ':' && character !== ' ') return false;
    }
    return true;
  }

  /** Behind the line that closes a fence; 0 where nothing does, which makes it text: else it would swallow all that follows. */
  #endOfFence(from: number, mark: string, length: number): number {
    this.#closings ??= findClosingFences(this.#text, from);
    return this.#closings.endAfter(from, mark, length);
  }
}
