import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import { termsAt } from '../../../archive/declarations/history.ts';
import type { Service } from '../../../archive/declarations/service.ts';
import type { ReadOnlyLedger } from '../../../archive/ledger/ledger.ts';
import type { NotedFailure } from '../../../archive/ledger/terms-outcome.ts';
import type { FetchedInRun, TrackingState } from '../../../archive/ledger/tracking-state.ts';

/** OTA's words for the stages. */
const STAGES = { fetch: 'fetch', extract: 'extraction', internal: 'internal' } as const;

/** The state of terms in OTA's shape: how they are now, and the event since which they have been so. */
export function toTrackingResult(collection: ServedCollection, ledger: ReadOnlyLedger, state: TrackingState) {
  const { serviceId, termsType, status } = state;
  const event = ledger.lastChange(state);
  const service = collection.services().find(({ id }) => id === serviceId);
  return {
    serviceId,
    termsType,
    status,
    event: {
      date: event.date.toISOString(),
      serviceName: service?.name ?? serviceId,
      sourceDocuments: toSourceDocuments(service, event, ledger.fetchedInRun(event)),
      ...(status === 'failed' ? { reasons: event.failures.map(toReason) } : {}),
      ...(event.passingFailures.length > 0 ? { transientError: { reasons: event.passingFailures.map(toReason) } } : {}),
    },
  };
}

const toReason = ({ stage, message }: NotedFailure): string => `[${STAGES[stage]}] ${message}`;

/** As declared at the date of the event, with what was fetched then; of terms that were never declared here, the latter. */
function toSourceDocuments(service: Service | undefined, event: TrackingState, fetched: readonly FetchedInRun[]) {
  const declared = service && termsAt(service, event.termsType, event.date);
  if (!declared) {
    return fetched.map(({ documentId, location, mimeType, snapshotId }) => ({
      id: documentId ?? null,
      fetch: location,
      mimeType: mimeType ?? null,
      snapshotId: snapshotId ?? null,
    }));
  }
  return declared.sourceDocuments.map(({ id, location, select, remove, filter, executeClientScripts }) => {
    const found = fetched.findLast((document) => document.location === location);
    return {
      id,
      fetch: location,
      select,
      remove,
      filter,
      executeClientScripts,
      mimeType: found?.mimeType ?? null,
      snapshotId: found?.snapshotId ?? null,
    };
  });
}
