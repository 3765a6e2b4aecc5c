import type { Check } from './check.ts';
import { CHECK_COLUMNS, toCheck } from './check-row.ts';
import type { Connection } from './connection.ts';
import { integer, orNull } from './row.ts';

/** A check and its place in the ledger: later ones have higher ids. */
export interface NumberedCheck {
  readonly id: number;
  readonly check: Check;
}

export interface TermsChecksReader {
  /** Checks of one terms' source documents, newest first; `before`: only those with a lower id, for the next part. */
  checksOfTerms(range: {
    readonly serviceId: string;
    readonly termsType: string;
    readonly outcome?: 'failed' | 'succeeded' | undefined;
    readonly since?: Date | undefined;
    readonly until?: Date | undefined;
    readonly before?: number | undefined;
    readonly limit: number;
  }): NumberedCheck[];
}

export function createTermsChecksReader(database: Connection): TermsChecksReader {
  const newest = database.prepare(
    `SELECT ${CHECK_COLUMNS}, c.id AS check_id FROM terms t
     JOIN source_documents d ON d.terms = t.id JOIN checks c ON c.source_document = d.id
     WHERE t.service_id = ?1 AND t.terms_type = ?2 AND (?3 IS NULL OR (c.outcome = 'failed') = (?3 = 'failed'))
       AND (?4 IS NULL OR c.checked_at >= ?4) AND (?5 IS NULL OR c.checked_at < ?5) AND (?6 IS NULL OR c.id < ?6)
     ORDER BY c.id DESC LIMIT ?7`,
  );
  return {
    checksOfTerms: ({ serviceId, termsType, outcome, since, until, before, limit }) =>
      newest
        .all(
          serviceId,
          termsType,
          orNull(outcome),
          orNull(since?.toISOString()),
          orNull(until?.toISOString()),
          orNull(before),
          limit,
        )
        .map((row) => ({ id: integer(row, 'check_id'), check: toCheck(row) })),
  };
}
