import type { DocumentState } from '../documents/state.ts';

/** Days after which a block in other services is no news any more: sister services change their law within weeks. */
const SETTLED_DAYS = 60;
/** Services kept for a block; more say no more. */
export const SERVICES_COUNTED = 6;
/** Longer blocks may be law that sister services share; of those that real archives shared, none said more. */
export const LONGEST_SHARED = 5;

/** Which services have a short block, and since when. Grows with each record, in commit order. */
export interface SharedBlocks {
  /**
   * Notes blocks that stand in a service's document from this record on. Of a service that has a block already the first
   * date stays, and services beyond `SERVICES_COUNTED` are not kept.
   *
   * @param keys of the blocks' words, each once
   * @param date fetch date of the record, milliseconds since 1970
   */
  note(serviceId: string, keys: readonly string[], date: number): void;
  /**
   * How many services other than this one had the block long enough before the date: those whose date `isSettled`.
   * At most `SERVICES_COUNTED`.
   */
  count(key: string, serviceId: string, date: number): number;
}

/** Whether a block that another service has since then is no news any more. */
export const isSettled = (since: number, date: number): boolean => date - since >= SETTLED_DAYS * 86_400_000;

/** Keys of the short blocks that a document did not have before. */
export function newShortBlocks(state: DocumentState, former: DocumentState | undefined): string[] {
  const keys: string[] = [];
  for (const [key, { count }] of state.byKey) if (count <= LONGEST_SHARED && !former?.byKey.has(key)) keys.push(key);
  return keys;
}

/** In memory, for one run. */
export function createSharedBlocks(): SharedBlocks {
  const first = new Map<string, Map<string, number>>();
  return {
    note(serviceId, keys, date) {
      for (const key of keys) {
        const services = first.get(key) ?? new Map<string, number>();
        first.set(key, services);
        if (services.size < SERVICES_COUNTED && !services.has(serviceId)) services.set(serviceId, date);
      }
    },
    count(key, serviceId, date) {
      let services = 0;
      for (const [other, since] of first.get(key) ?? []) if (other !== serviceId && isSettled(since, date)) services++;
      return services;
    },
  };
}
