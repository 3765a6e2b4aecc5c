import type { getResolvedPDFJS } from 'unpdf';
import type { PdfLine } from './line.ts';

type Document = Awaited<ReturnType<Awaited<ReturnType<typeof getResolvedPDFJS>>['getDocument']>['promise']>;
type Page = Awaited<ReturnType<Document['getPage']>>;

/** A piece of text with its place, as the reader gives it. */
interface Piece {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly hasEOL: boolean;
}

interface OpenLine {
  text: string;
  x: number;
  right: number;
  y: number;
  size: number;
  /** Characters in the size of the line. */
  weight: number;
}

/**
 * The lines of a page in the order in which the file holds them, which for text set by programs is the order of reading,
 * columns included.
 *
 * @param mostCharacters reading stops beyond it, before the text is all in memory
 */
export async function readPageLines(page: Page, mostCharacters: number): Promise<PdfLine[] | 'too many characters'> {
  const lines: PdfLine[] = [];
  let open: OpenLine | undefined;
  let characters = 0;
  const close = (): void => {
    const text = open?.text.replace(/\s+/gu, ' ').trim() ?? '';
    if (open !== undefined && text !== '') {
      lines.push({ text, x: open.x, right: open.right, y: open.y, size: open.size });
    }
    open = undefined;
  };

  const reader = page.streamTextContent().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    for (const item of value.items as readonly Partial<Piece>[]) {
      if (!isPiece(item)) continue;
      characters += item.str.length;
      if (characters > mostCharacters) {
        await reader.cancel().catch(() => undefined);
        return 'too many characters';
      }
      if (item.str !== '') {
        if (open !== undefined && !continues(open, item)) close();
        open = extended(open, item);
      }
      if (item.hasEOL) close();
    }
  }
  close();
  return lines;
}

/** Marked content comes as items without text. */
function isPiece(item: Partial<Piece>): item is Piece {
  return typeof item.str === 'string' && Array.isArray(item.transform);
}

function sizeOf({ transform, height }: Piece): number {
  const [, , c = 0, d = 0] = transform;
  return Math.hypot(c, d) || height;
}

/** On the same line: nearly as high (superscripts included), and not back to the left. */
function continues(line: OpenLine, piece: Piece): boolean {
  const [, , , , x = 0, y = 0] = piece.transform;
  const size = Math.max(line.size, sizeOf(piece));
  return Math.abs(y - line.y) < size * 0.5 && x > line.right - size;
}

function extended(line: OpenLine | undefined, piece: Piece): OpenLine {
  const [, , , , x = 0, y = 0] = piece.transform;
  const size = sizeOf(piece);
  const right = x + piece.width;
  if (line === undefined) return { text: piece.str, x, right, y, size, weight: piece.str.length };
  const apart = x - line.right > size * 0.25 ? ' ' : '';
  const larger = piece.str.trim().length > line.weight;
  return {
    text: line.text + apart + piece.str,
    x: line.x,
    right: Math.max(line.right, right),
    y: larger ? y : line.y,
    size: larger ? size : line.size,
    weight: larger ? piece.str.length : size === line.size ? line.weight + piece.str.length : line.weight,
  };
}
