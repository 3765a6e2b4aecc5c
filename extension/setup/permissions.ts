import { browser } from 'wxt/browser';
import { originPattern } from '../state/server-address.ts';

/** What is asked for by a button that says why, and never at installation. `sites`: every site, to see forms on it. */
export type OptionalPermission = 'tabs' | 'notifications' | 'sites';

export const OPTIONAL_PERMISSIONS: readonly OptionalPermission[] = ['tabs', 'notifications', 'sites'];

type Asked = Parameters<typeof browser.permissions.request>[0];

const ASKED: Readonly<Record<OptionalPermission, Asked>> = {
  tabs: { permissions: ['tabs'] },
  notifications: { permissions: ['notifications'] },
  sites: { origins: ['*://*/*'] },
};

export async function readPermissions(): Promise<ReadonlySet<OptionalPermission>> {
  const granted = await Promise.all(OPTIONAL_PERMISSIONS.map((one) => browser.permissions.contains(ASKED[one])));
  return new Set(OPTIONAL_PERMISSIONS.filter((_, place) => granted[place]));
}

/** Has to be the first thing that a click does: browsers refuse to ask after anything else was waited for. */
export const askFor = (permission: OptionalPermission): Promise<boolean> =>
  browser.permissions.request(ASKED[permission]);

export const revoke = (permission: OptionalPermission): Promise<boolean> =>
  browser.permissions.remove(ASKED[permission]);

/**
 * Asks to be allowed to read from a server, where the browser would otherwise add an identifier of this installation to each
 * request (Firefox: `Origin: moz-extension://…`). As {@link askFor}, the first thing that a click does.
 */
export const askForServer = (server: string): Promise<boolean> =>
  browser.permissions.request({ origins: [originPattern(server)] });

/** Takes that back: of a server that is read no more. */
export const revokeServer = (server: string): Promise<boolean> =>
  browser.permissions.remove({ origins: [originPattern(server)] });

export const mayReadServer = (server: string): Promise<boolean> =>
  browser.permissions.contains({ origins: [originPattern(server)] });

/** Calls back whenever a permission came or went, also by the browser's own settings. @returns ends it */
export function watchPermissions(called: () => void): () => void {
  // Their arguments are of no use here.
  const listener = (): void => called();
  browser.permissions.onAdded.addListener(listener);
  browser.permissions.onRemoved.addListener(listener);
  return () => {
    browser.permissions.onAdded.removeListener(listener);
    browser.permissions.onRemoved.removeListener(listener);
  };
}
