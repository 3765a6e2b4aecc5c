import { findSite, openFiles, readCoverage, recentAlerts } from '../files/open-files.ts';
import { firstMark } from '../state/first-mark.ts';
import { readLastRefresh } from '../state/last-refresh.ts';
import { noteLook, readMarks } from '../state/marks.ts';
import { readReceipts } from '../state/receipts.ts';
import { readSettings } from '../state/settings.ts';
import { type OpenedService, type PopupState, PRIVATE } from './popup-state.ts';
import { type SeenTab, siteOfTab } from './site-of-tab.ts';

/** Far more services than share a host; more cannot be read in a popup. */
const MOST_SERVICES = 60;

/**
 * What the popup shows of a tab: all of it read from this browser, nothing is asked of anybody. From now on the site's
 * services are known; nothing of a private window is looked up or noted.
 */
export async function readPopup(tab: SeenTab | undefined, now: Date): Promise<PopupState> {
  const site = siteOfTab(tab);
  // Firefox gives nothing that was downloaded to the documents of a private window.
  if (site === 'private') return PRIVATE;
  const [settings, lastRefresh, opened] = await Promise.all([readSettings(), readLastRefresh(), openFiles()]);
  // Files of another server than the one that is chosen are not shown: it may have been left because it is not trusted.
  const files = opened?.server === settings.server ? opened : undefined;
  const manifest = files?.manifest;
  const address = settings.server === '' ? '' : new URL(settings.server).host;
  const server = { name: manifest?.name.trim() || address, website: manifest?.website ?? '' };
  const content = await readContent();
  return { content, lastRefresh, server };

  async function readContent(): Promise<PopupState['content']> {
    if (settings.server === '') return { kind: 'no_server' };
    if (!files) return { kind: 'no_files', server: server.name, failure: lastRefresh.failure };
    if (typeof site === 'string') return { kind: site };
    const services = await readServices(site.host, now, lastRefresh.succeededAt);
    return services.length > 0
      ? { kind: 'site', host: site.host, services, settings }
      : { kind: 'untracked', host: site.host, server: server.name };
  }
}

async function readServices(host: string, now: Date, from: string | null): Promise<readonly OpenedService[]> {
  const keys = ((await findSite(host))?.keys ?? []).slice(0, MOST_SERVICES);
  const [alerts, agreed] = await Promise.all([recentAlerts(keys), keys.length > 0 ? readReceipts() : []]);
  const read = keys.map(async (key): Promise<OpenedService | undefined> => {
    const coverage = await readCoverage(key);
    if (!coverage) return undefined;
    const files = { alerts: alerts.get(key) ?? [], from };
    // A full disk keeps nobody from reading.
    const before = await noteLook(key, now, files).catch(async () => (await readMarks([key])).get(key));
    return {
      key,
      coverage,
      // As the look made it.
      mark: before ?? { ...firstMark(now, files), read: [], isStarred: false, lookedAt: now.toISOString() },
      alerts: files.alerts,
      lookedAt: before ? before.lookedAt : undefined,
      receipts: agreed.filter((receipt) => receipt.key === key),
    };
  });
  return (await Promise.all(read)).filter((service) => service !== undefined);
}
