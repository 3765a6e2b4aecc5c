import { createConnection } from './connection.ts';
import { endInterruptedRuns } from './interrupted-runs.ts';
import { openForReading, openForWriting } from './open-database.ts';
import { createReader, type LedgerReader } from './reader.ts';
import { createWriter, type LedgerWriter } from './writer.ts';

/** The ledger as everybody but its writer has it. All methods are synchronous and throw LedgerError. */
export interface ReadOnlyLedger extends LedgerReader {
  close(): void;
}

/** The ledger as its one writer has it: every check and its outcome, append-only. */
export interface Ledger extends ReadOnlyLedger, LedgerWriter {}

/**
 * Opens the ledger. For writing, it is made or migrated where needed, and runs that a killed process left without an
 * end are marked `interrupted`; whoever writes has to hold the writer's lock. Reading never waits for the writer and
 * never holds it up.
 *
 * @throws LedgerError where the file is missing (for reading), damaged, another program's, or of another schema; it is
 *   left as it is then.
 */
export function openLedger(file: string, options?: { readonly readOnly?: false }): Ledger;
export function openLedger(file: string, options: { readonly readOnly: true }): ReadOnlyLedger;
export function openLedger(file: string, { readOnly = false } = {}): ReadOnlyLedger {
  const database = createConnection(readOnly ? openForReading(file) : openForWriting(file), file);
  const { close } = database;
  try {
    const reader = { ...createReader(database), close };
    if (readOnly) return reader;
    endInterruptedRuns(database);
    return { ...reader, ...createWriter(database) };
  } catch (error) {
    close();
    throw error;
  }
}
