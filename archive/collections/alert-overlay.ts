import { LRUCache } from 'lru-cache';
import type { IndexReader } from '../index/index-reader.ts';
import type { IndexedVersion } from '../index/indexed-record.ts';
import type { ReadOnlyLedger } from '../ledger/ledger.ts';
import { LedgerError } from '../ledger/ledger-error.ts';
import type { SecondFetch } from '../ledger/second-fetch.ts';
import { type Standing, standingOf, versionOf } from './standing.ts';

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

/** Successful checks, one a run, for which a text has to stand. */
const CHECKS = 6;
/** Milliseconds after which a second fetch that is due is no longer waited for: the tracker was killed, or hangs. */
const AWAITED_AT_MOST = 15 * 60_000;
const STANDINGS_REMEMBERED = 20_000;
const SUSPECTS_AT_ONCE = 500;

interface Lists {
  /** Names what they were made from. */
  readonly basis: string;
  readonly raised: readonly number[];
  readonly lowered: readonly number[];
}

/** Reads the ledger and the index as they are at each call; what cannot change any more is read once. */
export function createAlertOverlay({ index, ledger, now = Date.now }: AlertOverlayOptions): AlertOverlay {
  const standings = new LRUCache<
    number,
    { readonly basis: string; readonly isFinal: boolean; readonly standing: Standing }
  >({
    max: STANDINGS_REMEMBERED,
  });
  const secondFetches = new Map<string, SecondFetch>();
  let read: { readonly ledger: unknown; readonly epoch: string; readonly isJudgedAnew: boolean } | undefined;
  let lastId = 0;
  let lists: Lists | undefined;

  /** What both hold now. `basis` changes with either of them. */
  function look() {
    const current = ledger();
    if (!current) return undefined;
    const reader = index();
    const { epoch, isJudgedAnew, versionsTip, versionsWithoutAnalysis } = reader.state();
    if (read?.ledger !== current) {
      secondFetches.clear();
      lastId = 0;
    }
    if (read?.ledger !== current || read.epoch !== epoch || read.isJudgedAnew !== isJudgedAnew) {
      standings.clear();
      lists = undefined;
    }
    read = { ledger: current, epoch, isJudgedAnew };
    if (current.lastSecondFetchId() > lastId) {
      for (const { id, secondFetch } of current.secondFetches(lastId)) {
        secondFetches.set(keyOf(secondFetch, secondFetch.versionId), secondFetch);
        lastId = id;
      }
    }
    // Not how many are still to be judged: while an archive is being judged, nothing is made anew for each of them.
    const isJudged = versionsWithoutAnalysis === 0;
    const basis = [lastId, current.lastOutcomeId(), versionsTip, isJudged].join(' ');
    return { ledger: current, index: reader, isJudged, basis };
  }
  type Looked = NonNullable<ReturnType<typeof look>>;

  function standing(version: IndexedVersion, { ledger, index, isJudged, basis }: Looked): Standing {
    const known = standings.get(version.seq);
    if (known && (known.isFinal || known.basis === basis)) return known.standing;
    // What came between may not be judged yet.
    const found = isJudged ? standingOf(version, CHECKS, ledger, index) : NOT_YET;
    const isFinal = found.since !== undefined || found.endedBy !== undefined;
    standings.set(version.seq, { basis, isFinal, standing: found });
    return found;
  }

  const isAwaited = ({ outcome, runId, date }: SecondFetch, { ledger }: Looked): boolean =>
    outcome === 'awaited' && now() - date.getTime() < AWAITED_AT_MOST && !ledger.isRunOver(runId);

  function noteOf(version: IndexedVersion, looked: Looked): AlertNote | undefined {
    const second = secondFetches.get(keyOf(version, version.id));
    if (second && isAwaited(second, looked)) return { kind: 'awaited', date: second.date };
    const state = version.analysis?.state;
    const wasUntold = second?.outcome === 'not-reproduced' || state === 'suspect';
    const since = wasUntold || state === 'return' ? standing(version, looked).since : undefined;
    if (since && wasUntold) return { kind: 'persisting', date: since };
    if (second?.outcome === 'not-reproduced') return { kind: 'not-reproduced', date: second.date };
    if (second?.outcome === 'confirmed') return { kind: 'confirmed', date: second.date };
    return since && { kind: 'settled', date: since };
  }

  function listsNow(): Lists {
    const looked = look();
    if (!looked) return NOTHING;
    const awaited = [...secondFetches.values()].filter((second) => isAwaited(second, looked));
    const basis = [looked.basis, ...awaited.map(({ versionId }) => versionId)].join(' ');
    if (lists?.basis !== basis) {
      const raised = raisedNow(looked);
      const lowered = loweredNow(looked, awaited);
      lists = { basis, raised: same(lists?.raised, raised), lowered: same(lists?.lowered, lowered) };
    }
    return lists;
  }

  function raisedNow(looked: Looked): number[] {
    const raised: number[] = [];
    for (let before: number | undefined, isMore = true; isMore; ) {
      const part = looked.index.versions({ states: ['suspect'] }, { limit: SUSPECTS_AT_ONCE, before });
      for (const version of part) if (noteOf(version, looked)?.kind === 'persisting') raised.push(version.seq);
      before = part.at(-1)?.seq;
      isMore = part.length === SUSPECTS_AT_ONCE;
    }
    return raised.sort((a, b) => a - b);
  }

  function loweredNow(looked: Looked, awaited: readonly SecondFetch[]): number[] {
    const untold = [...[...secondFetches.values()].filter(({ outcome }) => outcome === 'not-reproduced'), ...awaited];
    const versions = untold.flatMap((second) => versionOf(second, second.versionId, looked.index) ?? []);
    const lowered = versions.filter((version) => {
      const kind = noteOf(version, looked)?.kind;
      return kind === 'not-reproduced' || kind === 'awaited';
    });
    // What nobody was told of needs no withdrawal either.
    const ids = new Set(lowered.map(({ id }) => id));
    const withdrawals = lowered.flatMap((version) => {
      const { analysis, seq } = standing(version, looked).endedBy ?? {};
      return analysis && !analysis.alert && analysis.undoes.every((id) => ids.has(id)) ? (seq ?? []) : [];
    });
    return [...new Set([...lowered.map(({ seq }) => seq), ...withdrawals])].sort((a, b) => a - b);
  }

  return {
    note: (version) =>
      unlessUnreadable(() => {
        const looked = look();
        return looked && noteOf(version, looked);
      }, undefined),
    raised: () => unlessUnreadable(listsNow, NOTHING).raised,
    lowered: () => unlessUnreadable(listsNow, NOTHING).lowered,
  };
}

/** A ledger that cannot be read adds nothing: the records alone tell then. */
function unlessUnreadable<Result>(work: () => Result, otherwise: Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof LedgerError) return otherwise;
    throw error;
  }
}

/** The former list where nothing changed: whoever keeps what follows from it need not look into it. */
const same = (former: readonly number[] | undefined, now: readonly number[]): readonly number[] =>
  former && former.join() === now.join() ? former : now;

const NOT_YET: Standing = { since: undefined, endedBy: undefined };
const NOTHING: Lists = { basis: '', raised: [], lowered: [] };

const keyOf = (
  { serviceId, termsType }: { readonly serviceId: string; readonly termsType: string },
  versionId: string,
): string => JSON.stringify([serviceId, termsType, versionId]);
