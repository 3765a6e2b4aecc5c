import { LRUCache } from 'lru-cache';
import type { Redline } from '../../archive/changes/redline/redline.ts';

/** Redlines by the blobs that they compare: they never change while the program runs. */
export interface RedlineCache {
  get(before: string, after: string): Redline | undefined;
  set(before: string, after: string, redline: Redline): void;
  size(): { readonly redlines: number; readonly bytes: number };
}

/** What a block and a span cost beside their text, about. */
const BLOCK_BYTES = 250;
const SPAN_BYTES = 60;

/** @param mostBytes what the redlines may take together, about, in memory. */
export function createRedlineCache(mostBytes: number): RedlineCache {
  const cache = new LRUCache<string, Redline>({ maxSize: mostBytes, sizeCalculation: bytesOf });
  const key = (before: string, after: string): string => `${before} ${after}`;
  return {
    get: (before, after) => cache.get(key(before, after)),
    set: (before, after, redline) => void cache.set(key(before, after), redline),
    size: () => ({ redlines: cache.size, bytes: cache.calculatedSize }),
  };
}

/** Texts are counted with two bytes a character: most languages have some character that needs them. */
function bytesOf({ blocks }: Redline): number {
  let bytes = BLOCK_BYTES;
  for (const { spans, headings } of blocks) {
    bytes += BLOCK_BYTES;
    for (const { text } of spans) bytes += SPAN_BYTES + 2 * text.length;
    for (const heading of headings) bytes += 2 * heading.length;
  }
  return bytes;
}
