import type { DatabaseSync } from 'node:sqlite';
import { readMeta, writeMeta } from '../meta.ts';

/** Versions that were passed over because their text could not be read: as if they were not there. */
export interface UnreadVersions {
  has(seq: number): boolean;
  /** Notes how a version was taken; a later one may have the same place, where a history is rewritten. */
  note(seq: number, isUnread: boolean): void;
  /** JSON list of their places. */
  list(): string;
  /** To be called in the transaction that notes the versions as taken. */
  write(): void;
}

export function openUnreadVersions(database: DatabaseSync): UnreadVersions {
  const seqs = new Set<number>(JSON.parse(readMeta(database, 'unread_versions') ?? '[]'));
  let isChanged = false;
  const list = (): string => JSON.stringify([...seqs].sort((a, b) => a - b));
  return {
    has: (seq) => seqs.has(seq),
    note(seq, isUnread) {
      if (seqs.has(seq) === isUnread) return;
      isChanged = true;
      if (isUnread) seqs.add(seq);
      else seqs.delete(seq);
    },
    list,
    write() {
      if (!isChanged) return;
      writeMeta(database, 'unread_versions', seqs.size > 0 ? list() : undefined);
      isChanged = false;
    },
  };
}
