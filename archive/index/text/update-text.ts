import type { DatabaseSync } from 'node:sqlite';
import type { ReadBlob } from '../contents.ts';
import { createBlockStore } from './block-store.ts';
import { createFamilyText } from './family-text.ts';
import { removeOrphans } from './forget-text.ts';
import { countPending, pendingFamilies } from './pending-versions.ts';
import { createStandingStore } from './standing-store.ts';
import { openUnreadVersions } from './unread-versions.ts';
import { createVersionTexts } from './version-texts.ts';

/** Characters of new blocks, and changed standings, after which what waits is written in one transaction. */
const MOST_CHARACTERS_WAITING = 8_000_000;
const MOST_STANDINGS_WAITING = 50_000;

/** Milliseconds between two tidings, at least. */
const PROGRESS_INTERVAL = 100;

export interface TextProgress {
  /** Versions whose text was read, of those that were not stored when the update began. */
  readonly done: number;
  readonly total: number;
}

/** Versions that cannot be searched. */
export interface UnreadText {
  readonly count: number;
  /** Place of the first of them, and what is wrong with its text. */
  readonly seq: number;
  readonly why: string;
}

export interface TextUpdateOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called after every write, and in between. */
  readonly onProgress?: ((progress: TextProgress) => void) | undefined;
  /** Called once in the end, or when it is ended, where versions were passed over: their text could not be read. */
  readonly onUnread?: ((unread: UnreadText) => void) | undefined;
  /** As that of `createContents`. */
  readonly assertReadable?: (() => Promise<unknown>) | undefined;
  /** Characters of new blocks after which they are written; default 8 million. */
  readonly charactersAtOnce?: number | undefined;
}

/**
 * Stores the blocks of all versions whose text is not stored yet: terms after terms, the oldest version first. It is the
 * same for a whole archive and for one new record, and can be ended at any moment: `terms.text_seq` tells how far the
 * rows are, and changes only together with them.
 *
 * No transaction is open while a text is being read, so that the connection can be used in between; but nothing else may
 * write blocks, standings or `text_seq` until it has ended.
 *
 * @throws the signal's reason, or what hindered all reading; after what was read is written. A version whose text alone
 *   cannot be read is passed over and not tried again.
 */
export async function updateText(
  database: DatabaseSync,
  readBlob: ReadBlob,
  { signal, onProgress, onUnread, assertReadable, charactersAtOnce = MOST_CHARACTERS_WAITING }: TextUpdateOptions = {},
): Promise<TextProgress> {
  const total = countPending(database);
  const blocks = createBlockStore(database);
  const standings = createStandingStore(database);
  const unread = openUnreadVersions(database);
  let firstUnread: Omit<UnreadText, 'count'> | undefined;
  let unreadCount = 0;
  let current = 0;
  const texts = createVersionTexts(readBlob, {
    assertReadable,
    onUnread(seq, why) {
      // Not one that was read before and is needed again.
      if (seq !== current) return;
      firstUnread ??= { seq, why };
      unreadCount++;
    },
  });
  const setTextSeq = database.prepare('UPDATE terms SET text_seq = ? WHERE id = ?');
  const taken = new Map<number, number>();
  let done = 0;
  let told = performance.now();

  function write(): void {
    database.exec('BEGIN IMMEDIATE');
    try {
      blocks.write();
      standings.write();
      unread.write();
      for (const [terms, seq] of taken) setTextSeq.run(seq, terms);
      if (done === total) removeOrphans(database);
      database.exec('COMMIT');
    } catch (error) {
      // SQLite may have rolled back by itself, as on a full disk.
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
    taken.clear();
    if (total > 0) tell();
  }

  function tell(): void {
    told = performance.now();
    onProgress?.({ done, total });
  }

  async function takeAll(): Promise<void> {
    for (const { terms, versions } of pendingFamilies(database)) {
      const family = createFamilyText(database, terms, { blocks, standings, texts, unread });
      texts.expect(versions);
      for (const version of versions) {
        current = version.seq;
        try {
          await family.take(version);
        } catch (error) {
          // Reading comes before anything of a version is changed, so what waits is whole.
          if (taken.size > 0) write();
          throw error;
        }
        taken.set(version.terms, version.seq);
        done++;
        if (performance.now() - told >= PROGRESS_INTERVAL) tell();
        if (signal?.aborted || blocks.waiting >= charactersAtOnce || standings.waiting >= MOST_STANDINGS_WAITING)
          write();
        signal?.throwIfAborted();
      }
      standings.release();
    }
  }

  try {
    await takeAll();
    if (taken.size > 0 || total === 0) write();
  } finally {
    if (firstUnread) onUnread?.({ ...firstUnread, count: unreadCount });
  }
  return { done, total };
}
