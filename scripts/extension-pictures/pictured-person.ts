import { setTimeout as delay } from 'node:timers/promises';
import type { ExtensionInBrowser } from './extension-in-browser.ts';
import { SHARED_HOST } from './pictured-archive.ts';

const DAY_MS = 86_400_000;
const KNOWN_FOR_DAYS = 40;
const LOOKED_DAYS_AGO = 5;
const PATIENCE_MS = 30_000;

/** What the worker has. */
declare const chrome: {
  readonly storage: {
    readonly local: {
      readonly get: (keys: null) => Promise<Record<string, unknown>>;
      readonly set: (items: Record<string, unknown>) => Promise<void>;
      readonly remove: (keys: readonly string[]) => Promise<void>;
    };
  };
};

export type Items = Readonly<Record<string, unknown>>;

/**
 * Has somebody use the extension for a month: a server is chosen, a site was looked at, a receipt kept. Read from the real server.
 *
 * @returns what the extension keeps of it
 * @throws Error where the files of the server do not come
 */
export async function useForAMonth(extension: ExtensionInBrowser, server: string, now: Date): Promise<Items> {
  await until('The server did not make its files', async () => (await fetch(`${server}/api/extension`)).ok);
  await writeItems(extension, { settings: { server, agreeMoment: true } });
  await until('The extension did not read the files of the server', async () => {
    const { lastRefresh } = await readItems(extension);
    return typeof (lastRefresh as { succeededAt?: unknown } | undefined)?.succeededAt === 'string';
  });
  const popup = await extension.openPopup(`http://${SHARED_HOST}/`);
  await popup.waitForSelector('.service');
  await extension.closeTabs();
  const ago = (days: number): string => new Date(now.getTime() - days * DAY_MS).toISOString();
  const items: Record<string, unknown> = { ...(await readItems(extension)) };
  for (const key of Object.keys(items).filter((one) => one.startsWith('mark:'))) {
    items[key] = {
      ...(items[key] as object),
      // Everything until then was read.
      ...{ since: ago(KNOWN_FOR_DAYS), after: ago(LOOKED_DAYS_AGO), known: [] },
      isStarred: true,
      lookedAt: ago(LOOKED_DAYS_AGO),
    };
  }
  return items;
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS; ) {
    if (await isSo()) return;
    await delay(100);
  }
  throw new Error(`${what} within ${PATIENCE_MS / 1000} seconds.`);
}

/** Everything that the extension keeps, apart from the server's files. */
export const readItems = async ({ worker }: ExtensionInBrowser): Promise<Items> =>
  (await worker()).evaluate(() => chrome.storage.local.get(null));

/** Puts these items there and takes all others away. */
export const writeItems = async ({ worker }: ExtensionInBrowser, items: Items): Promise<void> =>
  (await worker()).evaluate(async (all) => {
    const others = Object.keys(await chrome.storage.local.get(null)).filter((key) => !(key in all));
    await chrome.storage.local.remove(others);
    await chrome.storage.local.set(all);
  }, items);
