import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import { DAY } from '../day.ts';
import { lastVersionOf } from '../record-end.ts';

/** Terms that are declared today, and their latest version. */
export interface DeclaredTerms {
  readonly serviceId: string;
  readonly termsType: string;
  /** undefined: none was ever recorded. */
  readonly latestDate: Date | undefined;
}

/** How far the records of a collection cover what it declares: all that is known of it where checks are not. */
export interface RecordedCoverage {
  /** Fetch date of the latest version. */
  readonly lastVersion: Date | undefined;
  readonly recorded: { readonly services: number; readonly terms: number; readonly versions: number };
  readonly declared: { readonly services: number; readonly terms: number };
  readonly neverRecorded: readonly DeclaredTerms[];
  /** Without a new version in the year before the latest version of all, the longest first. */
  readonly quiet: readonly DeclaredTerms[];
}

const YEAR = 365 * DAY;

/** @throws IndexUnavailableError */
export function recordedCoverage(collection: ServedCollection, now: Date): RecordedCoverage {
  const reader = collection.index();
  const { services, terms, versions } = reader.state();
  const latest = new Map(
    reader.terms().map(({ serviceId, termsType, latestDate }) => [keyOf(serviceId, termsType), latestDate]),
  );
  const declared = collection
    .services()
    .flatMap(({ id, terms: own }) =>
      own.map(({ type }) => ({ serviceId: id, termsType: type, latestDate: latest.get(keyOf(id, type)) })),
    );
  const lastVersion = lastVersionOf(collection, now);
  const time = ({ latestDate }: DeclaredTerms): number => latestDate?.getTime() ?? Number.POSITIVE_INFINITY;
  const limit = (lastVersion?.getTime() ?? Number.NEGATIVE_INFINITY) - YEAR;
  return {
    lastVersion,
    recorded: { services, terms, versions },
    declared: { services: collection.services().length, terms: declared.length },
    neverRecorded: declared.filter(({ latestDate }) => latestDate === undefined),
    quiet: declared.filter((one) => time(one) < limit).toSorted((a, b) => time(a) - time(b)),
  };
}

const keyOf = (serviceId: string, termsType: string): string => JSON.stringify([serviceId, termsType]);
