import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import type { IndexReader } from '../../archive/index/index-reader.ts';
import { createKeptOfIndex } from './kept-of-index.ts';

/** Until when a collection bears witness: after that, silence does not mean that nothing changed. */
export interface RecordEnd {
  readonly date: Date;
  /** `checks`: of the last run. `records`: of the latest version, where nobody here knows of checks. */
  readonly basis: 'checks' | 'records';
}

const latest = createKeptOfIndex<readonly Date[]>(1);

/**
 * Fetch date of the latest version of all terms; undefined: there is none.
 *
 * @param now records with dates to come are a fault of some clock
 * @throws IndexUnavailableError
 */
export function lastVersionOf(collection: ServedCollection, now: Date): Date | undefined {
  const dates = latest(collection, 'latest', (reader) => reader.terms().flatMap(({ latestDate }) => latestDate ?? []));
  return dates.reduce<Date | undefined>(
    (found, date) => (date <= now && (found === undefined || date > found) ? date : found),
    undefined,
  );
}

/** undefined: nothing was recorded or checked yet, or the index cannot say just now. */
export function recordEnd(collection: ServedCollection, now: Date): RecordEnd | undefined {
  const run = collection.kind === 'tracked' ? collection.ledger()?.lastRun('track') : undefined;
  if (run) return { date: run.endedAt ?? run.startedAt, basis: 'checks' };
  try {
    const date = lastVersionOf(collection, now);
    return date && { date, basis: 'records' };
  } catch (error) {
    if (error instanceof IndexUnavailableError) return undefined;
    throw error;
  }
}

interface TermsName {
  readonly serviceId: string;
  readonly termsType: string;
}

/** When terms were last known to stand as recorded: by their last check that succeeded, else by their latest version. */
export function termsEnd(collection: ServedCollection, reader: IndexReader, terms: TermsName): RecordEnd | undefined {
  const version = reader.latestVersion(terms.serviceId, terms.termsType)?.fetchDate;
  const checked = lastSeen(collection, terms);
  if (checked && (version === undefined || checked >= version)) return { date: checked, basis: 'checks' };
  return version && { date: version, basis: 'records' };
}

/** While terms are failing, a check of one of their documents may succeed without their text being seen. */
function lastSeen(collection: ServedCollection, { serviceId, termsType }: TermsName): Date | undefined {
  const ledger = collection.kind === 'tracked' ? collection.ledger() : undefined;
  const failing = ledger
    ?.failingTerms()
    .find((terms) => terms.serviceId === serviceId && terms.termsType === termsType);
  const range = { serviceId, termsType, outcome: 'succeeded', until: failing?.since, limit: 1 } as const;
  return ledger?.checksOfTerms(range)[0]?.check.date;
}
