import { fakeBrowser } from 'wxt/testing/fake-browser';

/** What WXT's fake browser leaves out: the toolbar and permissions. Firefox's: there are no rules for icons. */
export interface FakeToolbar {
  readonly granted: Set<string>;
  /** By tab: what was set last. */
  readonly shown: Map<number, { text?: string; title?: string; icon?: string }>;
  tabs: { id?: number; url?: string; incognito: boolean }[];
}

interface Told {
  readonly tabId: number;
  readonly text?: string;
  readonly title?: string;
  readonly path?: Readonly<Record<string, string>>;
}

export function fakeToolbar(): FakeToolbar {
  const toolbar: FakeToolbar = { granted: new Set(), shown: new Map(), tabs: [] };
  const note = async ({ tabId, text, title, path }: Told): Promise<void> => {
    const icon = path?.['16'];
    const told = {
      ...(text === undefined ? {} : { text }),
      ...(title === undefined ? {} : { title }),
      ...(icon === undefined ? {} : { icon }),
    };
    toolbar.shown.set(tabId, { ...toolbar.shown.get(tabId), ...told });
  };
  Object.assign(fakeBrowser, {
    declarativeContent: undefined,
    action: {
      setBadgeText: note,
      setTitle: note,
      setIcon: note,
      setBadgeBackgroundColor: note,
      setBadgeTextColor: note,
    },
    permissions: {
      contains: async ({ permissions = [] }: { readonly permissions?: readonly string[] }) =>
        permissions.every((one) => toolbar.granted.has(one)),
    },
  });
  Object.assign(fakeBrowser.tabs, { query: async () => toolbar.tabs });
  return toolbar;
}
