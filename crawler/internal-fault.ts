import { DiskSpaceError } from '../archive/disk/disk-space.ts';
import { ArchiveError } from '../archive/git/archive-error.ts';
import { LedgerError } from '../archive/ledger/ledger-error.ts';
import type { TermsOutcome } from './outcome.ts';
import type { TrackedTerms } from './track.ts';

/** Whether an error ends the whole run: the archive, the ledger or the disk cannot be relied on any more. */
export const stopsTheRun = (error: unknown): boolean =>
  error instanceof ArchiveError || error instanceof LedgerError || error instanceof DiskSpaceError;

/** The outcome of terms at which the program itself failed: a fault of ours at one document must not stop the others. */
export function internalFault({ terms }: TrackedTerms, error: unknown): TermsOutcome {
  const { serviceId, type: termsType, sourceDocuments } = terms;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const location = sourceDocuments[0]?.location ?? '';
  return {
    serviceId,
    termsType,
    status: 'failed',
    versionId: undefined,
    failures: [{ location, stage: 'internal', reason: 'internal', message, isTransient: false }],
  };
}
