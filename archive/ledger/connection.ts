import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { naming } from './ledger-error.ts';
import type { Row } from './row.ts';

/** An open ledger whose errors name its file and the next step. */
export interface Connection {
  readonly file: string;
  prepare(sql: string): Statement;
  exec(sql: string): void;
  /** All or nothing: an entry never stands there without the names that it refers to. */
  together(work: () => void): void;
  close(): void;
}

interface Statement {
  /** The first row. */
  get(...parameters: SQLInputValue[]): Row | undefined;
  all(...parameters: SQLInputValue[]): Row[];
  /** @returns how many rows were changed */
  run(...parameters: SQLInputValue[]): number;
}

export function createConnection(database: DatabaseSync, file: string): Connection {
  const exec = (sql: string): void => naming(file, () => database.exec(sql));
  return {
    file,
    exec,
    prepare(sql) {
      const statement = naming(file, () => database.prepare(sql));
      return {
        get: (...parameters) => naming(file, () => statement.get(...parameters)),
        all: (...parameters) => naming(file, () => statement.all(...parameters)),
        run: (...parameters) => naming(file, () => Number(statement.run(...parameters).changes)),
      };
    },
    together(work) {
      exec('BEGIN IMMEDIATE');
      try {
        work();
        exec('COMMIT');
      } catch (error) {
        // SQLite may have rolled back by itself, as on a full disk.
        if (database.isTransaction) exec('ROLLBACK');
        throw error;
      }
    },
    close: () => database.close(),
  };
}
