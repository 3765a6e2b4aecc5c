import { JSDOM, VirtualConsole } from 'jsdom';
import type { FilterUse, Selectors } from '../../../archive/declarations/service.ts';
import { ExtractError } from '../../../crawler/extract/extract-error.ts';
import { extractHere } from '../../../crawler/extract/extract-here.ts';
import { readFilterUse } from '../../../crawler/extract/extract-request.ts';
import { removeQueryParams } from '../../../crawler/extract/filters/remove-query-params.ts';
import { findInLightDom } from '../../../crawler/extract/light-dom/find.ts';
import { isKnownToDiffer } from '../../../crawler/extract/light-dom/known-differences.ts';
import { parseLight } from '../../../crawler/extract/light-dom/parse.ts';
import { UnsupportedSelector } from '../../../crawler/extract/light-dom/selectors/unsupported-selector.ts';
import { toMarkdown } from '../../../crawler/extract/pipeline.ts';
import { referenceMarkdown } from './reference-pipeline.ts';
import { referenceQueryFilter } from './reference-query-filter.ts';

export interface Case {
  readonly location: string;
  readonly select: Selectors;
  readonly remove?: Selectors;
  readonly filter?: readonly FilterUse[];
}

/** What each way of extracting makes of a document: Markdown, or `no-match`, `empty` behind `error: `. */
export interface Outcomes {
  readonly reference: string;
  /** The whole of it, as a worker does it. */
  readonly ours: string;
  /** The light DOM alone; `undefined` where it is known not to be enough. */
  readonly light: string | undefined;
  /** Our rules on jsdom, as after a service's own filters. */
  readonly jsdom: string;
}

export async function extractAllWays(html: string, given: Case): Promise<Outcomes> {
  const { location, select, remove, filter = [] } = given;
  const source = { location, select, remove };
  const request = { ...source, content: html, mimeType: 'text/html', filter };
  return {
    reference: await outcome(() =>
      referenceMarkdown(html, {
        ...source,
        filters: filter.map((use) => referenceQueryFilter(readFilterUse(use).parameters)),
      }),
    ),
    ours: await outcome(() => extractHere(request)),
    light: await lightOutcome(html, () => {
      const document = parseLight(html, location);
      for (const use of filter) removeQueryParams(document, readFilterUse(use).parameters);
      return toMarkdown(document, source, findInLightDom);
    }),
    jsdom: await outcome(() => {
      const { window } = new JSDOM(html, { url: location, virtualConsole: new VirtualConsole() });
      for (const use of filter) removeQueryParams(window.document, readFilterUse(use).parameters);
      try {
        return toMarkdown(window.document, source);
      } finally {
        window.close();
      }
    }),
  };
}

/** Only what is known to go to jsdom may: any other fault of the light DOM is thrown, or it would be slow unseen. */
async function lightOutcome(html: string, extract: () => string): Promise<string | undefined> {
  if (isKnownToDiffer(html)) return undefined;
  try {
    return await outcome(extract);
  } catch (error) {
    if (error instanceof UnsupportedSelector || isInvalidName(error)) return undefined;
    throw error;
  }
}

/** domino parses elements with names such as `a<b`, and cannot copy them. */
const isInvalidName = (error: unknown): boolean => error instanceof Error && error.name === 'INVALID_CHARACTER_ERR';

async function outcome(extract: () => string | Promise<string>): Promise<string> {
  try {
    return await extract();
  } catch (error) {
    if (error instanceof ExtractError) return `error: ${error.reason}`;
    if (error instanceof Error && error.message.startsWith('no match')) return 'error: no-match';
    if (error instanceof Error && error.message === 'empty') return 'error: empty';
    // An invalid selector.
    if (error instanceof Error && error.name === 'SyntaxError') return 'error: no-match';
    throw error;
  }
}
