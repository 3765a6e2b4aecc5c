import type { Check as NotedCheck } from '../../../archive/ledger/check.ts';
import type { FailingTerms as NotedFailingTerms, NotedFailure } from '../../../archive/ledger/terms-outcome.ts';
import type { Check, FailingTerms, TrackingFailure, TrackingState } from '../contract.ts';
import type { FoundTerms } from '../find.ts';

const toFailure = ({ location, stage, reason, message }: NotedFailure): TrackingFailure => ({
  location,
  stage,
  reason,
  message,
});

export const toFailingTerms = (failing: NotedFailingTerms): FailingTerms => ({
  serviceId: failing.serviceId,
  termsType: failing.termsType,
  since: failing.since.toISOString(),
  consecutiveFailures: failing.consecutiveFailures,
  failures: failing.failures.map(toFailure),
});

/** How the tracking of terms stands, by the ledger of checks. Whoever mirrors an archive does not have its ledger. */
export function toTrackingState({ collection, reader, service, serviceId, termsType }: FoundTerms): TrackingState {
  const names = { serviceId, termsType };
  const [lastChange] = reader.versions({ ...names, technicalUpgrades: 'excluded' }, { limit: 1 });
  const ledger = collection.kind === 'tracked' ? collection.ledger() : undefined;
  const lastCheck = ledger?.checksOfTerms({ ...names, limit: 1 })[0]?.check;
  const lastSuccess = ledger?.checksOfTerms({ ...names, outcome: 'succeeded', limit: 1 })[0]?.check;
  const isDeclared = service?.terms.some(({ type }) => type === termsType) ?? false;
  const failing = isDeclared
    ? ledger?.failingTerms().find((terms) => terms.serviceId === serviceId && terms.termsType === termsType)
    : undefined;
  const state = (): TrackingState['state'] => {
    if (collection.kind === 'mirrored') return 'unknown';
    if (!isDeclared) return 'not-declared';
    if (failing) return 'failing';
    return lastCheck ? 'ok' : 'unchecked';
  };
  return {
    state: state(),
    lastCheck: lastCheck?.date.toISOString() ?? null,
    lastSuccessfulCheck: lastSuccess?.date.toISOString() ?? null,
    unchangedSince: lastChange?.fetchDate.toISOString() ?? null,
    failingSince: failing?.since.toISOString() ?? null,
    consecutiveFailures: failing?.consecutiveFailures ?? 0,
    failures: failing?.failures.map(toFailure) ?? [],
  };
}

export const toCheck = (check: NotedCheck): Check => ({
  date: check.date.toISOString(),
  serviceId: check.serviceId,
  termsType: check.termsType,
  documentId: check.documentId ?? null,
  location: check.location,
  outcome: check.outcome,
  attempt: check.attempt,
  durationMs: check.durationMs,
  snapshotId: check.outcome === 'failed' ? null : check.snapshotId,
  failure:
    check.outcome === 'failed'
      ? {
          stage: check.stage,
          reason: check.reason,
          message: check.message,
          httpStatus: check.httpStatus ?? null,
        }
      : null,
});
