import { findSite, openFiles, readCoverage, recentAlerts } from '../files/open-files.ts';
import { readMarks } from '../state/marks.ts';
import { readSettings } from '../state/settings.ts';
import type { KnownOfService } from './news-of-service.ts';

/** Far more services than share a host; nobody reads more at once. */
const MOST_SERVICES = 60;

/**
 * The services of a host with all that is known of them, in the order of the index; empty: the site is not tracked. From what is
 * stored alone: nothing is asked of anybody, nothing is noted. Files of another server than the chosen one say nothing.
 *
 * @param host as in `URL.hostname`
 */
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
