import { setImmediate } from 'node:timers/promises';
import type { Block } from '../../../archive/changes/blocks/block.ts';
import { blockId } from './block-id.ts';
import { type BlockText, blockText } from './block-text.ts';
import { escapeHtml } from './escape-html.ts';
import { type InsertedWords, renderInline } from './inline.ts';
import { paragraphTools } from './paragraph-tools.ts';
import { renderTable, type TableRow } from './table.ts';

/** Level of an archived heading below the document's own: no level is left out, whatever the archived text does. */
export const headingLevel = ({ headings }: Pick<Block, 'headings'>): number => Math.min(6, 2 + headings.length);

/** Milliseconds of work after which others have their turn: a text of megabytes takes seconds. */
const TURN = 20;
/** Longer headings are paragraphs that somebody marked as one. */
const LONGEST_HEADING = 240;
const DEEPEST_LIST = 12;

/**
 * The blocks of a version as HTML: lists, tables and quotations put together again, each block an element with its id.
 * Whatever the blocks hold, the result is made only of the elements named in this folder, and its length is bounded by
 * theirs.
 */
export function renderBlocks(blocks: readonly Block[], words: InsertedWords): Promise<string> {
  return new Rendering(words).render(blocks);
}

interface OpenList {
  readonly tag: 'ul' | 'ol';
  /** Columns before its items. */
  readonly indent: number;
  /** Number that the next item gets by itself. */
  next: number;
}

class Rendering {
  readonly #words: InsertedWords;
  readonly #out: string[] = [];
  readonly #lists: OpenList[] = [];
  #rows: TableRow[] = [];
  #isQuoted = false;

  constructor(words: InsertedWords) {
    this.#words = words;
  }

  async render(blocks: readonly Block[]): Promise<string> {
    let followsBlank = true;
    let begun = performance.now();
    for (const [place, block] of blocks.entries()) {
      const text = blockText(block);
      if (place % 64 === 63 && performance.now() - begun > TURN) {
        await setImmediate();
        begun = performance.now();
      }
      if (this.#rows.length > 0 && (block.kind !== 'table-row' || followsBlank)) this.#endTable();
      if (this.#rows.length === 0) this.#enter(text);
      if (block.kind === 'table-row') this.#rows.push({ id: blockId(place), block });
      else if (block.markdown !== '') this.#out.push(this.#element(block, text, place));
      followsBlank = block.gap.trim() === '' && block.gap.split('\n', 3).length > 2;
    }
    this.#endTable();
    this.#closeLists(0);
    if (this.#isQuoted) this.#out.push('</blockquote>');
    return this.#out.join('\n');
  }

  /** Closes and opens quotations and lists, so that what comes next stands in its place. */
  #enter({ isQuoted, indent, item }: BlockText): void {
    if (isQuoted !== this.#isQuoted) {
      this.#closeLists(0);
      this.#out.push(isQuoted ? '<blockquote>' : '</blockquote>');
      this.#isQuoted = isQuoted;
    }
    // Items of a list stand in one column, give or take one; what belongs to an item is indented by two or more.
    const belongsFrom = item ? indent + 2 : indent - 1;
    const open = this.#lists.findIndex((list) => list.indent >= belongsFrom);
    if (open >= 0) this.#closeLists(open);
    if (item) this.#openItem(indent, item.number);
  }

  #openItem(indent: number, number: number | undefined): void {
    const tag = number === undefined ? 'ul' : 'ol';
    let top = this.#lists.at(-1);
    const isSibling = top !== undefined && (indent < top.indent + 2 || this.#lists.length >= DEEPEST_LIST);
    if (top && isSibling && top.tag !== tag) {
      this.#closeLists(this.#lists.length - 1);
      top = undefined;
    } else if (top && isSibling) this.#out.push('</li>');
    else top = undefined;
    if (!top) {
      top = { tag, indent, next: 1 };
      this.#lists.push(top);
      this.#out.push(`<${tag}>`);
    }
    this.#out.push(number === undefined || number === top.next ? '<li>' : `<li value="${number}">`);
    if (number !== undefined) top.next = number + 1;
  }

  #closeLists(depth: number): void {
    while (this.#lists.length > depth) this.#out.push(`</li></${this.#lists.pop()?.tag}>`);
  }

  #endTable(): void {
    if (this.#rows.length > 0) this.#out.push(renderTable(this.#rows, this.#words));
    this.#rows = [];
  }

  #element(block: Block, { content }: BlockText, place: number): string {
    const id = blockId(place);
    if (block.kind === 'rule') return `<hr id="${id}">`;
    if (block.kind === 'code') return codeElement(block.markdown, id);
    const inline = renderInline(content, this.#words);
    // A heading without words is nothing to jump to.
    if (inline.trim() === '') return `<p id="${id}"></p>`;
    const tools = paragraphTools(place, this.#words);
    if (block.kind !== 'heading') return `<p id="${id}">${inline}${tools}</p>`;
    const level = headingLevel(block);
    const long = content.length > LONGEST_HEADING ? ' class="long"' : '';
    return `<h${level} id="${id}"${long}>${inline}${tools}</h${level}>`;
  }
}

const FENCE = /^[ \t]{0,200}(?:`{3,}|~{3,})/;
const INDENT = /^(?: {4}|\t)/;

/** Code as it is recorded; what is only indented is mostly text that a service wrote that way. */
function codeElement(markdown: string, id: string): string {
  const lines = markdown.split('\n');
  const isFenced = FENCE.test(lines[0] ?? '');
  const isClosed = isFenced && lines.length > 1 && FENCE.test(lines.at(-1) ?? '');
  const inside = isFenced ? lines.slice(1, isClosed ? -1 : undefined) : lines.map((line) => line.replace(INDENT, ''));
  return `<pre id="${id}"${isFenced ? '' : ' class="indented"'}>${escapeHtml(inside.join('\n'))}</pre>`;
}
