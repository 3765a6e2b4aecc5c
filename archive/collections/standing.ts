import { CHANGE_CLASSES, type ChangeClass } from '../changes/analysis/difference/difference.ts';
import type { IndexReader } from '../index/index-reader.ts';
import type { IndexedVersion } from '../index/indexed-record.ts';
import type { TermsFound, TermsFoundReader } from '../ledger/terms-found-reader.ts';

/** Whether a version's words stood for a number of checks. */
export interface Standing {
  /** Of the check that made the number full; undefined: they did not stand so long, or not yet. */
  readonly since: Date | undefined;
  /** The record that gave other words before that. */
  readonly endedBy: IndexedVersion | undefined;
  /** What came after is not indexed or not judged yet. */
  readonly waitsForIndex: boolean;
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
const REPLACING = CHANGE_CLASSES.filter((name) => !KEEPS_WORDS[name]);

/** Entries of the ledger that one run makes for terms at most: upgrade, tracking, second try. */
const ENTRIES_A_RUN = 3;

const NOT_YET: Standing = { since: undefined, endedBy: undefined, waitsForIndex: false };

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
  const limit = (checks + 1) * ENTRIES_A_RUN;
  const recorded = ledger.recordedIn(version);
  if (recorded) return amongst(ledger.foundAfter(version, recorded, limit), version, checks, index);
  const began = ledger.entriesOf(version)?.firstDate;
  if (!began) return NOT_YET;
  // Of an archive that is older than its ledger, the dates of records tell what came in between.
  if (index.state().versionsWithoutAnalysis > 0) return { ...NOT_YET, waitsForIndex: true };
  // Most were replaced before the ledger began, and its entries need not be gone through.
  const replaced = replacedBefore(version, began, index);
  if (replaced) return { ...NOT_YET, endedBy: replaced };
  const found = ledger.foundAfter(version, version.fetchDate, limit);
  const endedBy = found[0] && replacedBefore(version, found[0].date, index);
  return endedBy ? { ...NOT_YET, endedBy } : amongst(found, version, checks, index);
}

function amongst(found: readonly TermsFound[], version: IndexedVersion, checks: number, index: IndexReader): Standing {
  const runs = new Set<number>();
  for (const { runId, date, versionId } of found) {
    const later = versionId === undefined ? undefined : versionOf(version, versionId, index);
    if (versionId !== undefined && !later?.analysis) return { ...NOT_YET, waitsForIndex: true };
    if (later?.analysis && !KEEPS_WORDS[later.analysis.class]) return { ...NOT_YET, endedBy: later };
    // Nothing is fetched for it.
    if (later?.isTechnicalUpgrade) continue;
    runs.add(runId);
    if (runs.size >= checks) return { ...NOT_YET, since: date };
  }
  return NOT_YET;
}

/** The last record with other words before a moment. */
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
  return found && !isSame(found) ? index.versionsOfCommit(id).find(isSame) : found;
};
