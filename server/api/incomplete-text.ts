import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import { ApiError } from './api-error.ts';
import type { IncompleteCollection } from './contract.ts';

const RETRY = 30;

/**
 * Which of these collections are searchable only in part just now. To be asked before the text is: what is made
 * searchable in between makes an answer look less complete than it is, never more. Collections without an index are
 * left out; they cannot answer at all, and are told otherwise.
 */
export const incompleteAmong = (collections: readonly ServedCollection[]): IncompleteCollection[] =>
  collections.flatMap((collection) => {
    try {
      const { versionsWithoutText } = collection.index().state();
      return versionsWithoutText > 0 ? [{ collection: collection.id, versionsWithoutText }] : [];
    } catch (error) {
      if (error instanceof IndexUnavailableError) return [];
      throw error;
    }
  });

/** For answers that would look complete whatever is missing. @throws ApiError of code `index-unavailable` */
export function refuseIncompleteText([first]: readonly IncompleteCollection[]): void {
  if (first === undefined) return;
  throw new ApiError(
    'index-unavailable',
    `“${first.collection}” can be searched only in part yet: the text of ${first.versionsWithoutText.toLocaleString('en')} versions is still being taken in.`,
    { next: 'Ask again later; /collections tells how far it is.', retryAfter: RETRY },
  );
}
