import type { DatabaseSync } from 'node:sqlite';
import { indexedWords } from './indexed-words.ts';

/**
 * Takes away the text of terms whose history was rewritten, so that it is made anew from their first version; inside the
 * caller's transaction. Terms that continue each other under other names have to be given together.
 *
 * Blocks stay for now, since most of them come back with the new history; {@link removeOrphans} takes away what did not.
 */
export function forgetText(database: DatabaseSync, terms: Iterable<number>): void {
  const standings = database.prepare('DELETE FROM standing WHERE terms = ?');
  const progress = database.prepare('UPDATE terms SET text_seq = 0 WHERE id = ?');
  let removed = 0;
  for (const id of terms) {
    removed += Number(standings.run(id).changes);
    progress.run(id);
  }
  if (removed > 0) database.exec("INSERT OR REPLACE INTO meta VALUES ('orphans', 'possible')");
}

/**
 * Removes blocks that stand nowhere any more, with their entries for the search, where a text was forgotten since the
 * last time; inside the caller's transaction, when all text is stored.
 *
 * @returns how many blocks were removed
 */
export function removeOrphans(database: DatabaseSync): number {
  if (!database.prepare("SELECT 1 FROM meta WHERE key = 'orphans'").get()) return 0;
  // The heading above a block stands in the same terms, so that it is no orphan while the block is none.
  const orphans = database
    .prepare('SELECT id, text FROM block b WHERE NOT EXISTS (SELECT 1 FROM standing s WHERE s.block = b.id)')
    .all();
  const words = database.prepare("INSERT INTO block_words (block_words, rowid, text) VALUES ('delete', ?, ?)");
  const hasTrigrams = database.prepare('SELECT 1 FROM block_trigrams_docsize WHERE id = ?');
  const trigrams = database.prepare("INSERT INTO block_trigrams (block_trigrams, rowid, text) VALUES ('delete', ?, ?)");
  const block = database.prepare('DELETE FROM block WHERE id = ?');
  for (const row of orphans) {
    const [id, text] = [Number(row.id), String(row.text)];
    words.run(id, indexedWords(text));
    if (hasTrigrams.get(id)) trigrams.run(id, text);
    block.run(id);
  }
  database.exec("DELETE FROM meta WHERE key = 'orphans'");
  return orphans.length;
}
