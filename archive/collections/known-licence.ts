import { findDataLicence, NO_LICENCE } from '../dataset/licence.ts';
import { ArchiveError } from '../git/archive-error.ts';
import { IndexUnavailableError } from '../index/index-error.ts';
import type { RecordContents } from './record-contents.ts';

/**
 * The licence of a collection's records, read once for each state of its repository: a file changes only by a commit.
 *
 * @param set by its keeper
 * @param tip of the repository of versions, as far as it is indexed; may throw while there is no index
 */
export function createKnownLicence(
  versions: Pick<RecordContents, 'object'>,
  set: string | undefined,
  tip: () => string | undefined,
): () => Promise<string> {
  let known: { readonly tip: string | undefined; readonly id: Promise<string> } | undefined;

  async function find(): Promise<string> {
    try {
      return (await findDataLicence(versions, set)).id;
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      // It may be there at the next question.
      known = undefined;
      return set ?? NO_LICENCE;
    }
  }

  return () => {
    const now = tipOr(tip);
    if (known?.tip !== now) known = undefined;
    known ??= { tip: now, id: find() };
    return known.id;
  };
}

function tipOr(tip: () => string | undefined): string | undefined {
  try {
    return tip();
  } catch (error) {
    if (error instanceof IndexUnavailableError) return undefined;
    throw error;
  }
}
