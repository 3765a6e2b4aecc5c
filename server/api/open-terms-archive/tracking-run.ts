import { createHash } from 'node:crypto';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { Run } from '../../../archive/ledger/run.ts';
import type { TrackingState } from '../../../archive/ledger/tracking-state.ts';
import type { CompletedTracking } from './completed-tracking.ts';

/** A completed tracking run in OTA's shape. */
export function toTrackingRun(collection: ServedCollection, tracking: CompletedTracking) {
  const { run } = tracking;
  const { states, newFailures, recoveries, reasonChanges } = tracking.results();
  const failed = states.filter(({ status }) => status === 'failed').length;
  return {
    runId: runId(collection, run),
    collectionId: collection.metadata()?.id ?? collection.id,
    schedule: run.schedule ?? collection.schedule ?? null,
    lastRun: {
      startDate: run.startedAt.toISOString(),
      endDate: run.endedAt?.toISOString() ?? null,
      engineVersion: run.engineVersion,
      status: run.status,
    },
    declarations: { commit: run.declarationsCommit ?? null, services: run.services, terms: run.terms },
    tracked: { ok: states.length - failed, failed },
    coverage: { processed: states.length, skipped: skipped(collection, tracking, states) },
    transitions: {
      newFailures: newFailures.map(toNames),
      recoveries: recoveries.map(toNames),
      reasonChanges: reasonChanges.map(toNames),
    },
    transientErrors: states.filter(({ passingFailures }) => passingFailures.length > 0).length,
  };
}

const toNames = ({ serviceId, termsType }: TrackingState) => ({ serviceId, termsType });

/** Terms that are declared now and that the run did not work on. */
function skipped(collection: ServedCollection, tracking: CompletedTracking, states: readonly TrackingState[]) {
  const key = (serviceId: string, termsType: string): string => JSON.stringify([serviceId, termsType]);
  const processed = new Set(states.map(({ serviceId, termsType }) => key(serviceId, termsType)));
  const missing = collection
    .services()
    .flatMap(({ id, terms }) => terms.map(({ type }) => ({ serviceId: id, termsType: type })))
    .filter(({ serviceId, termsType }) => !processed.has(key(serviceId, termsType)));
  if (missing.length === 0) return [];
  const before = new Set(tracking.states().map(({ serviceId, termsType }) => key(serviceId, termsType)));
  return missing.map(({ serviceId, termsType }) => ({
    serviceId,
    termsType,
    reason: before.has(key(serviceId, termsType)) ? 'not selected for this run' : 'not tracked before',
  }));
}

/** In OTA's form, which its clients check: `ota-run-` and a UUID (version 8), made from what identifies the run. */
function runId(collection: ServedCollection, { id, startedAt }: Run): string {
  const hash = createHash('sha256').update(`${collection.id} ${id} ${startedAt.toISOString()}`).digest('hex');
  const uuid = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`];
  return `ota-run-${uuid.join('-')}-${hash.slice(20, 32)}`;
}
