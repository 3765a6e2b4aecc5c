import type { Check, SuccessfulCheck } from './check.ts';
import { CHECK_COLUMNS, toCheck } from './check-row.ts';
import { type ChecksByMonthReader, createChecksByMonthReader } from './checks-by-month-reader.ts';
import type { Connection } from './connection.ts';
import type { Extraction, ExtractionFailureReason } from './extraction.ts';
import { date, integer, json, numbers, oneOf, optionalText, orNull, type Row, text } from './row.ts';
import type { NotedSizes, Run } from './run.ts';
import { toRun } from './run-row.ts';
import { createSecondFetchReader, type SecondFetchReader } from './second-fetch-reader.ts';
import { createTermsCheckedReader, type TermsCheckedReader } from './terms-checked-reader.ts';
import { createTermsChecksReader, type TermsChecksReader } from './terms-checks-reader.ts';
import { createTermsFoundReader, type TermsFoundReader } from './terms-found-reader.ts';
import { createTermsOutcomeReader, type TermsOutcomeReader } from './terms-outcome-reader.ts';
import { createTrackingStateReader, type TrackingStateReader } from './tracking-state-reader.ts';

/** What can be asked of the ledger. Times are Dates; lists are in the order of time unless said otherwise. */
export interface LedgerReader
  extends TermsOutcomeReader,
    TermsChecksReader,
    TermsCheckedReader,
    ChecksByMonthReader,
    TermsFoundReader,
    TrackingStateReader,
    SecondFetchReader {
  /** The latest extraction of these terms, failed ones included. */
  lastExtraction(serviceId: string, termsType: string): Extraction | undefined;
  /** The last one that gave a version, whether it was recorded then or before. */
  lastSuccessfulExtraction(serviceId: string, termsType: string): Extraction | undefined;
  /**
   * The latest check of this source document that the service answered, whatever its location was then: validators may
   * be sent again only where `location` is still the declared one.
   */
  lastSuccessfulCheck(
    serviceId: string,
    termsType: string,
    documentId: string | undefined,
  ): SuccessfulCheck | undefined;
  /** Checks from `since` (inclusive) until `until` (exclusive), at most `limit` (default 1,000). */
  checksBetween(range: ChecksRange): Check[];
  lastRun(kind?: string): Run | undefined;
  /** Rows of the ledger. */
  counts(): { readonly runs: number; readonly checks: number; readonly failedChecks: number; readonly terms: number };
  /** Sizes noted at runs since a moment, oldest first. */
  growth(since: Date): NotedSizes[];
}

export interface ChecksRange {
  readonly since: Date;
  readonly until: Date;
  readonly serviceId?: string | undefined;
  readonly termsType?: string | undefined;
  readonly limit?: number | undefined;
}

const EXTRACTION_FAILURES: readonly ExtractionFailureReason[] = ['no-match', 'empty', 'unreadable'];

export function createReader(database: Connection): LedgerReader {
  const extraction = database.prepare(
    `SELECT e.* FROM extractions e JOIN terms t ON t.id = e.terms
     WHERE t.service_id = ? AND t.terms_type = ? ORDER BY e.id DESC LIMIT 1`,
  );
  const successfulExtraction = database.prepare(
    `SELECT e.* FROM extractions e JOIN terms t ON t.id = e.terms
     WHERE t.service_id = ? AND t.terms_type = ? AND e.version_id IS NOT NULL ORDER BY e.id DESC LIMIT 1`,
  );
  // One look into the index for each location that the document ever had, however long it has been failing.
  const successful = database.prepare(
    `SELECT ${CHECK_COLUMNS} FROM source_documents d
     JOIN terms t ON t.id = d.terms
     JOIN checks c ON c.id = (SELECT max(id) FROM checks WHERE source_document = d.id AND outcome <> 'failed')
     WHERE t.service_id = ? AND t.terms_type = ? AND d.document_id IS ? ORDER BY c.id DESC LIMIT 1`,
  );
  const between = database.prepare(
    `SELECT ${CHECK_COLUMNS} FROM checks c
     JOIN source_documents d ON d.id = c.source_document JOIN terms t ON t.id = d.terms
     WHERE c.checked_at >= ?1 AND c.checked_at < ?2
       AND (?3 IS NULL OR t.service_id = ?3) AND (?4 IS NULL OR t.terms_type = ?4)
     ORDER BY c.checked_at, c.id LIMIT ?5`,
  );
  const run = database.prepare('SELECT * FROM runs WHERE ?1 IS NULL OR kind = ?1 ORDER BY id DESC LIMIT 1');
  const counts = database.prepare(
    `SELECT (SELECT count(*) FROM runs) AS runs, (SELECT count(*) FROM checks) AS checks,
       (SELECT count(*) FROM checks WHERE outcome = 'failed') AS failed, (SELECT count(*) FROM terms) AS terms`,
  );
  const sizes = database.prepare(
    `SELECT run, max(date) AS date, json_group_object(part, bytes) AS sizes FROM sizes
     GROUP BY run HAVING max(date) >= ? ORDER BY run`,
  );

  return {
    ...createTermsOutcomeReader(database),
    ...createTrackingStateReader(database),
    ...createTermsChecksReader(database),
    ...createTermsCheckedReader(database),
    ...createChecksByMonthReader(database),
    ...createTermsFoundReader(database),
    ...createSecondFetchReader(database),
    lastExtraction(serviceId, termsType) {
      const row = extraction.get(serviceId, termsType);
      return row && toExtraction(serviceId, termsType, row);
    },
    lastSuccessfulExtraction(serviceId, termsType) {
      const row = successfulExtraction.get(serviceId, termsType);
      return row && toExtraction(serviceId, termsType, row);
    },
    lastSuccessfulCheck(serviceId, termsType, documentId) {
      const row = successful.get(serviceId, termsType, orNull(documentId));
      const check = row && toCheck(row);
      return check && check.outcome !== 'failed' ? check : undefined;
    },
    checksBetween({ since, until, serviceId, termsType, limit = 1_000 }) {
      return between
        .all(since.toISOString(), until.toISOString(), orNull(serviceId), orNull(termsType), limit)
        .map(toCheck);
    },
    lastRun(kind) {
      const row = run.get(orNull(kind));
      return row && toRun(row);
    },
    counts() {
      const row = counts.get() ?? {};
      return {
        runs: integer(row, 'runs'),
        checks: integer(row, 'checks'),
        failedChecks: integer(row, 'failed'),
        terms: integer(row, 'terms'),
      };
    },
    growth: (since) =>
      sizes.all(since.toISOString()).map((row) => ({
        runId: integer(row, 'run'),
        date: date(row, 'date'),
        sizes: numbers(json(row, 'sizes')),
      })),
  };
}

function toExtraction(serviceId: string, termsType: string, row: Row): Extraction {
  const snapshotIds = json(row, 'snapshot_ids');
  if (!Array.isArray(snapshotIds)) throw new TypeError('Column snapshot_ids holds no array');
  const reason = optionalText(row, 'failure_reason');
  return {
    serviceId,
    termsType,
    snapshotIds: snapshotIds.map(String),
    declarationHash: text(row, 'declaration_hash'),
    rulesVersion: integer(row, 'rules_version'),
    versionId: optionalText(row, 'version_id'),
    failure:
      reason === undefined
        ? undefined
        : { reason: oneOf(row, 'failure_reason', EXTRACTION_FAILURES), message: text(row, 'failure_message') },
    date: date(row, 'date'),
  };
}
