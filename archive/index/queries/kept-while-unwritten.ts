import type { DatabaseSync } from 'node:sqlite';
import { openReadTransaction } from '../read-transaction.ts';

/**
 * Keeps an answer until another connection has written (`PRAGMA data_version` tells). The statements of a new answer are
 * asked of one state; whether a kept one holds needs no transaction, and every request asks.
 */
export function keptWhileUnwritten(database: DatabaseSync) {
  const inOneState = openReadTransaction(database);
  const version = database.prepare('PRAGMA data_version');
  return <Answer>(ask: () => Answer): (() => Answer) => {
    let answer: { readonly value: Answer; readonly at: unknown } | undefined;
    return () => {
      const at = version.get()?.data_version;
      // Asked for before the answer: one that is written meanwhile is asked for again.
      if (!answer || answer.at !== at) answer = { value: database.isTransaction ? ask() : inOneState(ask), at };
      return answer.value;
    };
  };
}
