import type { DatabaseSync } from 'node:sqlite';
import type { TermsName } from '../indexed-record.ts';

/** Names of terms and what is counted of them, for the one writer inside its transaction. */
export interface TermsTable {
  /** The row of these terms, made where there is none. */
  idOf(name: TermsName): number;
  /** Notes that terms are the continuation of others; a later note wins. */
  setFormerly(name: TermsName, former: TermsName): void;
  forgetFormerly(): void;
  /** Counts the records of these terms anew. */
  recount(terms: Iterable<number>): void;
  /** Takes away terms that nothing refers to any more. */
  removeUnused(): void;
}

const RECOUNT = `UPDATE terms SET (versions, first_records, technical_upgrades, first_seq, latest_seq, snapshots) = (
    SELECT count(*), ifnull(sum(kind = 0), 0), ifnull(sum(kind = 2), 0), min(seq), max(seq),
      (SELECT count(*) FROM snapshot WHERE terms = ?1)
    FROM version WHERE terms = ?1)
  WHERE id = ?1`;

const REMOVE_UNUSED = `DELETE FROM terms WHERE versions = 0 AND snapshots = 0 AND formerly IS NULL
  AND id NOT IN (SELECT formerly FROM terms WHERE formerly IS NOT NULL)
  AND id NOT IN (SELECT terms FROM former_version) AND id NOT IN (SELECT terms FROM former_snapshot)`;

export function openTermsTable(database: DatabaseSync): TermsTable {
  const insert = database.prepare('INSERT INTO terms (service_id, terms_type) VALUES (?, ?)');
  const formerly = database.prepare('UPDATE terms SET formerly = ? WHERE id = ?');
  const recount = database.prepare(RECOUNT);
  const find = database.prepare('SELECT id FROM terms WHERE service_id = ? AND terms_type = ?');
  const ids = new Map<string, number>();

  const table: TermsTable = {
    idOf({ serviceId, termsType }) {
      // NUL cannot be in a path.
      const key = `${serviceId}\0${termsType}`;
      const known = ids.get(key) ?? find.get(serviceId, termsType)?.id;
      const id = Number(known ?? insert.run(serviceId, termsType).lastInsertRowid);
      ids.set(key, id);
      return id;
    },
    setFormerly(name, former) {
      formerly.run(table.idOf(former), table.idOf(name));
    },
    forgetFormerly() {
      database.exec('UPDATE terms SET formerly = NULL WHERE formerly IS NOT NULL');
    },
    recount(terms) {
      for (const id of terms) recount.run(id);
    },
    removeUnused() {
      database.exec(REMOVE_UNUSED);
    },
  };
  return table;
}
