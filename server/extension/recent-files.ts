import type { BuiltFile } from './extension-file.ts';

/** Files by their hash: those of the newest generation, and former ones for whoever has read their manifest already. */
export interface RecentFiles {
  add(generation: readonly BuiltFile[]): void;
  find(sha256: string): BuiltFile | undefined;
}

/** A manifest may be kept for a minute, and a slow client takes a while. */
const KEPT = 15 * 60_000;
const MOST_BYTES = 64_000_000;

/** @param now milliseconds since 1970 */
export function createRecentFiles(now: () => number, mostBytes = MOST_BYTES): RecentFiles {
  const files = new Map<string, { readonly file: BuiltFile; until: number }>();
  let current = new Set<string>();
  return {
    add(generation) {
      const moment = now();
      for (const sha256 of current) {
        const known = files.get(sha256);
        if (known) known.until = moment + KEPT;
      }
      current = new Set(generation.map(({ sha256 }) => sha256));
      for (const file of generation) {
        // The oldest are the first in the map.
        files.delete(file.sha256);
        files.set(file.sha256, { file, until: Number.POSITIVE_INFINITY });
      }
      let bytes = [...files.values()].reduce((sum, { file }) => sum + file.bytes, 0);
      for (const [sha256, { file, until }] of files) {
        if (current.has(sha256) || (until > moment && bytes <= mostBytes)) continue;
        files.delete(sha256);
        bytes -= file.bytes;
      }
    },
    find: (sha256) => files.get(sha256)?.file,
  };
}
