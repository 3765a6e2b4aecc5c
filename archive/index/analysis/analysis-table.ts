import type { DatabaseSync } from 'node:sqlite';
import type { AnalysedChange } from '../../changes/analysis/analysed-change.ts';

/** A version as its analysis is stored with it. */
export interface JudgedVersion {
  readonly seq: number;
  readonly terms: number;
  /** As in `RECORD_KINDS`. */
  readonly kind: number;
  /** Seconds since 1970. */
  readonly fetchDate: number;
}

/** @returns stores one analysis; to be called in the transaction that notes the version as judged. */
export function openAnalysisTable(
  database: DatabaseSync,
  side: number,
): (version: JudgedVersion, change: AnalysedChange) => void {
  const insert = database.prepare(
    `INSERT INTO analysis (side, seq, terms, kind, fetch_date, class, state, is_alert, is_told, significance, topics,
       language, words_added, words_removed, stated_dates, undoes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertTopic = database.prepare('INSERT OR IGNORE INTO analysis_topic VALUES (?, ?, ?)');
  const insertReasons = database.prepare('INSERT INTO analysis_reasons VALUES (?, ?, ?)');
  return ({ seq, terms, kind, fetchDate }, change) => {
    const { alert, undoes, topics } = change;
    insert.run(
      side,
      seq,
      terms,
      kind,
      fetchDate,
      change.class,
      change.state,
      Number(alert),
      Number(alert || undoes.length > 0),
      Math.round(change.significance * 100),
      topics?.join(' ') ?? null,
      change.language ?? null,
      change.wordsAdded,
      change.wordsRemoved,
      listOrNull(change.statedDates),
      listOrNull(undoes),
    );
    for (const topic of topics ?? []) insertTopic.run(side, topic, seq);
    if (change.reasons.length > 0) insertReasons.run(side, seq, JSON.stringify(change.reasons));
  };
}

const listOrNull = (list: readonly unknown[]): string | null => (list.length > 0 ? JSON.stringify(list) : null);
