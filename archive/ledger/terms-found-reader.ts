import type { Connection } from './connection.ts';
import { date, integer, optionalText, type Row } from './row.ts';

/** What one run found of terms: a version that it recorded, or that they were unchanged. */
export interface TermsFound {
  readonly runId: number;
  readonly date: Date;
  /** undefined: nothing had changed. */
  readonly versionId: string | undefined;
}

/** What later runs found of terms, after a version. */
export interface FoundAfter {
  /** The ledger knows when the version was recorded; otherwise (an adopted archive) its date alone tells what came later. */
  readonly isNoted: boolean;
  /** Oldest first. Failures are left out, and so are upgrades that changed nothing: they fetch nothing. */
  readonly found: readonly TermsFound[];
}

export interface TermsFoundReader {
  foundAfter(
    version: { readonly id: string; readonly serviceId: string; readonly termsType: string; readonly fetchDate: Date },
    limit: number,
  ): FoundAfter;
}

export function createTermsFoundReader(database: Connection): TermsFoundReader {
  const recorded = database.prepare(
    `SELECT o.id, o.run FROM terms t JOIN terms_outcomes o ON o.terms = t.id AND o.version_id = ?3
     WHERE t.service_id = ?1 AND t.terms_type = ?2 ORDER BY o.id DESC LIMIT 1`,
  );
  const found = database.prepare(
    `SELECT o.run, o.date, o.version_id FROM terms t JOIN terms_outcomes o ON o.terms = t.id JOIN runs r ON r.id = o.run
     WHERE t.service_id = ?1 AND t.terms_type = ?2 AND o.id > ?3 AND o.run <> ?4 AND (?3 > 0 OR o.date > ?5)
       AND (o.version_id IS NOT NULL OR (o.status = 'unchanged' AND r.kind <> 'upgrade'))
     ORDER BY o.id LIMIT ?6`,
  );
  return {
    foundAfter({ id, serviceId, termsType, fetchDate }, limit) {
      const own = recorded.get(serviceId, termsType, id);
      const [outcome, run] = own ? [integer(own, 'id'), integer(own, 'run')] : [0, 0];
      const rows = found.all(serviceId, termsType, outcome, run, fetchDate.toISOString(), limit);
      return { isNoted: own !== undefined, found: rows.map(toTermsFound) };
    },
  };
}

const toTermsFound = (row: Row): TermsFound => ({
  runId: integer(row, 'run'),
  date: date(row, 'date'),
  versionId: optionalText(row, 'version_id'),
});
