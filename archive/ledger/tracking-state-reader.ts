import type { Connection } from './connection.ts';
import { date, integer, json, optionalText, orNull, type Row, text } from './row.ts';
import type { Run } from './run.ts';
import { toRun } from './run-row.ts';
import { toFailures } from './terms-outcome-reader.ts';
import { type FetchedInRun, isSameState, type RunResults, type TrackingState } from './tracking-state.ts';

/** States of terms as of a completed tracking run: what runs that go on have found so far does not count. */
export interface TrackingStateReader {
  lastCompletedTracking(): Run | undefined;
  /** By service and type; terms that the run did not work on have the state of an earlier one. */
  trackingStates(
    runId: number,
    filter?: { readonly serviceId?: string | undefined; readonly termsType?: string | undefined },
  ): TrackingState[];
  /** The first state since which nothing changed: its run and date are those of the change. */
  lastChange(state: TrackingState): TrackingState;
  fetchedInRun(state: TrackingState): FetchedInRun[];
  runResults(runId: number): RunResults;
}

/** Outcomes of runs that tracked; those of `upgrade` runs say nothing of the services. */
const TRACKED = "(SELECT kind FROM runs WHERE runs.id = o.run) = 'track'";
const COLUMNS = 'o.id, o.run, o.status, o.failures, o.date, t.service_id, t.terms_type';
/** Outcomes read at a time. */
const PART = 100;
/** Outcomes that terms can have in one run: an upgrade and two tries. */
const IN_A_RUN = 3;

