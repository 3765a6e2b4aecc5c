import type { SourceDocument } from '../archive/declarations/service.ts';
import { ExtractError } from './extract/extract-error.ts';
import { extractRequestOf } from './extract/extract-request.ts';
import type { Extractor } from './extract/extractor.ts';
import { FetchError } from './fetch/fetch-error.ts';
import type { FetchedDocument } from './fetch/fetched-document.ts';
import type { Fetcher } from './fetch/fetcher.ts';
import { cssSelectors } from './selectors.ts';
import type { TrackedTerms } from './track.ts';

/** Fewer characters are hardly terms: usually a cookie banner or an error text (OTA's own threshold in its tests). */
const SHORTEST_TERMS = 100;

/** What `check` finds wrong with the declaration of terms; an empty list of faults means that it can be tracked. */
export interface DeclarationCheck {
  readonly serviceId: string;
  readonly termsType: string;
  /** Characters of the Markdown that would be recorded; 0 where it could not be extracted. */
  readonly length: number;
  readonly faults: readonly { readonly reason: string; readonly message: string }[];
}

interface CheckContext {
  readonly fetcher: Fetcher;
  readonly extractor: Extractor;
  readonly collectionDirectory: string;
  readonly clock: () => Date;
  readonly signal: AbortSignal;
}

/**
 * Tries a declaration without recording anything: every source document is reachable, the selectors match, the text is
 * longer than 100 characters, and a second fetch gives the same text.
 */
export async function checkDeclaration(item: TrackedTerms, context: CheckContext): Promise<DeclarationCheck> {
  const { serviceId, type: termsType } = item.terms;
  const first = await attempt(item, context);
  if (typeof first !== 'string') return { serviceId, termsType, length: 0, faults: [first] };
  const faults: { reason: string; message: string }[] = [];
  if (first.length <= SHORTEST_TERMS) {
    faults.push({ reason: 'too-short', message: `only ${first.length} characters were extracted: “${first.trim()}”` });
  }
  const second = await attempt(item, context);
  if (typeof second !== 'string') {
    faults.push({ ...second, message: `the second fetch failed: ${second.message}` });
  } else if (second !== first) {
    faults.push({ reason: 'unstable', message: `a second fetch gave another text: ${firstDifference(first, second)}` });
  }
  return { serviceId, termsType, length: first.length, faults };
}

/** Fetches and extracts once; a fault of the document is returned, any other error thrown. */
async function attempt(
  { service, terms }: TrackedTerms,
  { fetcher, extractor, collectionDirectory, clock, signal }: CheckContext,
): Promise<string | { reason: string; message: string }> {
  const fetchOne = async (document: SourceDocument): Promise<FetchedDocument> => {
    const { location, executeClientScripts, select } = document;
    const fetched = await fetcher.fetch({ location, executeClientScripts, select: cssSelectors(select) }, signal);
    if (fetched.kind === 'not-modified') throw new FetchError('server', `${location} answered 304 without being asked`);
    return fetched;
  };
  try {
    const fetched = await Promise.all(terms.sourceDocuments.map(fetchOne));
    return await extractor.extract(
      {
        members: terms.sourceDocuments.map((document, index) =>
          extractRequestOf(service, document, {
            content: fetched[index]?.content ?? '',
            mimeType: fetched[index]?.mimeType ?? '',
            date: clock(),
            collectionDirectory,
          }),
        ),
      },
      signal,
    );
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof FetchError || error instanceof ExtractError) {
      return { reason: error.reason, message: error.message };
    }
    throw error;
  }
}

function firstDifference(a: string, b: string): string {
  const linesOfB = new Set(b.split('\n'));
  const line = a.split('\n').find((candidate) => !linesOfB.has(candidate)) ?? '';
  return `“${line.slice(0, 120)}” stands only in the first`;
}
