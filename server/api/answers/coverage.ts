import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { Coverage, FailingTerms } from '../contract.ts';
import { toFailingTerms } from './tracking.ts';

/** How completely a collection is tracked: only what is declared today counts. */
export function toCoverage(collection: ServedCollection): Coverage {
  const declared = new Set(
    collection.services().flatMap(({ id, terms }) => terms.map(({ type }) => JSON.stringify([id, type]))),
  );
  const ledger = collection.kind === 'tracked' ? collection.ledger() : undefined;
  const failing = (ledger?.failingTerms() ?? [])
    .filter(({ serviceId, termsType }) => declared.has(JSON.stringify([serviceId, termsType])))
    .map(toFailingTerms);
  const run = ledger?.lastRun();
  const counts = ledger?.counts();
  return {
    collection: collection.id,
    areChecksKnown: counts !== undefined && counts.checks > 0,
    declaredTerms: declared.size,
    failingTerms: failing.length,
    reasons: toReasons(failing),
    failing,
    lastRun: run
      ? {
          kind: run.kind,
          startedAt: run.startedAt.toISOString(),
          endedAt: run.endedAt?.toISOString() ?? null,
          status: run.status ?? null,
        }
      : null,
    checks: counts ? { total: counts.checks, failed: counts.failedChecks } : null,
  };
}

function toReasons(failing: readonly FailingTerms[]): Coverage['reasons'] {
  const counts = new Map<string, { stage: string; reason: string; terms: number }>();
  for (const { failures } of failing) {
    const [first] = failures;
    const { stage, reason } = first ?? { stage: 'internal', reason: 'unknown' };
    const entry = counts.get(`${stage} ${reason}`) ?? { stage, reason, terms: 0 };
    entry.terms++;
    counts.set(`${stage} ${reason}`, entry);
  }
  return [...counts.values()].sort((a, b) => b.terms - a.terms);
}
