import type { Pause } from '../../archive/pause.ts';

/** Sorted by the engine at once: some milliseconds, and many times faster than by merging. */
const PIECE = 4_096;

/** By code units, as `Array.sort` does; of ASCII that is by bytes. */
export const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/**
 * What `toSorted` gives, in pieces: 100,000 texts at once would keep others waiting for a tenth of a second.
 *
 * @param order what it takes for equal stays in its order
 */
export async function sorted<Value>(
  values: readonly Value[],
  order: (a: Value, b: Value) => number,
  pause: Pause,
): Promise<Value[]> {
  let runs: Value[][] = [];
  for (let start = 0; start < values.length; start += PIECE) {
    await pause();
    runs.push(values.slice(start, start + PIECE).sort(order));
  }
  while (runs.length > 1) {
    const merged: Value[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(await merge(runs[at] ?? [], runs[at + 1] ?? [], order, pause));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<Value>(
  former: readonly Value[],
  latter: readonly Value[],
  order: (a: Value, b: Value) => number,
  pause: Pause,
): Promise<Value[]> {
  const merged: Value[] = [];
  let next = 0;
  for (const value of former) {
    for (let other = latter[next]; other !== undefined && order(other, value) < 0; other = latter[++next]) {
      merged.push(other);
    }
    merged.push(value);
    await pause();
  }
  for (; next < latter.length; next += PIECE) {
    await pause();
    merged.push(...latter.slice(next, next + PIECE));
  }
  return merged;
}
