import type { Check } from './check.ts';
import type { Connection } from './connection.ts';
import type { Extraction } from './extraction.ts';
import { LedgerError } from './ledger-error.ts';
import { integer, orNull } from './row.ts';
import type { NotedSizes, RunEnd, RunStart } from './run.ts';
import type { SecondFetch } from './second-fetch.ts';
import type { NotedTermsOutcome } from './terms-outcome.ts';

/** What can be entered in the ledger. What a method has returned from survives a kill of the process. */
export interface LedgerWriter {
  /** @returns the run's id */
  startRun(run: RunStart): number;
  /** Ends a run; on return all of it survives a loss of power too. */
  endRun(end: RunEnd): void;
  recordCheck(check: Check): void;
  recordTermsOutcome(outcome: NotedTermsOutcome): void;
  recordExtraction(extraction: Extraction): void;
  /** Twice: when it is planned (`awaited`), and when it is done. */
  recordSecondFetch(secondFetch: SecondFetch): void;
  /** Once a run. */
  recordSizes(sizes: NotedSizes): void;
}

export function createWriter(database: Connection): LedgerWriter {
  const startRun = database.prepare(
    `INSERT INTO runs (kind, started_at, engine_version, services, terms, schedule, declarations_commit)
     VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
  );
  const endRun = database.prepare(
    'UPDATE runs SET ended_at = ?, status = ?, counts = ? WHERE id = ? AND ended_at IS NULL',
  );
  const findTerms = database.prepare('SELECT id FROM terms WHERE service_id = ? AND terms_type = ?');
  const addTerms = database.prepare('INSERT INTO terms (service_id, terms_type) VALUES (?, ?) RETURNING id');
  const findDocument = database.prepare(
    "SELECT id FROM source_documents WHERE terms = ? AND ifnull(document_id, '') = ifnull(?, '') AND location = ?",
  );
  const addDocument = database.prepare(
    'INSERT INTO source_documents (terms, document_id, location) VALUES (?, ?, ?) RETURNING id',
  );
  const addCheck = database.prepare(
    `INSERT INTO checks (run, source_document, checked_at, outcome, attempt, duration_ms, snapshot_id, fetcher, mime_type,
       etag, last_modified, stage, reason, message, http_status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addOutcome = database.prepare(
    'INSERT INTO terms_outcomes (run, terms, status, version_id, failures, date) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const addExtraction = database.prepare(
    `INSERT INTO extractions (terms, snapshot_ids, declaration_hash, rules_version, version_id, failure_reason,
       failure_message, date) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addSecondFetch = database.prepare(
    `INSERT INTO second_fetches (run, terms, version_id, date, outcome, found, reason, message)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addSize = database.prepare('INSERT INTO sizes (run, part, bytes, date) VALUES (?, ?, ?, ?)');

  const termsRow = (serviceId: string, termsType: string): number =>
    integer(findTerms.get(serviceId, termsType) ?? addTerms.get(serviceId, termsType) ?? {}, 'id');
  const documentRow = (terms: number, documentId: string | undefined, location: string): number =>
    integer(
      findDocument.get(terms, orNull(documentId), location) ??
        addDocument.get(terms, orNull(documentId), location) ??
        {},
      'id',
    );

  return {
    startRun: ({ kind, startedAt, engineVersion, services, terms, schedule, declarationsCommit }) =>
      integer(
        startRun.get(
          kind,
          startedAt.toISOString(),
          engineVersion,
          services,
          terms,
          orNull(schedule),
          orNull(declarationsCommit),
        ) ?? {},
        'id',
      ),
    endRun({ runId, endedAt, status, counts }) {
      // FULL makes this commit wait until it is on the disk, and with it everything in the log before it.
      database.exec('PRAGMA synchronous = FULL');
      try {
        const changes = endRun.run(endedAt.toISOString(), status, JSON.stringify(counts), runId);
        if (changes === 0)
          throw new LedgerError(
            'unusable',
            `Run ${runId} is not in the ledger ${database.file}, or has ended already.`,
          );
      } finally {
        database.exec('PRAGMA synchronous = NORMAL');
      }
      // The log goes into the file now, or the sizes noted after a run would count it, and the ledger seem to shrink.
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    recordCheck(check) {
      const { runId, serviceId, termsType, documentId, location, date, outcome, attempt, durationMs } = check;
      const answer =
        check.outcome === 'failed'
          ? [null, null, null, null, null, check.stage, check.reason, check.message, orNull(check.httpStatus)]
          : [
              check.snapshotId,
              orNull(check.fetcher),
              orNull(check.mimeType),
              orNull(check.etag),
              orNull(check.lastModified),
              null,
              null,
              null,
              null,
            ];
      database.together(() => {
        const document = documentRow(termsRow(serviceId, termsType), documentId, location);
        addCheck.run(runId, document, date.toISOString(), outcome, attempt, durationMs, ...answer);
      });
    },
    recordTermsOutcome({ runId, serviceId, termsType, status, versionId, failures, date }) {
      const noted = failures.map(({ location, stage, reason, message }) => ({ location, stage, reason, message }));
      const failuresText = status === 'failed' || noted.length > 0 ? JSON.stringify(noted) : null;
      database.together(() => {
        const terms = termsRow(serviceId, termsType);
        addOutcome.run(runId, terms, status, orNull(versionId), failuresText, date.toISOString());
      });
    },
    recordExtraction({ serviceId, termsType, snapshotIds, declarationHash, rulesVersion, versionId, failure, date }) {
      database.together(() => {
        addExtraction.run(
          termsRow(serviceId, termsType),
          JSON.stringify(snapshotIds),
          declarationHash,
          rulesVersion,
          orNull(versionId),
          orNull(failure?.reason),
          orNull(failure?.message),
          date.toISOString(),
        );
      });
    },
    recordSecondFetch({ runId, serviceId, termsType, versionId, date, ...result }) {
      const [reason, message] = result.outcome === 'failed' ? [result.reason, result.message] : [null, null];
      const found = 'found' in result ? result.found : null;
      database.together(() => {
        const terms = termsRow(serviceId, termsType);
        addSecondFetch.run(runId, terms, versionId, date.toISOString(), result.outcome, found, reason, message);
      });
    },
    recordSizes({ runId, date, sizes }) {
      database.together(() => {
        for (const [part, bytes] of Object.entries(sizes)) addSize.run(runId, part, bytes, date.toISOString());
      });
    },
  };
}
