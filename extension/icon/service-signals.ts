import type { RecentAlert, ServiceCoverage } from '../../server/api/contract.ts';
import { newsOfService } from '../news/news-of-service.ts';
import type { SiteSignal } from '../news/news-types.ts';
import { signalOfSite } from '../news/signal-of-site.ts';
import type { ServiceMark, Settings } from '../state/settings-types.ts';
import type { ServiceSignals } from './told-sites.ts';

/** What signals are made of, read service by service: all redlines at once would be megabytes. */
export interface SignalSources {
  readonly readMarks: (keys: readonly string[]) => Promise<ReadonlyMap<string, ServiceMark>>;
  readonly readAlerts: (key: string) => Promise<readonly RecentAlert[]>;
}

/** Services that are read at once. */
const AT_ONCE = 32;

/** A signal counts documents that have alerts: what else is tracked and what it is called says nothing here. */
const NAMELESS: ServiceCoverage = { collection: '', serviceId: '', name: '', terms: [] };

/** The signals of services, only of those that say something. */
export async function serviceSignals(
  keys: readonly string[],
  settings: Settings,
  now: Date,
  { readMarks, readAlerts }: SignalSources,
): Promise<ServiceSignals> {
  const signals: [string, SiteSignal][] = [];
  const marks = await readMarks(keys);
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const some = keys.slice(from, from + AT_ONCE);
    const alerts = await Promise.all(some.map(readAlerts));
    for (const [place, key] of some.entries()) {
      const service = { key, coverage: NAMELESS, alerts: alerts[place] ?? [], mark: marks.get(key) };
      const signal = signalOfSite([newsOfService(service, settings)], settings, now);
      if (signal.kind === 'unread' || signal.kind === 'news') signals.push([key, signal]);
    }
  }
  return new Map(signals);
}
