import { findSite, openFiles, readCoverage, recentAlerts } from '../files/open-files.ts';
import { readMarks } from '../state/marks.ts';
import { readSettings } from '../state/settings.ts';
import { type KnownOfService, newsOfService } from './news-of-service.ts';
import type { ServiceNews, SiteSignal } from './news-types.ts';
import { signalOfSite } from './signal-of-site.ts';

/** Far more services than share a host; nobody reads more at once. */
const MOST_SERVICES = 60;

/** What is known of a site. */
export interface SiteNews {
  /** In the order of the index. Empty: the site is not tracked. */
  readonly services: readonly ServiceNews[];
  readonly signal: SiteSignal;
}

/**
 * What there is to say of a host, from what is stored alone: nothing is asked of anybody, nothing is noted.
 *
 * @param host as in `URL.hostname`
 */
export async function newsOfSite(host: string, now: Date): Promise<SiteNews> {
  const [known, settings] = await Promise.all([knownOfSite(host), readSettings()]);
  const services = known.map((service) => newsOfService(service, settings));
  return { services, signal: signalOfSite(services, settings, now) };
}

/** The services of a host with all that is known of them. Files of another server than the chosen one say nothing. */
export async function knownOfSite(host: string): Promise<readonly KnownOfService[]> {
  const [files, { server }] = await Promise.all([openFiles(), readSettings()]);
  if (!files || files.server !== server) return [];
  const keys = ((await findSite(host))?.keys ?? []).slice(0, MOST_SERVICES);
  if (keys.length === 0) return [];
  const [coverages, alerts, marks] = await Promise.all([
    Promise.all(keys.map((key) => readCoverage(key))),
    recentAlerts(keys),
    readMarks(keys),
  ]);
  return keys.flatMap((key, place): KnownOfService[] => {
    const coverage = coverages[place];
    return coverage ? [{ key, coverage, alerts: alerts.get(key) ?? [], mark: marks.get(key) }] : [];
  });
}
