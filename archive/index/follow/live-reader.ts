import { openLateLedger } from '../../ledger/late-ledger.ts';
import { rememberChecks } from '../../ledger/remembered-checks.ts';
import { IndexUnavailableError } from '../index-error.ts';
import type { IndexReader } from '../index-reader.ts';
import { openIndexReader } from '../open-reader.ts';
import { markDamaged } from './damage-mark.ts';
import { fileIdentity } from './file-identity.ts';
import { indexFault } from './index-fault.ts';

export interface LiveReaderOptions {
  readonly indexFile: string;
  /** May come to be only later. Without one, intervals go by neighbouring records. */
  readonly ledgerFile?: string | undefined;
  /** What is being done while there is nothing to read: the end of the message that readers get. */
  readonly explain?: () => string;
  /** Milliseconds between two looks at which file stands under the name. */
  readonly lookInterval?: number;
}

/** A reader that outlives its file. */
export interface LiveReader extends IndexReader {
  /** @throws IndexUnavailableError where a query would. */
  assertOpen(): void;
  /** Looks at the file with the next query, however short the time since the last look. */
  look(): void;
}

const SOON = 'it is made anew from the records by itself; ask again in some seconds';

/**
 * An index for reading that goes on when its file is replaced: each query is answered by the file that stands under the
 * name; by the former one for as long as that is gone and no other can be read. Damage that a query meets is told to
 * the index's writer, and the query throws IndexUnavailableError.
 *
 * Synchronous, and for any thread: each thread has its own.
 */
export function createLiveReader(options: LiveReaderOptions): LiveReader {
  const { indexFile, ledgerFile, lookInterval = 250, explain = () => SOON } = options;
  // What is wrong with a ledger is told by the collection, which has it open as well.
  const ledger = ledgerFile === undefined ? undefined : openLateLedger(ledgerFile, { onProblem: () => undefined });
  const checks = ledger && rememberChecks(() => ledger.current());
  let opened: { readonly reader: IndexReader; readonly identity: string } | undefined;
  let reason: unknown;
  let isClosed = false;
  let lookedAt = Number.NEGATIVE_INFINITY;

  // Made anew each time: what is being done changes.
  const unavailable = (): IndexUnavailableError =>
    new IndexUnavailableError(`The index ${indexFile} cannot be read just now: ${explain()}.`, {
      reason: reason instanceof IndexUnavailableError ? reason.reason : reason === undefined ? 'missing' : 'unusable',
      cause: reason,
    });

  function current(): { readonly reader: IndexReader; readonly identity: string } {
    if (isClosed) throw new IndexUnavailableError(`The index ${indexFile} is closed; the server is ending.`);
    if (!opened || performance.now() - lookedAt >= lookInterval) {
      lookedAt = performance.now();
      reopen();
    }
    if (!opened) throw unavailable();
    return opened;
  }

  function reopen(): void {
    const identity = fileIdentity(indexFile);
    if (identity === undefined || identity === opened?.identity) return;
    try {
      const reader = openIndexReader(indexFile, { checks });
      opened?.reader.close();
      opened = { reader, identity };
    } catch (error) {
      const fault = indexFault(error);
      if (!(error instanceof IndexUnavailableError) && fault === 'unknown') throw error;
      // Of another release is seen by whoever writes it, and is no damage.
      const isOther = error instanceof IndexUnavailableError && error.reason === 'other-schema';
      if (fault === 'damaged' && !isOther) markDamaged(indexFile, identity, String(error));
      reason = error;
    }
  }

  function ask<Answer>(question: (reader: IndexReader) => Answer): Answer {
    const asked = current();
    try {
      return question(asked.reader);
    } catch (error) {
      const fault = indexFault(error);
      if (!(error instanceof Error) || (fault !== 'damaged' && fault !== 'disk')) throw error;
      if (fault === 'damaged') markDamaged(indexFile, asked.identity, error.message);
      // Opened again after the next look: it may be another by then, or the disk may be there again.
      opened = undefined;
      reason = error;
      asked.reader.close();
      throw unavailable();
    }
  }

  return {
    state: () => ask((reader) => reader.state()),
    terms: (filter) => ask((reader) => reader.terms(filter)),
    versionById: (id) => ask((reader) => reader.versionById(id)),
    versionsOfCommit: (id, limit) => ask((reader) => reader.versionsOfCommit(id, limit)),
    versions: (filter, page) => ask((reader) => reader.versions(filter, page)),
    countVersions: (filter) => ask((reader) => reader.countVersions(filter)),
    termsCounts: (filter) => ask((reader) => reader.termsCounts(filter)),
    dayCounts: (filter) => ask((reader) => reader.dayCounts(filter)),
    versionAt: (serviceId, termsType, date) => ask((reader) => reader.versionAt(serviceId, termsType, date)),
    firstVersion: (serviceId, termsType) => ask((reader) => reader.firstVersion(serviceId, termsType)),
    latestVersion: (serviceId, termsType) => ask((reader) => reader.latestVersion(serviceId, termsType)),
    versionBefore: (version) => ask((reader) => reader.versionBefore(version)),
    neighbours: (version) => ask((reader) => reader.neighbours(version)),
    reasons: (version) => ask((reader) => reader.reasons(version)),
    analysisCounts: () => ask((reader) => reader.analysisCounts()),
    monthCounts: (filter) => ask((reader) => reader.monthCounts(filter)),
    recordedMonths: () => ask((reader) => reader.recordedMonths()),
    snapshotById: (id) => ask((reader) => reader.snapshotById(id)),
    snapshots: (filter, page) => ask((reader) => reader.snapshots(filter, page)),
    search: (query) => ask((reader) => reader.search(query)),
    passageHistory: (serviceId, termsType, passage) =>
      ask((reader) => reader.passageHistory(serviceId, termsType, passage)),
    clause: (clauseId) => ask((reader) => reader.clause(clauseId)),
    mentions: (query) => ask((reader) => reader.mentions(query)),
    changedWording: (...args) => ask((reader) => reader.changedWording(...args)),
    assertOpen: () => void current(),
    look() {
      lookedAt = Number.NEGATIVE_INFINITY;
    },
    close() {
      isClosed = true;
      opened?.reader.close();
      opened = undefined;
      ledger?.close();
    },
  };
}