export function createTrackingStateReader(database: Connection): TrackingStateReader {
  const completed = database.prepare(
    "SELECT * FROM runs WHERE kind = 'track' AND status = 'completed' ORDER BY id DESC LIMIT 1",
  );
  const lastOutcome = database.prepare('SELECT id FROM terms_outcomes WHERE run <= ? ORDER BY id DESC LIMIT 1');
  const latest = database.prepare(
    `SELECT ${COLUMNS} FROM terms t JOIN terms_outcomes o ON o.id = (
       SELECT o.id FROM terms_outcomes o WHERE o.terms = t.id AND o.id <= ?1 AND ${TRACKED} ORDER BY o.id DESC LIMIT 1)
     WHERE (?2 IS NULL OR t.service_id = ?2) AND (?3 IS NULL OR t.terms_type = ?3) ORDER BY t.service_id, t.terms_type`,
  );
  const before = database.prepare(
    `SELECT ${COLUMNS} FROM terms t JOIN terms_outcomes o ON o.terms = t.id
     WHERE t.service_id = ? AND t.terms_type = ? AND o.id <= ? AND ${TRACKED} ORDER BY o.id DESC LIMIT ?`,
  );
  const lastFailure = database.prepare(
    `SELECT o.run FROM terms t JOIN terms_outcomes o ON o.terms = t.id
     WHERE t.service_id = ? AND t.terms_type = ? AND o.id <= ? AND o.status = 'failed' AND ${TRACKED} ORDER BY o.id DESC LIMIT 1`,
  );
  const firstAfter = database.prepare(
    `SELECT ${COLUMNS} FROM terms t JOIN terms_outcomes o ON o.terms = t.id
     WHERE t.service_id = ? AND t.terms_type = ? AND o.run > ? AND ${TRACKED} ORDER BY o.id LIMIT 1`,
  );
  const fetched = database.prepare(
    `SELECT d.document_id, d.location, c.snapshot_id, c.mime_type FROM terms t
     JOIN source_documents d ON d.terms = t.id JOIN runs r ON r.id = ?3
     JOIN checks c ON c.source_document = d.id AND c.checked_at >= r.started_at
       AND c.checked_at <= ifnull(r.ended_at, '9') AND c.run = r.id
     WHERE t.service_id = ?1 AND t.terms_type = ?2 ORDER BY c.id`,
  );
  const ofRun = database.prepare(
    `SELECT ${COLUMNS} FROM terms_outcomes o JOIN terms t ON t.id = o.terms WHERE o.run = ?
     ORDER BY t.service_id, t.terms_type, o.id DESC`,
  );

  return {
    lastCompletedTracking() {
      const row = completed.get();
      return row && toRun(row);
    },
    trackingStates(runId, filter = {}) {
      const bound = lastOutcome.get(runId);
      if (!bound) return [];
      return latest
        .all(integer(bound, 'id'), orNull(filter.serviceId), orNull(filter.termsType))
        .map((row) => withPassing(row));
    },
    lastChange(state) {
      const names = [state.serviceId, state.termsType] as const;
      if (state.status === 'ok' && state.passingFailures.length === 0) {
        // However long it has been well: one look for the last failure, one for what came after it.
        const failure = lastFailure.get(...names, state.outcomeId);
        const row = firstAfter.get(...names, failure ? integer(failure, 'run') : 0);
        return row ? toState([row]) : state;
      }
      let changed = state;
      for (let bound = state.outcomeId; ; ) {
        const rows = before.all(...names, bound, PART);
        const runs = inRuns(rows);
        // The last run of a part may go on in the next one, unless there is none.
        const whole = rows.length < PART || runs.length === 1 ? runs : runs.slice(0, -1);
        for (const run of whole) {
          const earlier = toState(run);
          if (!isSameState(earlier, state)) return changed;
          changed = earlier;
          bound = integer(run.at(-1) ?? {}, 'id') - 1;
        }
        if (rows.length < PART) return changed;
      }
    },
    fetchedInRun: ({ serviceId, termsType, runId }) => {
      const byDocument = new Map<string, FetchedInRun>();
      for (const row of fetched.all(serviceId, termsType, runId)) {
        const found = toFetched(row);
        byDocument.set(`${found.documentId ?? ''} ${found.location}`, found);
      }
      return [...byDocument.values()];
    },
    runResults(runId) {
      const states = inTerms(ofRun.all(runId)).map(toState);
      const former = new Map(states.map((state) => [state, previous(state)]));
      const where = (test: (now: TrackingState, then: TrackingState) => boolean): TrackingState[] =>
        states.filter((now) => {
          const then = former.get(now);
          return then !== undefined && test(now, then);
        });
      return {
        states,
        newFailures: where((now, then) => now.status === 'failed' && then.status === 'ok'),
        recoveries: where((now, then) => now.status === 'ok' && then.status === 'failed'),
        reasonChanges: where(
          (now, then) => now.status === 'failed' && then.status === 'failed' && !isSameState(now, then),
        ),
      };
    },
  };

  /** The state that an outcome is the end of, with what failed before it in the same run. */
  function withPassing(row: Row): TrackingState {
    const rows = before.all(text(row, 'service_id'), text(row, 'terms_type'), integer(row, 'id'), IN_A_RUN);
    return toState(inRuns(rows)[0] ?? [row]);
  }

  function previous({ serviceId, termsType, runId, outcomeId }: TrackingState): TrackingState | undefined {
    const rows = before.all(serviceId, termsType, outcomeId, 2 * IN_A_RUN);
    const run = inRuns(rows).find(([row]) => row !== undefined && integer(row, 'run') < runId);
    return run && toState(run);
  }
}

/** Outcomes of one terms by run, in the order given. */
const inRuns = (rows: readonly Row[]): Row[][] => [...Map.groupBy(rows, (row) => integer(row, 'run')).values()];

const inTerms = (rows: readonly Row[]): Row[][] => [
  ...Map.groupBy(rows, (row) => JSON.stringify([row.service_id, row.terms_type])).values(),
];

/** The state after a run. @param rows outcomes of one terms in one run, the latest first. */
function toState([row = {}, ...earlier]: readonly Row[]): TrackingState {
  const isFailed = text(row, 'status') === 'failed';
  const failed = isFailed ? undefined : earlier.find((candidate) => text(candidate, 'status') === 'failed');
  return {
    serviceId: text(row, 'service_id'),
    termsType: text(row, 'terms_type'),
    status: isFailed ? 'failed' : 'ok',
    outcomeId: integer(row, 'id'),
    runId: integer(row, 'run'),
    date: date(row, 'date'),
    failures: isFailed ? toFailures(json(row, 'failures')) : [],
    passingFailures: failed ? toFailures(json(failed, 'failures')) : [],
  };
}

const toFetched = (row: Row): FetchedInRun => ({
  documentId: optionalText(row, 'document_id'),
  location: text(row, 'location'),
  snapshotId: optionalText(row, 'snapshot_id'),
  mimeType: optionalText(row, 'mime_type'),
});
