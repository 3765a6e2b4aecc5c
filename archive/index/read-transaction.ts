import type { DatabaseSync } from 'node:sqlite';

/**
 * A way to ask several statements of one state of the index: without it, each sees what the writer committed last, such as
 * a rewritten history between the places of versions and the versions themselves. About 5 µs; nobody waits for it.
 */
export function openReadTransaction(database: DatabaseSync): <Answer>(ask: () => Answer) => Answer {
  const begin = database.prepare('BEGIN');
  const end = database.prepare('COMMIT');
  return (ask) => {
    begin.run();
    try {
      return ask();
    } finally {
      // SQLite may have ended it by itself after a fault of the disk.
      if (database.isTransaction) end.run();
    }
  };
}
