import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import type { ChangeClass, ChangeState, ChangeStatistics } from './contract.ts';

/** How the changes of a collection were judged. @throws IndexUnavailableError */
export function countChanges(collection: ServedCollection): Omit<ChangeStatistics, 'incomplete'> {
  const reader = collection.index();
  const byClass: Record<ChangeClass, number> = {
    none: 0,
    formatting: 0,
    links: 0,
    moved: 0,
    numbering: 0,
    date: 0,
    text: 0,
  };
  const byState: Record<ChangeState, number> = { ok: 0, return: 0, reverted: 0, suspect: 0, persisting: 0 };
  let judged = 0;
  let alerts = 0;
  for (const { class: changeClass, state, alert, changes } of reader.analysisCounts()) {
    byClass[changeClass] += changes;
    byState[state] += changes;
    judged += changes;
    if (alert) alerts += changes;
  }
  return {
    collection: collection.id,
    changes: reader.countVersions({ firstRecords: 'excluded', technicalUpgrades: 'excluded' }),
    judged,
    alerts,
    alertedShare: judged === 0 ? null : Math.round((alerts / judged) * 10_000) / 10_000,
    byClass,
    byState,
    isJudgedAnew: reader.state().isJudgedAnew,
  };
}
