import type { Settings } from '../state/settings-types.ts';
import { newsWithoutLook } from './news-of-service.ts';
import type { ServiceNews, SiteSignal } from './news-types.ts';

/** What icon and badge say of a site with these services: unread documents count before news of services not known. */
export function signalOfSite(
  services: readonly ServiceNews[],
  settings: Pick<Settings, 'days' | 'topics' | 'mutedTypes' | 'mutedServices'>,
  now: Date,
): SiteSignal {
  if (services.length === 0) return { kind: 'untracked' };
  const documents = services.flatMap((service) => service.documents.filter(({ unread }) => unread.length > 0)).length;
  if (documents > 0) return { kind: 'unread', documents };
  return { kind: services.some((service) => newsWithoutLook(service, settings, now).length > 0) ? 'news' : 'quiet' };
}
