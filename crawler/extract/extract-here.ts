import { ExtractError } from './extract-error.ts';
import { type ExtractRequest, htmlOf, isPdf, readFilterUse } from './extract-request.ts';
import { removeQueryParams } from './filters/remove-query-params.ts';
import { findNatively } from './find.ts';
import { findInLightDom } from './light-dom/find.ts';
import { isKnownToDiffer } from './light-dom/known-differences.ts';
import { parseLight } from './light-dom/parse.ts';
import { toMarkdown } from './pipeline.ts';

/**
 * Extracts a document that needs none of a service's own filters, on the calling thread: for workers.
 *
 * @returns Markdown
 * @throws ExtractError
 */
export async function extractHere(request: ExtractRequest): Promise<string> {
  if (isPdf(request)) {
    const { content, location } = request;
    // Loaded only when needed, as jsdom is.
    const { pdfToMarkdown } = await import('./pdf.ts');
    return pdfToMarkdown(typeof content === 'string' ? new TextEncoder().encode(content) : content, location);
  }
  const html = htmlOf(request);
  if (!isKnownToDiffer(html)) {
    try {
      return convert(parseLight(html, request.location), request, findInLightDom);
    } catch (error) {
      // A selector that the light DOM does not know, or a fault of its own: jsdom has the last word.
      if (error instanceof ExtractError) throw error;
    }
  }
  return extractWithJsdom(html, request);
}

/** A hundred milliseconds and 40 MB to load, seven times as slow as the light DOM: loaded only when needed. */
async function extractWithJsdom(html: string, request: ExtractRequest): Promise<string> {
  const { JSDOM, VirtualConsole } = await import('jsdom');
  try {
    const { window } = new JSDOM(html, { url: request.location, virtualConsole: new VirtualConsole() });
    try {
      return convert(window.document, request, findNatively);
    } finally {
      window.close();
    }
  } catch (cause) {
    if (cause instanceof ExtractError) throw cause;
    throw new ExtractError(
      'unreadable',
      `${request.location} cannot be extracted: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        'Look at the snapshot; a document nested this deeply or built this way is seldom meant to be read.',
      { cause },
    );
  }
}

function convert(document: Document, request: ExtractRequest, find: typeof findNatively): string {
  for (const use of request.filter) removeQueryParams(document, readFilterUse(use).parameters);
  return toMarkdown(document, request, find);
}
