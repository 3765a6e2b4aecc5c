import type { DocumentState } from './state.ts';

/** Days after which a block in other services is no news any more: sister services change their law within weeks. */
const SETTLED_DAYS = 60;
const SERVICES_COUNTED = 6;
/** Longer blocks may be law that many share. */
const LONGEST = 25;

/** Which services have a short block, and since when. Grows with each record, in commit order. */
export interface SharedBlocks {
  /** Notes what stands in a service's document from this record on. */
  note(serviceId: string, state: DocumentState, former: DocumentState | undefined, date: number): void;
  /** Services other than this one that had the block's words long enough before the date; counted up to six. */
  count(key: string, serviceId: string, date: number): number;
}

export function createSharedBlocks(): SharedBlocks {
  const first = new Map<string, Map<string, number>>();
  return {
    note(serviceId, state, former, date) {
      for (const [key, { count }] of state.byKey) {
        if (count > LONGEST || former?.byKey.has(key)) continue;
        const services = first.get(key) ?? new Map<string, number>();
        first.set(key, services);
        if (services.size < SERVICES_COUNTED && !services.has(serviceId)) services.set(serviceId, date);
      }
    },
    count(key, serviceId, date) {
      let services = 0;
      for (const [other, since] of first.get(key) ?? []) {
        if (other !== serviceId && date - since >= SETTLED_DAYS * 86_400_000) services++;
      }
      return services;
    },
  };
}
