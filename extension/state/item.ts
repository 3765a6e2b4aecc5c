import { browser } from 'wxt/browser';
import { schemaIsReady } from './schema.ts';

/** How one item of `storage.local` is read: what is there may be of any kind, half-written, or gone. */
export interface Shape<Value> {
  /** What is usable of a stored value; what is not is replaced by what stands where there is nothing. */
  readonly heal: (stored: unknown) => Value;
}

export async function readItem<Value>(key: string, { heal }: Shape<Value>): Promise<Value> {
  await schemaIsReady();
  return heal((await browser.storage.local.get(key))[key]);
}

/** Several items in one read. */
export async function readItems<Value>(keys: readonly string[], { heal }: Shape<Value>): Promise<readonly Value[]> {
  await schemaIsReady();
  const items = await browser.storage.local.get([...keys]);
  return keys.map((key) => heal(items[key]));
}

/**
 * Changes an item; changes of one item from several pages and the worker come one after the other.
 *
 * @param change undefined: the item goes
 * @returns what it is now
 */
export async function changeItem<Value, Changed extends Value | undefined>(
  key: string,
  { heal }: Shape<Value>,
  change: (value: Value) => Changed,
): Promise<Changed> {
  await schemaIsReady();
  return navigator.locks.request(`item ${key}`, async () => {
    const stored = heal((await browser.storage.local.get(key))[key]);
    const changed = change(stored);
    // The same is not written again: each write wakes whoever watches.
    if (changed === stored) return changed;
    if (changed === undefined) await browser.storage.local.remove(key);
    else await browser.storage.local.set({ [key]: changed });
    return changed;
  });
}

/**
 * Calls back whenever one of the items changed, by whomever.
 *
 * @param isMeant by the item's key
 * @returns ends it
 */
export function watchItems(isMeant: (key: string) => boolean, called: () => void): () => void {
  const listener = (changes: Readonly<Record<string, unknown>>, area: string): void => {
    if (area === 'local' && Object.keys(changes).some(isMeant)) called();
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}
