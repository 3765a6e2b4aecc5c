import type { DatabaseSync } from 'node:sqlite';
import { isSettled, SERVICES_COUNTED, type SharedBlocks } from '../../changes/analysis/furniture/shared-blocks.ts';

/** Which services have a short block, in the index. */
export interface SharedBlockTable extends SharedBlocks {
  /** To be called in the transaction that notes the records as judged. */
  write(): void;
}

/** A service that has a block, and since when in milliseconds since 1970. */
type Holder = readonly [serviceId: string, since: number];

/** Some 30 MB. */
const KEYS_KEPT = 200_000;

/**
 * @param options.isEmpty nothing was ever noted on this side, so that there is nothing to look up.
 * @param options.keysKept blocks whose holders are kept from one writing to the next.
 */
export function openSharedBlocks(
  database: DatabaseSync,
  options: { readonly side: number; readonly isEmpty: boolean; readonly keysKept?: number },
): SharedBlockTable {
  const { side, isEmpty, keysKept = KEYS_KEPT } = options;
  const select = database.prepare('SELECT service_id, since FROM shared_block WHERE side = ? AND key = ?');
  const insert = database.prepare('INSERT INTO shared_block VALUES (?, ?, ?, ?)');
  const known = new Map<string, readonly Holder[]>();
  const waiting: (readonly [key: string, holder: Holder])[] = [];
  let isAllKnown = isEmpty;

  function holdersOf(key: string): readonly Holder[] {
    const holders = known.get(key);
    if (holders) return holders;
    if (isAllKnown) return [];
    const found = select.all(side, key).map(({ service_id, since }): Holder => [String(service_id), Number(since)]);
    known.set(key, found);
    return found;
  }

  return {
    note(serviceId, keys, date) {
      for (const key of keys) {
        const holders = holdersOf(key);
        if (holders.length >= SERVICES_COUNTED || holders.some(([id]) => id === serviceId)) continue;
        const holder: Holder = [serviceId, date];
        known.set(key, [...holders, holder]);
        waiting.push([key, holder]);
      }
    },
    count(key, serviceId, date) {
      let services = 0;
      for (const [other, since] of holdersOf(key)) if (other !== serviceId && isSettled(since, date)) services++;
      return services;
    },
    write() {
      for (const [key, [serviceId, since]] of waiting) insert.run(side, key, serviceId, since);
      waiting.length = 0;
      if (known.size <= keysKept) return;
      known.clear();
      isAllKnown = false;
    },
  };
}
