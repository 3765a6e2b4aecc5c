import { PDFDocument, type PDFFont, type PDFPage, StandardFonts } from 'pdf-lib';
import { parseBlocks, parseInline } from './blocks.ts';

const size = { width: 595, height: 842, margin: 64 };

/** The text as a PDF of A4 pages with page numbers; the same text gives the same bytes. */
export async function renderPdf(title: string, source: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.setTitle(title);
  pdf.setCreationDate(new Date(0));
  pdf.setModificationDate(new Date(0));
  const body = await pdf.embedFont(StandardFonts.TimesRoman);
  const bold = await pdf.embedFont(StandardFonts.TimesRomanBold);
  let page = pdf.addPage([size.width, size.height]);
  let y = size.height - size.margin;

  const write = (text: string, font: PDFFont, points: number, before: number): void => {
    y -= before;
    for (const line of wrap(text, font, points)) {
      if (y < size.margin + points) {
        page = pdf.addPage([size.width, size.height]);
        y = size.height - size.margin;
      }
      page.drawText(line, { x: size.margin, y, size: points, font });
      y -= points * 1.3;
    }
  };
  for (const block of parseBlocks(source)) {
    if (block.kind === 'heading') write(plain(block.text), bold, block.level === 1 ? 18 : 13, 10);
    else if (block.kind === 'paragraph') write(plain(block.text), body, 11, 5);
    else if (block.kind === 'list') for (const item of block.items) write(`• ${plain(item)}`, body, 11, 3);
    else for (const row of block.rows) write(row.map(plain).join('   '), body, 11, 3);
  }
  numberPages(pdf.getPages(), body);
  return pdf.save();
}

const plain = (source: string): string =>
  parseInline(source)
    .map(({ text }) => text)
    .join('');

function wrap(text: string, font: PDFFont, points: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    const fits = font.widthOfTextAtSize(longer, points) <= size.width - 2 * size.margin;
    if (lines.length > 0 && fits) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function numberPages(pages: readonly PDFPage[], font: PDFFont): void {
  for (const [index, page] of pages.entries()) {
    page.drawText(`${index + 1} / ${pages.length}`, { x: size.width / 2 - 10, y: size.margin / 2, size: 9, font });
  }
}
