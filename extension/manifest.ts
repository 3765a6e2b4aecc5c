import type { UserManifest } from 'wxt';

/** Firefox needs one that never changes; it is no address. */
export const FIREFOX_ID = 'extension@clausewatch.example';

/**
 * What the manifest says beyond what follows from the entrypoints.
 *
 * The permissions at install are those for which Chrome shows no warning (`management.getPermissionWarningsByManifest`
 * in tests/end-to-end); everything else is optional and asked for by a button that says why.
 */
export function manifestFor(browser: string): UserManifest {
  const isFirefox = browser === 'firefox';
  return {
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    permissions: ['storage', 'alarms', 'activeTab', 'scripting', ...(isFirefox ? [] : ['declarativeContent' as const])],
    optional_permissions: ['tabs', 'notifications'],
    optional_host_permissions: ['*://*/*'],
    icons: Object.fromEntries([16, 32, 48, 96, 128].map((size) => [size, `icons/plain-${size}.png`])),
    action: {
      default_title: '__MSG_extensionName__',
      default_icon: Object.fromEntries([16, 32].map((size) => [size, `icons/plain-${size}.png`])),
    },
    // On Chromium, private windows get a worker of their own, which does nothing: rules for icons would hold there too otherwise.
    incognito: isFirefox ? 'spanning' : 'split',
    ...(isFirefox
      ? {
          browser_specific_settings: {
            gecko: {
              id: FIREFOX_ID,
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none' as const] },
            },
            gecko_android: { strict_min_version: '142.0' },
          },
        }
      : { minimum_chrome_version: '120' }),
  };
}
