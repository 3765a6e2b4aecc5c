import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import { ApiError } from './api-error.ts';
import type { IncompleteAnalysis } from './contract.ts';

const RETRY = 30;

/**
 * Of which of these collections not all changes are judged just now. To be asked before the changes are: what is judged
 * in between makes an answer look less complete than it is, never more. Collections without an index are left out; they
 * cannot answer at all, and are told otherwise.
 */
export const unjudgedAmong = (collections: readonly ServedCollection[]): IncompleteAnalysis[] =>
  collections.flatMap((collection) => {
    try {
      const { versionsWithoutAnalysis } = collection.index().state();
      return versionsWithoutAnalysis > 0 ? [{ collection: collection.id, versionsWithoutAnalysis }] : [];
    } catch (error) {
      if (error instanceof IndexUnavailableError) return [];
      throw error;
    }
  });

/** For files, which would look complete whatever is missing. @throws ApiError of code `index-unavailable` */
export function refuseUnjudged([first]: readonly IncompleteAnalysis[]): void {
  if (first === undefined) return;
  throw new ApiError('index-unavailable', describeUnjudged(first), {
    next: 'Ask again later (/collections tells how far it is), or ask for all changes with show=everything.',
    retryAfter: RETRY,
  });
}

/** In words. */
export const describeUnjudged = ({ collection, versionsWithoutAnalysis }: IncompleteAnalysis): string =>
  `Of “${collection}”, ${versionsWithoutAnalysis.toLocaleString('en')} ${versionsWithoutAnalysis === 1 ? 'version is' : 'versions are'} not judged yet: alerts may be missing.`;
