import { getResolvedPDFJS } from 'unpdf';
import { ExtractError } from './extract-error.ts';
import { checkCompression } from './pdf/check-compression.ts';
import type { PdfLine } from './pdf/line.ts';
import { withoutPageNumbers } from './pdf/page-numbers.ts';
import { toParagraphs } from './pdf/paragraphs.ts';
import { readPageLines } from './pdf/read-page-lines.ts';

const MOST_PAGES = 3_000;
const MOST_CHARACTERS = 20_000_000;

/**
 * The text of a PDF as Markdown, by rules of our own (OTA's converter cannot be had): paragraphs are joined from lines in
 * the order in which the file holds them, larger text becomes headings, list marks become Markdown's. No text is left out
 * but page numbers that count along with the pages. The same bytes always give the same Markdown.
 *
 * To be run in a worker with a time limit: PDFs can be made to take long.
 *
 * @param location names the document in errors
 * @throws ExtractError `empty` when there is no text (scanned), `unreadable` when it is broken, encrypted or too large
 */
export async function pdfToMarkdown(bytes: Uint8Array, location: string): Promise<string> {
  checkCompression(bytes, location);
  const pages = await readPages(bytes, location);
  const markdown = toParagraphs(withoutPageNumbers(pages)).join('\n\n');
  if (markdown === '') {
    throw new ExtractError(
      'empty',
      `The PDF ${location} contains no text; it may be a scan. Declare a location that has the terms as text.`,
    );
  }
  return markdown;
}

async function readPages(bytes: Uint8Array, location: string): Promise<readonly (readonly PdfLine[])[]> {
  const { getDocument } = await getResolvedPDFJS();
  const task = getDocument({
    // A copy: the reader takes the buffer away from its owner.
    data: new Uint8Array(bytes),
    verbosity: 0,
    // What the machine has installed must not decide about the text.
    useSystemFonts: false,
    disableFontFace: true,
    useWasm: false,
    useWorkerFetch: false,
    isOffscreenCanvasSupported: false,
    enableXfa: false,
  });
  try {
    const document = await task.promise;
    if (document.numPages > MOST_PAGES)
      throw tooLarge(location, `${document.numPages} pages, of ${MOST_PAGES} allowed`);
    const pages: PdfLine[][] = [];
    let characters = 0;
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const lines = await readPageLines(page, MOST_CHARACTERS - characters);
      if (lines === 'too many characters') throw tooLarge(location, `more than ${MOST_CHARACTERS} characters`);
      characters += lines.reduce((sum, line) => sum + line.text.length, 0);
      pages.push(lines);
      page.cleanup();
    }
    return pages;
  } catch (error) {
    throw error instanceof ExtractError ? error : unreadable(error, location);
  } finally {
    await task.destroy().catch(() => undefined);
  }
}

function tooLarge(location: string, what: string): ExtractError {
  return new ExtractError('unreadable', `The PDF ${location} is too large: ${what}. Declare a smaller document.`);
}

function unreadable(cause: unknown, location: string): ExtractError {
  const encrypted = cause instanceof Error && cause.name === 'PasswordException';
  return new ExtractError(
    'unreadable',
    encrypted
      ? `The PDF ${location} is encrypted and asks for a password. Declare a location that needs none.`
      : `The PDF ${location} is broken and cannot be read. Look at it in a browser, and at its snapshot.`,
    { cause },
  );
}
