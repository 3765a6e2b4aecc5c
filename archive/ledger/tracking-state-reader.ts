import type { Connection } from './connection.ts';
import { date, integer, json, optionalText, orNull, type Row, text } from './row.ts';
import type { Run } from './run.ts';
import { toRun } from './run-row.ts';
import type { NotedFailure } from './terms-outcome.ts';
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
interface FoundChange {
  readonly state: TrackingState;
  readonly change: TrackingState;
}

/** Outcomes read at a time. */
const PART = 100;
/** Outcomes that terms can have in one run: an upgrade and two tries. */
const IN_A_RUN = 3;

export function createTrackingStateReader(database: Connection): TrackingStateReader {
  const completed = database.prepare(
    "SELECT * FROM runs WHERE kind = 'track' AND status = 'completed' ORDER BY id DESC LIMIT 1",
  );
  // From the end: only outcomes of runs that go on come before the one that is wanted. With the index of runs (which the
  // `+` rules out) it would sort all outcomes.
  const lastOutcome = database.prepare('SELECT id FROM terms_outcomes WHERE +run <= ? ORDER BY id DESC LIMIT 1');
  const latest = database.prepare(
    `SELECT ${COLUMNS}, CASE WHEN o.status <> 'failed' THEN (SELECT failures FROM terms_outcomes f WHERE f.terms = t.id
       AND f.status = 'failed' AND f.id < o.id AND f.id >= (SELECT min(id) FROM terms_outcomes WHERE run = o.run)
       ORDER BY f.id DESC LIMIT 1) END AS passing
     FROM terms t JOIN terms_outcomes o ON o.id = (
       SELECT o.id FROM terms_outcomes o WHERE o.terms = t.id AND o.id <= ?1 AND ${TRACKED} ORDER BY o.id DESC LIMIT 1)
     WHERE (?2 IS NULL OR t.service_id = ?2) AND (?3 IS NULL OR t.terms_type = ?3) ORDER BY t.service_id, t.terms_type`,
  );
  const before = database.prepare(
    `SELECT ${COLUMNS} FROM terms t JOIN terms_outcomes o ON o.terms = t.id
     WHERE t.service_id = ? AND t.terms_type = ? AND o.id <= ? AND ${TRACKED} ORDER BY o.id DESC LIMIT ?`,
  );
  const lastFailure = database.prepare(
    `SELECT o.id, o.run FROM terms t JOIN terms_outcomes o ON o.terms = t.id
     WHERE t.service_id = ? AND t.terms_type = ? AND o.id <= ? AND o.id > ? AND o.status = 'failed' AND ${TRACKED} ORDER BY o.id DESC LIMIT 1`,
  );
  const lastSuccess = database.prepare(
    `SELECT o.id, o.run FROM terms t JOIN terms_outcomes o ON o.terms = t.id
     WHERE t.service_id = ? AND t.terms_type = ? AND o.id <= ? AND o.id > ? AND o.status <> 'failed' AND ${TRACKED} ORDER BY o.id DESC LIMIT 1`,
  );
  const lastOtherFailure = database.prepare(
    `SELECT o.id, o.run FROM terms t JOIN terms_outcomes o ON o.terms = t.id
     WHERE t.service_id = ?1 AND t.terms_type = ?2 AND o.id <= ?3 AND o.id > ?4 AND o.status = 'failed' AND CASE WHEN
       o.failures IS NOT (SELECT failures FROM terms_outcomes WHERE id = ?3) THEN ${TRACKED} END ORDER BY o.id DESC LIMIT 1`,
  );
  const firstAfter = database.prepare(
    `SELECT ${COLUMNS} FROM terms t JOIN terms_outcomes o ON o.terms = t.id
     WHERE t.service_id = ? AND t.terms_type = ? AND o.id > ? AND o.run > ? AND ${TRACKED} ORDER BY o.id LIMIT ${IN_A_RUN}`,
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

  const known = new Map<string, FoundChange>();

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
        .map((row) => toState([row], row.passing === null ? [] : toFailures(json(row, 'passing'))));
    },
    lastChange(state) {
      const key = JSON.stringify([state.serviceId, state.termsType]);
      const earlier = known.get(key);
      const change = changeOf(state, earlier && earlier.state.outcomeId <= state.outcomeId ? earlier : undefined);
      known.set(key, { state, change });
      return change;
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
      const states = inTerms(ofRun.all(runId)).map((rows) => toState(rows));
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

  /** @param earlier what was found for an earlier outcome: years of the same failure are looked through once only. */
  function changeOf(state: TrackingState, earlier: FoundChange | undefined): TrackingState {
    const names = [state.serviceId, state.termsType] as const;
    const isFailed = state.status === 'failed';
    if (!isFailed && state.passingFailures.length > 0) return firstOfSame(state, state, state.outcomeId);
    const isKnown = isFailed && earlier !== undefined && isSameState(earlier.state, state);
    const floor = isKnown ? earlier.state.outcomeId : 0;
    const [last] = (isFailed ? [lastSuccess, lastOtherFailure] : [lastFailure])
      .map((question) => question.get(...names, state.outcomeId, floor))
      .filter((row) => row !== undefined)
      .toSorted((a, b) => integer(b, 'id') - integer(a, 'id'));
    if (last === undefined && isKnown) return earlier.change;
    // One look for what came after the last outcome that was otherwise.
    const place = last ? [integer(last, 'id'), integer(last, 'run')] : [0, 0];
    const [run = []] = inRuns(firstAfter.all(...names, ...place));
    const since = run.length > 0 ? toState(run.toReversed()) : state;
    // A run may have failed otherwise at its first try only.
    return isFailed ? firstOfSame(state, since, since.outcomeId) : since;
  }

  /** Goes back over runs, from the outcome `bound` on, for as long as terms were as they are. */
  function firstOfSame(state: TrackingState, known: TrackingState, from: number): TrackingState {
    let changed = known;
    for (let bound = from; ; ) {
      const rows = before.all(state.serviceId, state.termsType, bound, PART);
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
function toState(rows: readonly Row[], passing = passingIn(rows)): TrackingState {
  const [row = {}] = rows;
  const isFailed = text(row, 'status') === 'failed';
  return {
    serviceId: text(row, 'service_id'),
    termsType: text(row, 'terms_type'),
    status: isFailed ? 'failed' : 'ok',
    outcomeId: integer(row, 'id'),
    runId: integer(row, 'run'),
    date: date(row, 'date'),
    failures: isFailed ? toFailures(json(row, 'failures')) : [],
    passingFailures: passing,
  };
}

/** What failed at the first try, where the last one did not. */
function passingIn([last, ...earlier]: readonly Row[]): NotedFailure[] {
  if (last === undefined || text(last, 'status') === 'failed') return [];
  const failed = earlier.find((row) => text(row, 'status') === 'failed');
  return failed ? toFailures(json(failed, 'failures')) : [];
}

const toFetched = (row: Row): FetchedInRun => ({
  documentId: optionalText(row, 'document_id'),
  location: text(row, 'location'),
  snapshotId: optionalText(row, 'snapshot_id'),
  mimeType: optionalText(row, 'mime_type'),
});
