import type { RecentAlert } from '../../server/api/contract.ts';
import { allAlerts, readAlerts, readBytes } from '../files/file-store.ts';
import { stayAwake } from '../files/stay-awake.ts';
import { applyIconRules } from '../icon/apply-icon-rules.ts';
import { showAllBadges, tellSites } from '../icon/badge.ts';
import { iconRules } from '../icon/icon-rules.ts';
import { serviceSignals } from '../icon/service-signals.ts';
import { type ServiceSignals, toldSites } from '../icon/told-sites.ts';
import { keepSignals, keepToldSites, readSignals } from '../icon/told-state.ts';
import { readAllMarks, readMarks } from '../state/marks.ts';
import { readSettings } from '../state/settings.ts';
import { mayKnowTabs } from './known-tabs.ts';

const NOTHING: ServiceSignals = new Map();

/**
 * Makes icon and badges say what follows from files, marks and settings as they are now.
 *
 * @param changed keys of the only services of which something changed; undefined: anything may have
 */
export const retell = (changed?: ReadonlySet<string>, now = new Date()): Promise<void> =>
  navigator.locks.request('retell', () => stayAwake(() => tell(changed, now)));

async function tell(changed: ReadonlySet<string> | undefined, now: Date): Promise<void> {
  const [{ badge, server }, index] = await Promise.all([readSettings(), readBytes('index')]);
  // Without a server nothing is told: all data may have been deleted just now.
  const signals = badge && index && server !== '' ? await signalsNow(changed, now) : NOTHING;
  const sites = index ? toldSites(index, signals) : {};
  await Promise.all([keepSignals(signals), keepToldSites(sites)]);
  tellSites(sites);
  await Promise.all([
    applyIconRules(iconRules(sites)),
    mayKnowTabs().then((may) => (may ? showAllBadges() : undefined)),
  ]);
}

async function signalsNow(changed: ReadonlySet<string> | undefined, now: Date): Promise<ServiceSignals> {
  const settings = await readSettings();
  if (!changed) return serviceSignals(allAlerts(), await readAllMarks(), settings, now);
  const signals = await serviceSignals(alertsOf(changed), await readMarks([...changed]), settings, now);
  const others = [...(await readSignals())].filter(([key]) => !changed.has(key));
  return new Map([...others, ...signals]);
}

async function* alertsOf(
  keys: ReadonlySet<string>,
): AsyncGenerator<readonly [key: string, alerts: readonly RecentAlert[]]> {
  for (const key of keys) yield [key, await readAlerts(key)];
}
