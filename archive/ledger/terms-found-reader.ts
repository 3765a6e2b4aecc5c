import type { Connection } from './connection.ts';
import { date, integer, optionalText, type Row } from './row.ts';

interface TermsName {
  readonly serviceId: string;
  readonly termsType: string;
}

/** What one run found of terms: a version that it recorded, or that they were unchanged. */
export interface TermsFound {
  readonly runId: number;
  readonly date: Date;
  /** undefined: nothing had changed. */
  readonly versionId: string | undefined;
}

/** The entry of a run that recorded a version. */
export interface RecordedIn {
  readonly outcomeId: number;
  readonly runId: number;
}

/** What became of versions in later runs. All answers take a look or two into an index. */
export interface TermsFoundReader {
  /** undefined: the version is older than the ledger, as in adopted archives, or than its entries. */
  recordedIn(version: TermsName & { readonly id: string }): RecordedIn | undefined;
  /**
   * What runs found of terms after an entry, or after a date, oldest first. Failures are left out, and so are upgrades that
   * changed nothing: they fetch nothing.
   */
  foundAfter(terms: TermsName, after: RecordedIn | Date, limit: number): TermsFound[];
  /** Of the first and the last entry for terms; undefined: there is none. */
  entriesOf(terms: TermsName): { readonly firstDate: Date; readonly lastId: number } | undefined;
}

export function createTermsFoundReader(database: Connection): TermsFoundReader {
  const recorded = database.prepare(
    `SELECT o.id, o.run FROM terms t JOIN terms_outcomes o ON o.terms = t.id AND o.version_id = ?3
     WHERE t.service_id = ?1 AND t.terms_type = ?2 ORDER BY o.id DESC LIMIT 1`,
  );
  const found = database.prepare(
    `SELECT o.run, o.date, o.version_id FROM terms t JOIN terms_outcomes o ON o.terms = t.id JOIN runs r ON r.id = o.run
     WHERE t.service_id = ?1 AND t.terms_type = ?2 AND o.id > ?3 AND o.run <> ?4 AND o.date > ?5
       AND (o.version_id IS NOT NULL OR (o.status = 'unchanged' AND r.kind <> 'upgrade'))
     ORDER BY o.id LIMIT ?6`,
  );
  const entries = database.prepare(
    `SELECT (SELECT date FROM terms_outcomes WHERE terms = t.id ORDER BY id LIMIT 1) AS first_date,
       (SELECT max(id) FROM terms_outcomes WHERE terms = t.id) AS last_id
     FROM terms t WHERE t.service_id = ? AND t.terms_type = ?`,
  );
  return {
    recordedIn({ serviceId, termsType, id }) {
      const row = recorded.get(serviceId, termsType, id);
      return row && { outcomeId: integer(row, 'id'), runId: integer(row, 'run') };
    },
    foundAfter({ serviceId, termsType }, after, limit) {
      const bounds = after instanceof Date ? [0, 0, after.toISOString()] : [after.outcomeId, after.runId, ''];
      return found.all(serviceId, termsType, ...bounds, limit).map(toTermsFound);
    },
    entriesOf({ serviceId, termsType }) {
      const row = entries.get(serviceId, termsType);
      if (!row || row.last_id === null) return undefined;
      return { firstDate: date(row, 'first_date'), lastId: integer(row, 'last_id') };
    },
  };
}

const toTermsFound = (row: Row): TermsFound => ({
  runId: integer(row, 'run'),
  date: date(row, 'date'),
  versionId: optionalText(row, 'version_id'),
});
