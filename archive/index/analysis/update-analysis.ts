import type { DatabaseSync } from 'node:sqlite';
import { ANALYSIS_RULES } from '../../changes/analysis/analyse-change.ts';
import type { AnalysedChange } from '../../changes/analysis/analysed-change.ts';
import { createAnalyser } from '../../changes/analysis/analyser.ts';
import { createContents, type ReadBlob } from '../contents.ts';
import { openAnalysisStore } from './analysis-store.ts';
import { type JudgedVersion, openAnalysisTable } from './analysis-table.ts';
import { readVersionsToJudge, type VersionToJudge } from './pending-analyses.ts';
import { serveSide, sideToJudge } from './sides.ts';

/** Versions and milliseconds after which what waits is written in one transaction. */
const MOST_WAITING = 1_000;
const LONGEST_WAIT = 2_000;
/** Versions whose rows are read at once. */
const ROWS_AT_ONCE = 500;
/** Milliseconds between two tidings, at least. */
const PROGRESS_INTERVAL = 100;

export interface AnalysisProgress {
  /** Versions judged, of those that were not when this began. */
  readonly done: number;
  readonly total: number;
}

export interface AnalysisSettings {
  /** Version of the rules; other than of those with which the index was made: all is judged anew, beside. */
  readonly rules?: number | undefined;
  /** Versions whose analyses are written in one transaction; default 1,000. */
  readonly versionsAtOnce?: number | undefined;
}

export interface AnalysisUpdateOptions extends AnalysisSettings {
  readonly signal?: AbortSignal | undefined;
  /** Called after every write, and in between. */
  readonly onProgress?: ((progress: AnalysisProgress) => void) | undefined;
  /** Called for each version whose text could not be read. */
  readonly onUnread?: ((seq: number, why: string) => void) | undefined;
  /** As that of `createContents`. */
  readonly assertReadable?: (() => Promise<unknown>) | undefined;
}

/**
 * Judges all versions that are not judged yet, in commit order over all terms. It is the same for a whole archive and for
 * one new record, and can be ended at any moment: `judging.seq` tells how far the rows and what is remembered are, and
 * changes only together with them.
 *
 * Where the rules are others than those of the analyses that are there, or their history was rewritten, all changes are
 * judged anew beside, while readers are answered from the former ones; in the end all readers get the new ones at once.
 * Versions that come meanwhile have no analysis until then.
 *
 * No transaction is open while a text is being read, so that the connection can be used in between; but rows of versions
 * must not come or go until it has ended.
 *
 * @throws the signal's reason, or what hindered all reading; after what was judged is written.
 */
export async function updateAnalysis(
  database: DatabaseSync,
  readBlob: ReadBlob,
  options: AnalysisUpdateOptions = {},
): Promise<AnalysisProgress> {
  const { signal, onProgress, onUnread, rules = ANALYSIS_RULES, versionsAtOnce = MOST_WAITING } = options;
  const { side, isServed, seq: from } = sideToJudge(database, rules);
  const highest = Number(database.prepare('SELECT max(seq) AS seq FROM version').get()?.seq ?? 0);
  const total = Math.max(0, highest - from);
  let current = from;
  const contents = createContents(readBlob, options.assertReadable);
  const store = openAnalysisStore(database, { side, isEmpty: from === 0 });
  const analyser = createAnalyser({
    store,
    async read(blob) {
      const content = await contents.read(blob);
      if (typeof content !== 'string') return content;
      onUnread?.(current, content);
      return undefined;
    },
  });
  const insert = openAnalysisTable(database, side);
  const setSeq = database.prepare('UPDATE judging SET seq = ? WHERE side = ?');
  let waiting: (readonly [JudgedVersion, AnalysedChange])[] = [];
  let judged = from;
  let written = from;
  let writtenAt = performance.now();
  let told = writtenAt;

  function write(): void {
    database.exec('BEGIN IMMEDIATE');
    try {
      for (const [version, change] of waiting) insert(version, change);
      store.write();
      setSeq.run(judged, side);
      database.exec('COMMIT');
    } catch (error) {
      // SQLite may have rolled back by itself, as on a full disk.
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
    waiting = [];
    written = judged;
    writtenAt = performance.now();
    tell();
  }

  function tell(): void {
    told = performance.now();
    onProgress?.({ done: judged - from, total });
  }

  async function judge(version: VersionToJudge): Promise<void> {
    current = version.seq;
    const change = await analyser.judge({
      commit: version.commit,
      path: version.path,
      blob: version.blob,
      date: version.fetchDate * 1000,
      isTechnicalUpgrade: version.isTechnicalUpgrade,
    });
    if (change) waiting.push([version, change]);
    judged = version.seq;
  }

  try {
    for (const versions of readVersionsToJudge(database, from, ROWS_AT_ONCE)) {
      contents.expect(
        versions.map(({ blob }) => blob),
        analyser.knows,
      );
      for (const version of versions) {
        signal?.throwIfAborted();
        await judge(version);
        const now = performance.now();
        if (judged - written >= versionsAtOnce || now - writtenAt >= LONGEST_WAIT) write();
        else if (now - told >= PROGRESS_INTERVAL) tell();
      }
    }
  } catch (error) {
    // Nothing of a version is remembered before it can be judged, so what waits is whole.
    if (judged > written) write();
    throw error;
  }
  if (judged > written) write();
  if (!isServed) serveSide(database, side);
  return { done: judged - from, total };
}
