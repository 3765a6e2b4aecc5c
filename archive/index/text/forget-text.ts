import type { DatabaseSync } from 'node:sqlite';

/**
 * Takes away the text of terms whose history was rewritten, so that it is made anew from their first version. Inside the
 * caller's transaction. Blocks stay: other terms may hold them, and a search looks at standings only.
 */
export function forgetText(database: DatabaseSync, terms: Iterable<number>): void {
  const standings = database.prepare('DELETE FROM standing WHERE terms = ?');
  const progress = database.prepare('UPDATE terms SET text_seq = 0 WHERE id = ?');
  for (const id of terms) {
    standings.run(id);
    progress.run(id);
  }
}
