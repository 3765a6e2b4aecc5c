import type { DatabaseSync } from 'node:sqlite';

/** Keeps an answer until another connection has written (`PRAGMA data_version` tells). */
export function keptWhileUnwritten(database: DatabaseSync) {
  const version = database.prepare('PRAGMA data_version');
  return <Answer>(ask: () => Answer): (() => Answer) => {
    let answer: { readonly value: Answer; readonly at: unknown } | undefined;
    return () => {
      const at = version.get()?.data_version;
      // Asked for before the answer: one that is written meanwhile is asked for again.
      if (!answer || answer.at !== at) answer = { value: ask(), at };
      return answer.value;
    };
  };
}
