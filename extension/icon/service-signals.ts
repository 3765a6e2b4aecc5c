import type { RecentAlert, ServiceCoverage } from '../../server/api/contract.ts';
import { newsOfService } from '../news/news-of-service.ts';
import type { SiteSignal } from '../news/news-types.ts';
import { signalOfSite } from '../news/signal-of-site.ts';
import type { ServiceMark, Settings } from '../state/settings-types.ts';
import type { ServiceSignals } from './told-sites.ts';

/** Recent alerts of services, one service after the other: all redlines at once would be megabytes. */
export type AlertsOfServices = AsyncIterable<readonly [key: string, alerts: readonly RecentAlert[]]>;

/** A signal counts documents that have alerts: what else is tracked and what it is called says nothing here. */
const NAMELESS: ServiceCoverage = { collection: '', serviceId: '', name: '', terms: [] };

/** The signals of services, only of those that say something. */
export async function serviceSignals(
  services: AlertsOfServices,
  marks: ReadonlyMap<string, ServiceMark>,
  settings: Settings,
  now: Date,
): Promise<ServiceSignals> {
  const signals = new Map<string, SiteSignal>();
  for await (const [key, alerts] of services) {
    const service = { key, coverage: NAMELESS, alerts, mark: marks.get(key) };
    const signal = signalOfSite([newsOfService(service, settings)], settings, now);
    if (signal.kind === 'unread' || signal.kind === 'news') signals.set(key, signal);
  }
  return signals;
}
