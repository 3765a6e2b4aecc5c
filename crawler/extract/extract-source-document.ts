import { BUILT_IN_FILTERS } from '../../archive/declarations/filter-uses.ts';
import { ExtractError } from './extract-error.ts';
import { type ExtractRequest, htmlOf, isPdf, readFilterUse } from './extract-request.ts';
import type { FilterRequest } from './filter-process/messages.ts';

/** What does the work, each in its own place: a worker thread, and a confined process for other people's code. */
export interface ExtractionPlaces {
  readonly extract: (request: ExtractRequest, signal?: AbortSignal) => Promise<string>;
  readonly extractWithFilters: (request: FilterRequest, signal?: AbortSignal) => Promise<string>;
}

/**
 * Extracts one source document: PDFs and documents without filters, or with the built-in one only, in the one place,
 * documents with a service's own filter functions in the other.
 *
 * @returns Markdown
 * @throws ExtractError
 */
export async function extractSourceDocument(
  request: ExtractRequest,
  places: ExtractionPlaces,
  signal?: AbortSignal,
): Promise<string> {
  const own = request.filter.map((use) => readFilterUse(use).name).filter((name) => !BUILT_IN_FILTERS.includes(name));
  // PDFs have no DOM to filter: OTA, too, leaves their filters aside.
  if (own.length === 0 || isPdf(request)) return places.extract(request, signal);
  const { location, select, remove, filter, filtersFile, filtersHistoryFile, date, collectionDirectory } = request;
  if (collectionDirectory === undefined) {
    throw new ExtractError(
      'unreadable',
      `The filters ${own.join(', ')} for ${location} are functions of the service's own, which are only found in a ` +
        'collection. Name it with --collection.',
    );
  }
  return places.extractWithFilters(
    {
      content: htmlOf(request),
      location,
      select,
      remove,
      filter,
      filtersFile,
      filtersHistoryFile,
      date,
      collectionDirectory,
    },
    signal,
  );
}
