import type { Block } from '../../../archive/changes/blocks/block.ts';
import { lineMarks } from '../../../archive/changes/blocks/line-marks.ts';

/** A block's place among quotations and lists, and its text without the marks that say so. */
export interface BlockText {
  readonly isQuoted: boolean;
  /** Columns of white space before it. */
  readonly indent: number;
  /** Of an item: its number, or none for a bullet. undefined: not an item. */
  readonly item: { readonly number: number | undefined } | undefined;
  /** Markdown of the text inside, lines kept. */
  readonly content: string;
}

const LEAD = /^[ \t]{0,200}/;
const QUOTATION = /^>[ \t>]{0,200}/;
const ITEM = /^(?:[*+-]|(\d{1,9})[.)])(?:[ \t]|$)/;

export function blockText({ markdown, kind }: Pick<Block, 'markdown' | 'kind'>): BlockText {
  const lead = LEAD.exec(markdown)?.[0] ?? '';
  const begun = markdown.slice(lead.length, lead.length + 240);
  const quotation = QUOTATION.exec(begun)?.[0];
  const isItem = kind === 'list-item' || kind === 'heading';
  const marker = isItem ? ITEM.exec(begun.slice(quotation?.length ?? 0)) : null;
  return {
    isQuoted: quotation !== undefined,
    indent: columns(lead),
    item: marker ? { number: marker[1] === undefined ? undefined : Number(marker[1]) } : undefined,
    content: contentOf(markdown),
  };
}

const columns = (white: string): number => [...white].reduce((sum, one) => sum + (one === '\t' ? 4 : 1), 0);

function contentOf(markdown: string): string {
  const lines = markdown.split('\n');
  const last = lines.length - 1;
  return lines
    .map((line, place) => {
      const text = lineMarks(line, place === 0, place > 0 && place === last);
      // Two blanks at the end are a line break.
      return place < last && text !== '' && line.endsWith('  ') ? `${text}  ` : text;
    })
    .join('\n')
    .trim();
}
