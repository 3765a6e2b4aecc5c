import { statSync } from 'node:fs';
import { openLateLedger } from '../../archive/collections/late-ledger.ts';
import { QuerySyntaxError } from '../../archive/index/index-error.ts';
import type { IndexReader } from '../../archive/index/index-reader.ts';
import { openIndexReader } from '../../archive/index/open-reader.ts';
import { rememberChecks } from '../../archive/ledger/remembered-checks.ts';
import type { QuerySource } from './query-pool.ts';

interface OpenReader {
  readonly reader: IndexReader;
  readonly identity: string;
  close(): void;
}

/** A thread's own connections to the indexes, one for each, opened when first asked. */
export interface ThreadReaders {
  /** @throws IndexUnavailableError where there is no index to read. */
  with<Result>(source: QuerySource, ask: (reader: IndexReader) => Result): Result;
}

export function createThreadReaders(): ThreadReaders {
  const open = new Map<string, OpenReader>();
  const forget = (file: string): void => {
    open.get(file)?.close();
    open.delete(file);
  };
  return {
    with(source, ask) {
      const { indexFile } = source;
      const identity = identityOf(indexFile);
      if (open.get(indexFile)?.identity !== identity) forget(indexFile);
      const connection = open.get(indexFile) ?? openReader(source, identity);
      open.set(indexFile, connection);
      try {
        return ask(connection.reader);
      } catch (error) {
        // A connection that failed is not asked again: its file may be damaged, or be replaced just now.
        if (!(error instanceof QuerySyntaxError)) forget(indexFile);
        throw error;
      }
    },
  };
}

function openReader({ indexFile, ledgerFile }: QuerySource, identity: string): OpenReader {
  // What is wrong with a ledger is told by the collection, which has it open as well.
  const ledger = ledgerFile === undefined ? undefined : openLateLedger(ledgerFile, { onProblem: () => undefined });
  const checks = ledger && rememberChecks(() => ledger.current());
  const reader = openIndexReader(indexFile, { checks });
  return {
    reader,
    identity,
    close() {
      reader.close();
      ledger?.close();
    },
  };
}

/** Changes when the file is replaced. A file that is held open keeps its number, so that no other can have it. */
function identityOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.dev}:${stat.ino}` : 'none';
}
