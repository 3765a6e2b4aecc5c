import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import type { IndexUnavailableError, IndexUnavailableReason } from '../../archive/index/index-error.ts';
import type { UnavailableCollection } from './contract.ts';

/** The error's own message names files of this machine, which are no reader's business. */
const MESSAGES: Readonly<Record<IndexUnavailableReason, string>> = {
  missing: 'The index is not there yet; it is made from the records by itself.',
  'being-built': 'The index is being built; it can be read as soon as it has records.',
  'other-schema': 'The index is of another release of this program; it is made anew by itself.',
  damaged: 'The index was damaged; it is made anew by itself.',
  unusable: 'The index cannot be read on this machine; its operator finds the reason in the log.',
};

/** What readers are told where a repository is not there, or lacks what its index knows of. */
export const RECORDS_UNAVAILABLE =
  'The text of this record cannot be read just now: the repository that holds it is at fault.';

/** Why an index cannot be read, for readers. */
export const tellUnavailable = ({ reason }: IndexUnavailableError): string => MESSAGES[reason];

/** A collection that is left out of an answer, and how far the building of its index is. */
export function toUnavailable(collection: ServedCollection, error: IndexUnavailableError): UnavailableCollection {
  const activity = collection.indexActivity();
  const progress =
    activity.kind === 'building' && activity.total > 0
      ? ` ${activity.done.toLocaleString('en')} of ${activity.total.toLocaleString('en')} done.`
      : '';
  return { collection: collection.id, message: `${tellUnavailable(error)}${progress}` };
}
