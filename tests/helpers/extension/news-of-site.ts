import { newsOfService } from '../../../extension/news/news-of-service.ts';
import { knownOfSite } from '../../../extension/news/news-of-site.ts';
import type { ServiceNews, SiteSignal } from '../../../extension/news/news-types.ts';
import { signalOfSite } from '../../../extension/news/signal-of-site.ts';
import { readSettings } from '../../../extension/state/settings.ts';

/** What there is to say of a host, of all that is stored. */
export async function newsOfSite(
  host: string,
  now: Date,
): Promise<{ readonly services: readonly ServiceNews[]; readonly signal: SiteSignal }> {
  const [known, settings] = await Promise.all([knownOfSite(host), readSettings()]);
  const services = known.map((service) => newsOfService(service, settings));
  return { services, signal: signalOfSite(services, settings, now) };
}
