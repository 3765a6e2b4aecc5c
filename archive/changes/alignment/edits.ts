import type { Budget } from './sequence.ts';

/**
 * A longest common subsequence of two ranges by Myers' greedy algorithm ("An O(ND) Difference Algorithm and Its
 * Variations", 1986), as far as `mostEdits` and the budget reach: time and memory grow with the square of the edits.
 *
 * @returns how far along both sides the path reaches: their ends, or the furthest that was found, from where the caller
 *   may go on.
 */
export function matchByEdits(
  a: Int32Array,
  b: Int32Array,
  range: { readonly aStart: number; readonly aEnd: number; readonly bStart: number; readonly bEnd: number },
  partners: Int32Array,
  budget: Budget,
  mostEdits: number,
): { readonly a: number; readonly b: number } {
  const { aStart, bStart } = range;
  const aLength = range.aEnd - aStart;
  const bLength = range.bEnd - bStart;
  const slope = aLength / bLength;
  const most = Math.min(aLength + bLength, mostEdits);
  /** By diagonal (x − y, shifted by `most` + 1), how far along `a` a path reaches. */
  const reach = new Int32Array(2 * most + 3);
  const traces: Int32Array[] = [];
  let edits = 0;
  let best = 0;
  let bestMerit = Number.NEGATIVE_INFINITY;
  let isDone = false;
  for (; edits <= most && !isDone && budget.left > 0; edits++) {
    budget.left -= edits + 1;
    bestMerit = Number.NEGATIVE_INFINITY;
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
      // Of paths that are equally long, one that uses up both sides alike leaves most to be found beyond it.
      const merit = 2 * x - diagonal - Math.abs(x - (x - diagonal) * slope);
      if (merit > bestMerit) {
        bestMerit = merit;
        best = diagonal;
      }
      if (x === aLength && x - diagonal === bLength) {
        isDone = true;
        best = diagonal;
        break;
      }
    }
    const trace = new Int32Array(edits + 1);
    for (let place = 0; place <= edits; place++) trace[place] = reach[most + 1 - edits + 2 * place] ?? 0;
    traces.push(trace);
    if (isDone) break;
  }
  walkBack(traces, best, aStart, bStart, partners);
  const x = reach[best + most + 1] ?? 0;
  return { a: aStart + x, b: bStart + x - best };
}

const stepsDown = (reach: Int32Array, at: number, diagonal: number, edits: number): boolean =>
  diagonal === -edits || (diagonal !== edits && (reach[at - 1] ?? 0) < (reach[at + 1] ?? 0));

/**
 * From the end of a path back to the start; its diagonal runs are the pairs. The trace of e edits holds every second
 * diagonal from -e to e: the others cannot be reached by that many.
 */
function walkBack(
  traces: readonly Int32Array[],
  end: number,
  aStart: number,
  bStart: number,
  partners: Int32Array,
): void {
  let diagonal = end;
  let x = traces.at(-1)?.[(end + traces.length - 1) / 2] ?? 0;
  for (let edits = traces.length - 1; edits >= 0; edits--) {
    const former = traces[edits - 1];
    let from = 0;
    let next = diagonal;
    if (former) {
      const at = (place: number): number => former[(place + edits - 1) / 2] ?? 0;
      const isDown = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
      next = isDown ? diagonal + 1 : diagonal - 1;
      from = isDown ? at(next) : at(next) + 1;
    }
    while (x > from) {
      x--;
      partners[aStart + x] = bStart + x - diagonal;
    }
    if (!former) return;
    x = former[(next + edits - 1) / 2] ?? 0;
    diagonal = next;
  }
}
