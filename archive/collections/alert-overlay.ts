import type { IndexReader } from '../index/index-reader.ts';
import type { IndexedVersion } from '../index/indexed-record.ts';
import type { ReadOnlyLedger } from '../ledger/ledger.ts';
import { LedgerError } from '../ledger/ledger-error.ts';
import type { SecondFetch } from '../ledger/second-fetch.ts';
import { createKnownSecondFetches } from './known-second-fetches.ts';
import { createKnownStandings } from './known-standings.ts';
import { createSuspectVersions } from './suspect-versions.ts';

/**
 * What the ledger adds to the analysis of a change. `awaited`: being fetched again just now, not told until then;
 * `confirmed`: a second fetch gave it again; `not-reproduced`: a second fetch did not, so it is not told and is a candidate
 * for a variant; `persisting`: what was not told has stood for six checks and is told after all; `settled`: one of several
 * variants that has stood for six checks, to be known and no more.
 */
export const ALERT_NOTES = ['awaited', 'confirmed', 'not-reproduced', 'persisting', 'settled'] as const;
export type AlertNoteKind = (typeof ALERT_NOTES)[number];

export interface AlertNote {
  readonly kind: AlertNoteKind;
  /** Of the second fetch (`awaited`: when it is due), or of the sixth check. */
  readonly date: Date;
}

/**
 * Who is told of a change beside what its analysis says; never part of its class. Nothing for mirrors, nor while the ledger
 * cannot be read. Cheap; the lists are the same arrays as long as nothing changes.
 */
export interface AlertOverlay {
  note(version: IndexedVersion): AlertNote | undefined;
  /** `seq` of versions that are told although their analysis does not say so: suspect ones that stood for six checks. */
  raised(): readonly number[];
  /** `seq` of versions that are not told although their analysis says so. */
  lowered(): readonly number[];
}

export interface AlertOverlayOptions {
  /** Asked anew each time. May throw while there is no index; so do the overlay's methods then. */
  readonly index: () => IndexReader;
  /** Asked anew each time; undefined: nothing is known. */
  readonly ledger: () => ReadOnlyLedger | undefined;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Milliseconds after which a second fetch that is due is no longer waited for: the tracker was killed, or hangs. */
const AWAITED_AT_MOST = 15 * 60_000;

interface Lists {
  /** Names what they were made from. */
  readonly basis: string;
  readonly raised: readonly number[];
  readonly lowered: readonly number[];
}

/** What ledger and index hold at one moment. */
interface Sources {
  readonly ledger: ReadOnlyLedger;
  readonly index: IndexReader;
  /** Changes with either of them. */
  readonly basis: string;
}

/** Reads the ledger and the index as they are at each call; what cannot change any more is read once. */
export function createAlertOverlay({ index, ledger, now = Date.now }: AlertOverlayOptions): AlertOverlay {
  const standings = createKnownStandings();
  const suspects = createSuspectVersions();
  const secondFetches = createKnownSecondFetches();
  let read: { readonly ledger: unknown; readonly epoch: string; readonly isJudgedAnew: boolean } | undefined;
  let lists: Lists | undefined;

  function look(): Sources | undefined {
    const current = ledger();
    if (!current) return undefined;
    const reader = index();
    const { epoch, isJudgedAnew, versionsTip, versionsWithoutAnalysis } = reader.state();
    const isOtherLedger = read?.ledger !== current;
    if (isOtherLedger || read?.epoch !== epoch || read.isJudgedAnew !== isJudgedAnew) {
      standings.clear();
      suspects.clear();
      secondFetches.clear(isOtherLedger ? 'all' : 'versions');
      lists = undefined;
    }
    read = { ledger: current, epoch, isJudgedAnew };
    // Not how many are still to be judged: while an archive is being judged, nothing is made anew for each of them.
    const isJudged = versionsWithoutAnalysis === 0;
    const basis = [secondFetches.read(current), current.lastOutcomeId(), versionsTip, isJudged].join(' ');
    return { ledger: current, index: reader, basis };
  }

  const isAwaited = ({ outcome, runId, date }: SecondFetch, { ledger }: Sources): boolean =>
    outcome === 'awaited' && now() - date.getTime() < AWAITED_AT_MOST && !ledger.isRunOver(runId);

  function noteOf(version: IndexedVersion, sources: Sources): AlertNote | undefined {
    const second = secondFetches.of(version);
    if (second && isAwaited(second, sources)) return { kind: 'awaited', date: second.date };
    const state = version.analysis?.state;
    const wasUntold = second?.outcome === 'not-reproduced' || state === 'suspect';
    const isStandingAsked = wasUntold || state === 'return';
    const since = isStandingAsked ? standings.of(version, sources.ledger, sources.index).since : undefined;
    if (since && wasUntold) return { kind: 'persisting', date: since };
    if (second?.outcome === 'not-reproduced') return { kind: 'not-reproduced', date: second.date };
    if (second?.outcome === 'confirmed') return { kind: 'confirmed', date: second.date };
    return since && { kind: 'settled', date: since };
  }

  function listsNow(): Lists {
    const sources = look();
    if (!sources) return NOTHING;
    const withholding = secondFetches
      .withholding()
      .filter((second) => second.outcome === 'not-reproduced' || isAwaited(second, sources));
    const awaited = withholding.filter(({ outcome }) => outcome === 'awaited').map(({ versionId }) => versionId);
    const basis = [sources.basis, ...awaited].join(' ');
    if (lists?.basis !== basis) {
      const raised = suspects
        .all(sources.index)
        .filter((version) => noteOf(version, sources)?.kind === 'persisting')
        .map(({ seq }) => seq);
      const lowered = loweredOf(withholding, sources);
      lists = { basis, raised: same(lists?.raised, raised), lowered: same(lists?.lowered, lowered) };
    }
    return lists;
  }

  function loweredOf(withholding: readonly SecondFetch[], sources: Sources): number[] {
    const lowered = withholding
      .flatMap((second) => secondFetches.version(second, sources.index) ?? [])
      .filter((version) => LOWERED.has(noteOf(version, sources)?.kind));
    // What nobody was told of needs no withdrawal either.
    const ids = new Set(lowered.map(({ id }) => id));
    const withdrawals = lowered.flatMap((version) => {
      const { endedBy } = standings.of(version, sources.ledger, sources.index);
      return endedBy?.analysis?.undoes.every((id) => ids.has(id)) && !endedBy.analysis.alert ? endedBy : [];
    });
    return [...lowered, ...withdrawals].map(({ seq }) => seq);
  }

  return {
    note: (version) =>
      unlessUnreadable(() => {
        const sources = look();
        return sources && noteOf(version, sources);
      }, undefined),
    raised: () => unlessUnreadable(listsNow, NOTHING).raised,
    lowered: () => unlessUnreadable(listsNow, NOTHING).lowered,
  };
}

const LOWERED: ReadonlySet<AlertNoteKind | undefined> = new Set(['awaited', 'not-reproduced']);
const NOTHING: Lists = { basis: '', raised: [], lowered: [] };

/** A ledger that cannot be read adds nothing: the records alone tell then. */
function unlessUnreadable<Result>(work: () => Result, otherwise: Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof LedgerError) return otherwise;
    throw error;
  }
}

/** In order, each once. The former list where nothing changed: whoever keeps what follows from it need not look into it. */
function same(former: readonly number[] | undefined, found: readonly number[]): readonly number[] {
  const sorted = [...new Set(found)].sort((a, b) => a - b);
  return former?.join() === sorted.join() ? former : sorted;
}
