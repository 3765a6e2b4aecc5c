import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { HistoryCommit } from '../../git/history.ts';
import { forgetAnalyses } from '../analysis/sides.ts';
import { readMeta, writeMeta } from '../meta.ts';
import { keepFormerRecords, readFormerIds } from './former-records.ts';
import { recordsOf } from './read-record.ts';
import { ACCEPTED, openRecordTable, type RecordsOf } from './record-table.ts';
import { renamesOf } from './renames.ts';
import type { TermsTable } from './terms-table.ts';

/** What became of the rows. */
export interface WrittenRows {
  readonly added: number;
  readonly removed: number;
  /** Terms with rows that came or went. */
  readonly changed: ReadonlySet<number>;
  /** Terms with rows that went. */
  readonly lost: readonly number[];
}

/** Brings rows in accord with a history, commit after commit, inside the caller's transaction. */
export interface RowWriter {
  take(commit: HistoryCommit): void;
  /** After the last commit. */
  finish(): WrittenRows;
}

/**
 * @param isWhole the history comes from its beginning: the rows that are there are compared with it, stay up to the first
 *   difference, and go from there on. Otherwise its records are put after them.
 * @param boundary commits where a shallow clone ends.
 */
export function openRowWriter(
  database: DatabaseSync,
  records: RecordsOf,
  options: { readonly terms: TermsTable; readonly isWhole: boolean; readonly boundary: ReadonlySet<string> },
): RowWriter {
  const { terms, isWhole, boundary } = options;
  const table = openRecordTable(database, records);
  const before = table.highest();
  const changed = new Set<number>();
  const former = readFormerIds(database, records);
  let hasFormer = !former.isEmpty;
  let last = isWhole ? 0 : before;
  let isComparing = isWhole && before > 0;
  let lost: readonly number[] = [];
  let removed = 0;

  function cut(): void {
    isComparing = false;
    removed = before - last;
    lost = table.termsFrom(last + 1);
    keepFormerRecords(database, records, last + 1);
    hasFormer = true;
    table.removeFrom(last + 1);
    for (const id of lost) changed.add(id);
    if (records === 'versions') {
      const counted = Math.min(Number(readMeta(database, 'counted_seq') ?? 0), last);
      writeMeta(database, 'counted_seq', counted === 0 ? undefined : String(counted));
      forgetAnalyses(database, last);
    }
    writeMeta(database, 'epoch', randomUUID());
  }

  return {
    take(commit) {
      if (records === 'versions' && commit.changes.length > 1) {
        for (const { from, to } of renamesOf(commit.changes)) terms.setFormerly(to, from);
      }
      const isBoundary = boundary.has(commit.id);
      for (const record of recordsOf(commit, { accepts: ACCEPTED[records], isBoundary })) {
        const id = terms.idOf(record.path);
        if (isComparing && last < before && !table.holds(last + 1, record, id)) cut();
        if (!isComparing || last >= before) {
          table.insert(last + 1, record, id);
          // A history that was shortened and restored, or put in another order.
          if (hasFormer) former.drop(record.id);
          changed.add(id);
        }
        last++;
      }
    },
    finish() {
      if (isComparing && last < before) cut();
      return { added: last - (before - removed), removed, changed, lost };
    },
  };
}
