import type { FilterUse, Selectors, Service, SourceDocument } from '../../archive/declarations/service.ts';

/** A source document as fetched, and what its declaration takes from it. */
export interface ExtractRequest {
  /** Text, or bytes (of a PDF, or of text in UTF-8). */
  readonly content: string | Uint8Array;
  readonly mimeType: string;
  readonly location: string;
  readonly select: Selectors | undefined;
  readonly remove: Selectors | undefined;
  /** In the order in which they run. */
  readonly filter: readonly FilterUse[];
  /** Absolute paths of the service's own filter functions, where the files exist. */
  readonly filtersFile?: string | undefined;
  readonly filtersHistoryFile?: string | undefined;
  /** Chooses among former filter functions; absent: today's. */
  readonly date?: Date | undefined;
  /** The collection, all of whose files that filter functions may read. Needed for a service's own filters only. */
  readonly collectionDirectory?: string | undefined;
}

/** What a declaration asks of one snapshot of a source document, fetched from `location` or else from where it is declared. */
export function extractRequestOf(
  { filtersFile, filtersHistoryFile }: Service,
  document: SourceDocument,
  snapshot: Pick<ExtractRequest, 'content' | 'mimeType' | 'date' | 'collectionDirectory'> & {
    readonly location?: string | undefined;
  },
): ExtractRequest {
  const { location, select, remove, filter } = document;
  return {
    ...snapshot,
    location: snapshot.location ?? location,
    select,
    remove,
    filter,
    filtersFile,
    filtersHistoryFile,
  };
}

/** By content or type: servers call PDFs by many names. */
export function isPdf({ content, mimeType }: ExtractRequest): boolean {
  const start = typeof content === 'string' ? content.slice(0, 5) : String.fromCharCode(...content.subarray(0, 5));
  return start === '%PDF-' || mimeType === 'application/pdf';
}

/** HTML as text. A byte order mark is left to the parser, as everywhere else. */
export const htmlOf = ({ content }: ExtractRequest): string =>
  typeof content === 'string' ? content : new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);

/** The name and the parameters of a filter. */
export function readFilterUse(use: FilterUse): { readonly name: string; readonly parameters: unknown } {
  if (typeof use === 'string') return { name: use, parameters: undefined };
  const [[name, parameters] = ['', undefined]] = Object.entries(use);
  return { name, parameters };
}
