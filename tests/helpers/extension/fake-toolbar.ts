import { fakeBrowser } from 'wxt/testing/fake-browser';

/** What WXT's fake browser leaves out: the toolbar and permissions. Firefox's: there are no rules for icons. */
export interface FakeToolbar {
  readonly granted: Set<string>;
  /** By tab: what was set last. */
  readonly shown: Map<number, { text?: string; title?: string; icon?: string }>;
  tabs: { id?: number; url?: string; incognito: boolean }[];
  grant(permission: string): Promise<void>;
  revoke(permission: string): Promise<void>;
}

type Listener = (change: { readonly permissions: readonly string[] }) => void;

interface Told {
  readonly tabId: number;
  readonly text?: string;
  readonly title?: string;
  readonly path?: Readonly<Record<string, string>>;
}

export function fakeToolbar(): FakeToolbar {
  const added: Listener[] = [];
  const removed: Listener[] = [];
  const toolbar: FakeToolbar = {
    granted: new Set(),
    shown: new Map(),
    tabs: [],
    async grant(permission) {
      toolbar.granted.add(permission);
      for (const listener of added) listener({ permissions: [permission] });
    },
    async revoke(permission) {
      toolbar.granted.delete(permission);
      for (const listener of removed) listener({ permissions: [permission] });
    },
  };
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
      onAdded: { addListener: (listener: Listener) => added.push(listener) },
      onRemoved: { addListener: (listener: Listener) => removed.push(listener) },
      contains: async ({ permissions = [] }: { readonly permissions?: readonly string[] }) =>
        permissions.every((one) => toolbar.granted.has(one)),
    },
  });
  Object.assign(fakeBrowser.tabs, { query: async () => toolbar.tabs });
  return toolbar;
}
