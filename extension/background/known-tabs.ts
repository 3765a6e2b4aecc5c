import { browser } from 'wxt/browser';
import { clearBadges, type OpenTab, showAllBadges, showBadge } from '../icon/badge.ts';
import { caught } from './caught.ts';

/** Whether the extension was allowed to know which sites are open. */
export const mayKnowTabs = (): Promise<boolean> => browser.permissions.contains({ permissions: ['tabs'] });

interface TabChange {
  readonly url?: string;
  readonly status?: string;
}

interface Permissions {
  readonly permissions?: readonly string[];
}

/** A tab went somewhere, or loaded what it shows again: both make the browser forget its badge. */
const tabUpdated = (_id: number, { url, status }: TabChange, tab: OpenTab): void => {
  if (url !== undefined || status === 'loading') caught(showBadge(tab));
};

/**
 * Badges of tabs as they go from site to site.
 *
 * Listening comes first, so that a worker that was woken by a navigation is told of it; without the permission it ends at once,
 * and with it the waking: then nothing runs while somebody browses.
 */
export function followTabs(): void {
  browser.tabs.onUpdated.addListener(tabUpdated);
  caught(mayKnowTabs().then((may) => may || stop()));
  browser.permissions.onAdded.addListener(({ permissions = [] }: Permissions) => {
    if (!permissions.includes('tabs')) return;
    browser.tabs.onUpdated.addListener(tabUpdated);
    caught(showAllBadges());
  });
  browser.permissions.onRemoved.addListener(({ permissions = [] }: Permissions) => {
    if (!permissions.includes('tabs')) return;
    stop();
    caught(clearBadges());
  });
}

const stop = (): void => browser.tabs.onUpdated.removeListener(tabUpdated);
