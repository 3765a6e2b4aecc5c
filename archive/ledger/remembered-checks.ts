import { LRUCache } from 'lru-cache';
import type { ChecksOfTerms } from './checks-of-terms.ts';
import type { ReadOnlyLedger } from './ledger.ts';
import type { TermsChecked } from './terms-checked-reader.ts';

/** Terms whose times are remembered: those of one answer, and some more. */
const MOST_TERMS = 500;

/**
 * When terms were checked, all their source documents together: a document that could be fetched, but from which nothing
 * could be extracted, was not seen. The times of terms are read once and remembered until the ledger has more, since
 * one answer asks about the same terms dozens of times.
 *
 * @param ledger asked anew each time; undefined: there is none just now, and nothing is known.
 */
export function rememberChecks(
  ledger: () => Pick<ReadOnlyLedger, 'timesChecked' | 'lastOutcomeId'> | undefined,
): ChecksOfTerms {
  const times = new LRUCache<string, readonly TermsChecked[]>({ max: MOST_TERMS });
  let known: { readonly ledger: unknown; readonly last: number } | undefined;

  function timesOf(serviceId: string, termsType: string): readonly TermsChecked[] {
    const current = ledger();
    if (current === undefined) return [];
    const last = current.lastOutcomeId();
    if (known?.ledger !== current || known.last !== last) times.clear();
    known = { ledger: current, last };
    const key = JSON.stringify([serviceId, termsType]);
    const found = times.get(key) ?? current.timesChecked(serviceId, termsType);
    times.set(key, found);
    return found;
  }

  return {
    lastSuccessBefore(serviceId, termsType, date) {
      const checks = timesOf(serviceId, termsType);
      for (let place = countBefore(checks, date) - 1; place >= 0; place--) {
        const check = checks[place];
        if (check?.hasFailed === false) return check.date;
      }
      return undefined;
    },
    hasFailureBetween(serviceId, termsType, since, until) {
      const checks = timesOf(serviceId, termsType);
      for (let place = countBefore(checks, since); place < checks.length; place++) {
        const check = checks[place];
        if (check === undefined || check.date >= until) return false;
        if (check.hasFailed && check.date > since) return true;
      }
      return false;
    },
  };
}

/** How many are before a date. */
function countBefore(checks: readonly TermsChecked[], date: Date): number {
  let low = 0;
  let high = checks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const check = checks[middle];
    if (check !== undefined && check.date < date) low = middle + 1;
    else high = middle;
  }
  return low;
}
