import type { Budget } from './sequence.ts';

/** More edits than this are not searched for: time and memory grow with their square (about 2 ms and 1.5 MB here). */
const MOST_EDITS = 600;

/**
 * A longest common subsequence of two ranges by Myers' greedy algorithm ("An O(ND) Difference Algorithm and Its
 * Variations", 1986), as far as edits and budget reach; beyond, the furthest path found so far counts.
 */
export function matchByEdits(
  a: Int32Array,
  b: Int32Array,
  range: { readonly aStart: number; readonly aEnd: number; readonly bStart: number; readonly bEnd: number },
  partners: Int32Array,
  budget: Budget,
): void {
  const { aStart, bStart } = range;
  const aLength = range.aEnd - aStart;
  const bLength = range.bEnd - bStart;
  const most = Math.min(aLength + bLength, MOST_EDITS);
  /** By diagonal (x − y, shifted by `most` + 1), how far along `a` a path reaches. */
  const reach = new Int32Array(2 * most + 3);
  const traces: Int32Array[] = [];
  let edits = 0;
  let best = 0;
  let bestSum = -1;
  let isDone = false;
  for (; edits <= most && !isDone && budget.left > 0; edits++) {
    budget.left -= edits + 1;
    bestSum = -1;
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const at = diagonal + most + 1;
      let x = stepsDown(reach, at, diagonal, edits) ? (reach[at + 1] ?? 0) : (reach[at - 1] ?? 0) + 1;
      if (x > aLength || x - diagonal > bLength || x - diagonal < 0) {
        reach[at] = x;
        continue;
      }
      const start = x;
      while (x < aLength && x - diagonal < bLength && a[aStart + x] === b[bStart + x - diagonal]) x++;
      budget.left -= x - start;
      reach[at] = x;
      if (2 * x - diagonal > bestSum) {
        bestSum = 2 * x - diagonal;
        best = diagonal;
      }
      if (x === aLength && x - diagonal === bLength) {
        isDone = true;
        break;
      }
    }
    traces.push(reach.slice(most + 1 - edits, most + 2 + edits));
    if (isDone) break;
  }
  walkBack(traces, best, aStart, bStart, partners);
}

const stepsDown = (reach: Int32Array, at: number, diagonal: number, edits: number): boolean =>
  diagonal === -edits || (diagonal !== edits && (reach[at - 1] ?? 0) < (reach[at + 1] ?? 0));

/** From the end of a path back to the start; its diagonal runs are the pairs. */
function walkBack(traces: readonly Int32Array[], end: number, aStart: number, bStart: number, partners: Int32Array) {
  let diagonal = end;
  let x = traces.at(-1)?.[end + traces.length - 1] ?? 0;
  for (let edits = traces.length - 1; edits >= 0; edits--) {
    const former = traces[edits - 1];
    let from = 0;
    let next = diagonal;
    if (former) {
      // The trace of e edits holds the diagonals -e to e, that of e - 1 one less on each side.
      const at = (place: number): number => former[place + edits - 1] ?? 0;
      const isDown = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
      next = isDown ? diagonal + 1 : diagonal - 1;
      from = isDown ? at(next) : at(next) + 1;
    }
    while (x > from) {
      x--;
      partners[aStart + x] = bStart + x - diagonal;
    }
    if (!former) return;
    x = former[next + edits - 1] ?? 0;
    diagonal = next;
  }
}
