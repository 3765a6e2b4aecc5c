import { CHANGE_CLASSES, type ChangeClass } from '../changes/analysis/difference.ts';
import type { IndexReader } from '../index/index-reader.ts';
import type { IndexedVersion } from '../index/indexed-record.ts';
import type { TermsFoundReader } from '../ledger/terms-found-reader.ts';

/** Whether a version's words stood for a number of checks. */
export interface Standing {
  /** Of the check that made the number full; undefined: they did not stand so long, or not yet. */
  readonly since: Date | undefined;
  /** The record that gave other words before that. */
  readonly endedBy: IndexedVersion | undefined;
}

/** Changes that leave all words where they are. */
const KEEPS_WORDS: Record<ChangeClass, boolean> = {
  none: true,
  formatting: true,
  links: true,
  moved: true,
  numbering: true,
  date: false,
  text: false,
};

/** Entries of the ledger that one run makes for terms at most: upgrade, tracking, second try. */
const ENTRIES_A_RUN = 3;

/**
 * Looks for the run that was the `checks`th to find a version's words as they were, the run that recorded it left out. Runs
 * that recorded nothing but other markup, links or order are among them; failed ones neither count nor end it. A technical
 * upgrade that gave other words ends it: the declaration was corrected.
 */
export function standingOf(
  version: IndexedVersion,
  checks: number,
  ledger: TermsFoundReader,
  index: IndexReader,
): Standing {
  const { isNoted, found } = ledger.foundAfter(version, (checks + 1) * ENTRIES_A_RUN);
  const [first] = found;
  const replacing = !isNoted && first ? replacedBefore(version, first.date, index) : undefined;
  if (replacing) return { since: undefined, endedBy: replacing };
  const runs = new Set<number>();
  for (const { runId, date, versionId } of found) {
    const later = versionId === undefined ? undefined : versionOf(version, versionId, index);
    // One that is not indexed or judged yet will be.
    if (versionId !== undefined && !later?.analysis) break;
    if (later?.analysis && !KEEPS_WORDS[later.analysis.class]) return { since: undefined, endedBy: later };
    // Nothing is fetched for it.
    if (later?.isTechnicalUpgrade) continue;
    runs.add(runId);
    if (runs.size >= checks) return { since: date, endedBy: undefined };
  }
  return { since: undefined, endedBy: undefined };
}

const REPLACING = CHANGE_CLASSES.filter((name) => !KEEPS_WORDS[name]);

/** The last record with other words before a moment; for archives that are older than their ledger. */
const replacedBefore = (
  { serviceId, termsType, seq, fetchDate }: IndexedVersion,
  until: Date,
  index: IndexReader,
): IndexedVersion | undefined =>
  index
    .versions({ serviceId, termsType, since: fetchDate, until, classes: REPLACING }, { limit: 1 })
    .find((later) => later.seq > seq);

/** The version of these terms that a commit recorded. */
export const versionOf = (
  { serviceId, termsType }: { readonly serviceId: string; readonly termsType: string },
  id: string,
  index: IndexReader,
): IndexedVersion | undefined => {
  const isSame = (version: IndexedVersion | undefined): boolean =>
    version?.serviceId === serviceId && version.termsType === termsType;
  const found = index.versionById(id);
  return isSame(found) ? found : index.versionsOfCommit(id).find(isSame);
};
