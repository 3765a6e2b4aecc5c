import type { Block } from '../../../archive/changes/blocks/block.ts';
import { escapeHtml } from './escape-html.ts';
import { type InsertedWords, renderInline } from './inline.ts';

/** More columns are no table that people read; what follows stays in the last. */
const MOST_COLUMNS = 200;

/** A row of a table, with the name of its block. */
export interface TableRow {
  readonly id: string;
  readonly block: Pick<Block, 'markdown'>;
}

/** Rows that follow each other as a table, or as paragraphs where they have but one cell each. */
export function renderTable(rows: readonly TableRow[], words: InsertedWords): string {
  const read = rows.map(({ id, block }) => {
    const lines = block.markdown.split('\n');
    return { id, isHead: lines.length > 1, cells: cellsOf(lines[0] ?? '').map((cell) => renderInline(cell, words)) };
  });
  if (read.every(({ cells }) => cells.length < 2)) {
    return read.map(({ id, cells }) => `<p id="${id}">${cells.join('')}</p>`).join('\n');
  }
  const out = read.map(({ id, isHead, cells }) => {
    // The head that every table needs in Markdown, where the service's has none.
    if (isHead && cells.every((cell) => cell === '')) return `<tr id="${id}" hidden></tr>`;
    const made = cells.map((cell) => (isHead && cell !== '' ? `<th scope="col">${cell}</th>` : `<td>${cell}</td>`));
    return `<tr id="${id}">${made.join('')}</tr>`;
  });
  const label = escapeHtml(words.table);
  return `<div class="table" role="region" tabindex="0" aria-label="${label}"><table>\n${out.join('\n')}\n</table></div>`;
}

/** Cells between bars that are not escaped, without the bars at both ends. */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  const first = line.indexOf('|') + 1;
  let start = first;
  for (let at = first; at < line.length && cells.length < MOST_COLUMNS - 1; at++) {
    const code = line.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 124) {
      cells.push(line.slice(start, at).trim());
      start = at + 1;
    }
  }
  const rest = line.slice(start).trim();
  if (rest !== '' || cells.length === 0) cells.push(rest);
  return cells;
}
