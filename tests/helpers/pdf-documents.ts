import { deflateSync } from 'node:zlib';
import { degrees, PDFDocument, type PDFFont, StandardFonts } from 'pdf-lib';

/** A line to be set: size in points, place from the lower left corner. */
export interface Setting {
  readonly text: string;
  readonly x?: number;
  readonly y: number;
  readonly size?: number;
}

const fixedDate = new Date('2026-01-01T00:00:00Z');

/** A PDF with the given pages, always the same bytes for the same pages. */
export async function makePdf(
  pages: readonly (readonly Setting[])[],
  font = StandardFonts.Helvetica,
): Promise<Uint8Array> {
  const document = await emptyPdf();
  const embedded = await document.embedFont(font);
  for (const settings of pages) {
    const page = document.addPage([595, 842]);
    for (const { text, x = 72, y, size = 11 } of settings) page.drawText(text, { x, y, size, font: embedded });
  }
  return document.save();
}

/** A page set as word processors do: wrapped lines, paragraphs apart. */
export async function makeWrappedPdf(paragraphs: readonly string[], linesPerPage = 45): Promise<Uint8Array> {
  const document = await emptyPdf();
  const font = await document.embedFont(StandardFonts.Helvetica);
  const lines = paragraphs.flatMap((paragraph) => [...wrap(paragraph, font, 11, 450), '']);
  for (let start = 0; start < lines.length; start += linesPerPage) {
    const page = document.addPage([595, 842]);
    lines.slice(start, start + linesPerPage).forEach((text, index) => {
      if (text !== '') page.drawText(text, { x: 72, y: 770 - index * 14, size: 11, font });
    });
  }
  return document.save();
}

/** A page that holds a picture and no text, as a scan does. */
export async function makeScannedPdf(): Promise<Uint8Array> {
  const document = await emptyPdf();
  // A PNG of one black pixel.
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';
  const picture = await document.embedPng(Buffer.from(png, 'base64'));
  document.addPage([595, 842]).drawImage(picture, { x: 50, y: 50, width: 495, height: 742, rotate: degrees(0) });
  return document.save();
}

/** A PDF that asks for a password: its check values fit no password. */
export function makeEncryptedPdf(): Uint8Array {
  const handler = `<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> >>`;
  return assemblePdf(
    [...pageOf('Secret terms'), handler],
    `/Encrypt 6 0 R /ID [<${'01'.repeat(16)}> <${'01'.repeat(16)}>]`,
  );
}

/** A PDF without any compression: what is changed in it is read as changed. */
export function makePlainPdf(text: string): Uint8Array {
  return assemblePdf(pageOf(text), '');
}

function pageOf(text: string): string[] {
  const content = `BT /F1 12 Tf 72 720 Td (${text}) Tj 0 -14 Td [(${text}) -250 (again)] TJ ET`;
  return [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
}

/** A small file whose page decompresses to the given bytes of blanks. */
export function makeBombPdf(bytes: number): Uint8Array {
  const packed = deflateSync(Buffer.alloc(bytes, ' '), { level: 9 }).toString('latin1');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
    `<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n${packed}\nendstream`,
  ];
  return assemblePdf(objects, '');
}

/** A file of numbered objects, the first one its catalog, with the table of their places. */
function assemblePdf(objects: readonly string[], trailer: string): Uint8Array {
  let file = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  const start = file.length;
  file += `xref\n0 ${count}\n0000000000 65535 f \n${table}`;
  file += `trailer\n<< /Size ${count} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

async function emptyPdf(): Promise<PDFDocument> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.setCreationDate(fixedDate);
  document.setModificationDate(fixedDate);
  return document;
}

function wrap(text: string, font: PDFFont, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && font.widthOfTextAtSize(longer, size) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
