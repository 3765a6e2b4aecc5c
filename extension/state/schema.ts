import { browser } from 'wxt/browser';
import { type Migration, marksKnowIds, type StoredItems } from './migrations.ts';

/** Of the items as this program reads and writes them. Raise it with a migration whenever a former item would be misread. */
export const SCHEMA = 2;

/** By the version that they make. */
const MIGRATIONS: Readonly<Record<number, Migration>> = { 2: marksKnowIds };

let done: Promise<void> | undefined;

/** The items are of this program's schema; waits for what has to be migrated first. Runs once at each start of a page or worker. */
export function schemaIsReady(): Promise<void> {
  done ??= migrate(SCHEMA, MIGRATIONS).catch((error: unknown) => {
    done = undefined;
    throw error;
  });
  return done;
}

/**
 * Makes the stored items those of `target`: all at once, so that a worker that dies in between leaves the former ones. Items
 * of a later version (somebody went back to an older program) are left as they are: each is judged when it is read.
 */
export async function migrate(target: number, migrations: Readonly<Record<number, Migration>>): Promise<void> {
  await navigator.locks.request('schema', async () => {
    const { schema } = await browser.storage.local.get('schema');
    if (schema === target || (typeof schema === 'number' && schema > target)) return;
    const before = (await browser.storage.local.get(null)) as StoredItems;
    const isFirstStart = Object.keys(before).length === 0;
    const isVersion = typeof schema === 'number' && Number.isInteger(schema) && schema > 0;
    // Items without a version have lost it: they may be of any, and each is judged when it is read.
    let version = isFirstStart ? target : isVersion ? schema : 1;
    let items = before;
    for (; version < target; version++) items = step(items, migrations[version + 1]);
    await browser.storage.local.set({ ...items, schema: target });
    const gone = Object.keys(before).filter((key) => !(key in items));
    if (gone.length > 0) await browser.storage.local.remove(gone);
  });
}

/** One that cannot cope with what is stored leaves it as it is, for readers to judge: nothing would ever be read otherwise. */
function step(items: StoredItems, migration: Migration | undefined): StoredItems {
  try {
    return migration?.(items) ?? items;
  } catch (error) {
    console.error('Stored items could not be migrated:', error);
    return items;
  }
}
