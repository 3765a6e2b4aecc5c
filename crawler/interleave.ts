import type { Terms } from '../archive/declarations/service.ts';

const hostOf = (terms: Terms): string => {
  const location = terms.sourceDocuments[0]?.location ?? '';
  return URL.parse(location)?.host ?? location;
};

/**
 * Orders terms so that hosts take turns, those with most terms first: each host is asked once at a time with a pause,
 * so a host with twenty terms decides how long a run takes and must not be left for the end.
 */
export function interleaveByHost<Item>(items: readonly Item[], termsOf: (item: Item) => Terms): Item[] {
  const lanes = [...Map.groupBy(items, (item) => hostOf(termsOf(item))).values()].sort((a, b) => b.length - a.length);
  const ordered: Item[] = [];
  for (let turn = 0; ordered.length < items.length; turn++) {
    for (const lane of lanes) {
      const item = lane[turn];
      if (item !== undefined) ordered.push(item);
    }
  }
  return ordered;
}
