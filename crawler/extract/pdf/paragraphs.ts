import { joinLines, wordsOf } from './join-lines.ts';
import type { PdfLine } from './line.ts';

const bullet = /^[•◦▪▫‣∙●○■□◆➢\uf0b7\uf0a7·*–—-]\s+(?=\S)/u;
/** "1." "1.2" "2.3.1)" "(a)" "iv." and the like, followed by text. */
const numbered =
  /^(?:\d{1,3}[.)]|\d{1,3}(?:\.\d{1,3})+[.)]?|\((?:\d{1,3}|[a-z]|[ivxlc]+)\)|(?:[a-z]|[ivxlc]+)[.)]|§+\s?\d+[.)]?)\s+\S/iu;
const startsSmall = /^\p{Ll}/u;
const sentenceEnd = /[.!?:;。！？：；…]["'”’»)\]]*$/u;

/**
 * Joins lines to paragraphs and gives each the Markdown of what it is: heading (type larger than most of the text), list
 * item, or text.
 */
export function toParagraphs(pages: readonly (readonly PdfLine[])[]): string[] {
  const bodySize = usualSize(pages);
  const pitch = usualPitch(pages);
  const words = wordsOf(pages.flat().map(({ text }) => text));
  const paragraphs: PdfLine[][] = [];
  let column = { left: 0, right: 0 };
  for (const lines of pages) {
    if (lines.length > 0) column = edgesOf(lines);
    for (const line of lines) {
      const open = paragraphs.at(-1);
      if (open !== undefined && belongs(line, open, pitch, column)) open.push(line);
      else paragraphs.push([line]);
    }
  }
  return paragraphs.map((lines) => toMarkdown(lines, bodySize, words)).filter((paragraph) => paragraph !== '');
}

function belongs(
  line: PdfLine,
  paragraph: readonly PdfLine[],
  pitch: number,
  column: { readonly left: number; readonly right: number },
): boolean {
  const last = paragraph.at(-1);
  if (last === undefined || Math.abs(line.size - last.size) > 0.08 * last.size) return false;
  const ended = sentenceEnd.test(last.text);
  const short = last.right < column.right - 0.2 * (column.right - column.left);
  if (bullet.test(line.text)) return false;
  if (numbered.test(line.text) && (ended || short || /[,\p{L}]$/u.test(last.text) === false)) return false;
  const gap = last.y - line.y;
  // A new column or page: the sentence may go on there.
  if (gap < 0 || gap > 20 * line.size) return !ended && (!short || startsSmall.test(line.text));
  if (gap > Math.max(pitch, 1.05) * 1.3 * line.size) return false;
  if (ended && short) return false;
  const indented = line.x > last.x + 0.8 * line.size;
  return !(indented && paragraph.length > 1 && ended);
}

function toMarkdown(lines: readonly PdfLine[], bodySize: number, words: ReadonlySet<string>): string {
  const text = joinLines(
    lines.map((line) => line.text),
    words,
  );
  const largest = Math.max(...lines.slice(0, 100).map(({ size }) => size)) / bodySize;
  if (largest >= 1.15 && text.length <= 200) return `${largest >= 1.5 ? '#' : '##'} ${escaped(text)}`;
  return bullet.test(text) ? `- ${escaped(text.replace(bullet, ''))}` : escaped(text);
}

/** Keeps Markdown from reading marks into text that has none. Numbers at the beginning stay: they are the terms' own lists. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<]/gu, '\\$&').replace(/^(?:[-+](?=\s)|#{1,6}(?=\s)|>|=+$|~~~)/u, '\\$&');
}

/** The size in which most characters are set. */
function usualSize(pages: readonly (readonly PdfLine[])[]): number {
  return usual(pages.flat().map(({ size, text }) => [Math.round(size * 10) / 10, text.length])) || 1;
}

/** The distance from line to line in most of the text, in sizes of its type. */
function usualPitch(pages: readonly (readonly PdfLine[])[]): number {
  const gaps = pages.flatMap((lines) =>
    lines.slice(1).map((line, index): [number, number] => {
      const last = lines[index];
      const gap = last === undefined || last.size !== line.size ? 0 : (last.y - line.y) / line.size;
      return [Math.round(gap * 20) / 20, gap > 0.8 && gap < 2.5 ? 1 : 0];
    }),
  );
  return usual(gaps) || 1.2;
}

/** The value with the largest sum of weights; 0 where nothing has weight. */
function usual(weighted: readonly (readonly [number, number])[]): number {
  const sums = new Map<number, number>();
  for (const [value, weight] of weighted) sums.set(value, (sums.get(value) ?? 0) + weight);
  let best: readonly [number, number] = [0, 0];
  for (const entry of sums) if (entry[1] > best[1] || (entry[1] === best[1] && entry[0] < best[0])) best = entry;
  return best[1] > 0 ? best[0] : 0;
}

function edgesOf(lines: readonly PdfLine[]): { left: number; right: number } {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  for (const line of lines) {
    left = Math.min(left, line.x);
    right = Math.max(right, line.right);
  }
  return { left, right };
}
