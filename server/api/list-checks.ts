import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import { toCheck } from './answers/tracking.ts';
import type { Check } from './contract.ts';
import { readNameCursor, writeNameCursor } from './cursor.ts';

export const CHECK_OUTCOMES = ['any', 'succeeded', 'failed'] as const;

/** Which checks of terms are asked for. */
export interface AskedChecks {
  readonly serviceId: string;
  readonly termsType: string;
  readonly outcome: (typeof CHECK_OUTCOMES)[number];
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
}

export interface ChecksPart {
  readonly checks: readonly Check[];
  /** Where the next part begins; undefined: this is the last. */
  readonly next: string | undefined;
}

/** The ledger of a collection that is tracked here; of a mirror none is known. */
export const ledgerOf = (collection: ServedCollection) =>
  collection.kind === 'tracked' ? collection.ledger() : undefined;

/** Filters as the ledger takes them. */
export const toLedgerFilter = ({ outcome, ...asked }: AskedChecks) => ({
  ...asked,
  outcome: outcome === 'any' ? undefined : outcome,
});

/**
 * Checks of terms, newest first.
 *
 * @param cursor where the part begins
 * @returns undefined where no checks are known
 * @throws ApiError of code `invalid-request` for a cursor that is none
 */
export function listChecks(
  collection: ServedCollection,
  asked: AskedChecks,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): ChecksPart | undefined {
  const [before] = cursor === undefined ? [] : readNameCursor(cursor, 1);
  const found = ledgerOf(collection)?.checksOfTerms({
    ...toLedgerFilter(asked),
    // An id that is none is before the first.
    before: before === undefined ? undefined : Math.max(0, Math.trunc(Number(before)) || 0),
    limit: limit + 1,
  });
  if (found === undefined) return undefined;
  const last = found.length > limit ? found[limit - 1] : undefined;
  return {
    checks: found.slice(0, limit).map(({ check }) => toCheck(check)),
    next: last && writeNameCursor([String(last.id)]),
  };
}
