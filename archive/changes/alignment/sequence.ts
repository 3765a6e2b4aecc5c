import { matchByEdits } from './edits.ts';

/** Work that an alignment may still do, in steps of its loops: shared by all parts of a redline, so that it ends. */
export interface Budget {
  left: number;
}

interface Range {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/**
 * Which elements of two sequences of small integers correspond: a common subsequence, anchored on what occurs once on
 * both sides (patience), and the longest one of what lies between where nothing does. When the budget is used up, what is
 * not yet aligned stays without partner; the result depends on the sequences and the budget alone.
 *
 * @param alphabet all elements are below it
 * @param mostEdits between two places where elements correspond, more are not searched for at once; the best that was
 *   found until then counts, and the search goes on from there
 * @returns for each place in `a` its partner in `b`, or -1
 */
export function matchSequences(
  a: Int32Array,
  b: Int32Array,
  alphabet: number,
  budget: Budget,
  mostEdits: number,
): Int32Array {
  const partners = new Int32Array(a.length).fill(-1);
  const inA = new Int32Array(alphabet);
  const inB = new Int32Array(alphabet);
  const placeInB = new Int32Array(alphabet);
  const ranges: Range[] = [{ aStart: 0, aEnd: a.length, bStart: 0, bEnd: b.length }];
  for (let range = ranges.pop(); range; range = ranges.pop()) {
    const { aStart, aEnd, bStart, bEnd } = matchEnds(a, b, range, partners);
    if (aStart === aEnd || bStart === bEnd || budget.left <= 0) continue;
    budget.left -= aEnd - aStart + bEnd - bStart;
    for (let at = aStart; at < aEnd; at++) inA[a[at] ?? 0] = (inA[a[at] ?? 0] ?? 0) + 1;
    for (let at = bStart; at < bEnd; at++) {
      const element = b[at] ?? 0;
      inB[element] = (inB[element] ?? 0) + 1;
      placeInB[element] = at;
    }
    const anchorsInA: number[] = [];
    const anchorsInB: number[] = [];
    let haveCommon = false;
    for (let at = aStart; at < aEnd; at++) {
      const element = a[at] ?? 0;
      if (inB[element]) haveCommon = true;
      if (inA[element] !== 1 || inB[element] !== 1) continue;
      anchorsInA.push(at);
      anchorsInB.push(placeInB[element] ?? 0);
    }
    for (let at = aStart; at < aEnd; at++) inA[a[at] ?? 0] = 0;
    for (let at = bStart; at < bEnd; at++) inB[b[at] ?? 0] = 0;
    if (!haveCommon) continue;
    if (anchorsInA.length === 0) {
      const reached = matchByEdits(a, b, { aStart, aEnd, bStart, bEnd }, partners, budget, mostEdits);
      ranges.push({ aStart: reached.a, aEnd, bStart: reached.b, bEnd });
      continue;
    }
    let aFrom = aStart;
    let bFrom = bStart;
    for (const place of longestIncreasing(anchorsInB)) {
      const aAt = anchorsInA[place] ?? 0;
      const bAt = anchorsInB[place] ?? 0;
      partners[aAt] = bAt;
      ranges.push({ aStart: aFrom, aEnd: aAt, bStart: bFrom, bEnd: bAt });
      aFrom = aAt + 1;
      bFrom = bAt + 1;
    }
    ranges.push({ aStart: aFrom, aEnd, bStart: bFrom, bEnd });
  }
  return partners;
}

/** Pairs what both ends of the range have in common; returns what is left between. */
function matchEnds(a: Int32Array, b: Int32Array, range: Range, partners: Int32Array): Range {
  let { aStart, aEnd, bStart, bEnd } = range;
  while (aStart < aEnd && bStart < bEnd && a[aStart] === b[bStart]) partners[aStart++] = bStart++;
  while (aStart < aEnd && bStart < bEnd && a[aEnd - 1] === b[bEnd - 1]) partners[--aEnd] = --bEnd;
  return { aStart, aEnd, bStart, bEnd };
}

/** Places of a longest strictly increasing subsequence. */
export function longestIncreasing(values: readonly number[]): number[] {
  const tails: number[] = [];
  const before = new Int32Array(values.length);
  for (const [place, value] of values.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[place] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = place;
  }
  const places = new Array<number>(tails.length);
  for (let at = tails.length - 1, place = tails.at(-1) ?? -1; at >= 0; at--) {
    places[at] = place;
    place = before[place] ?? -1;
  }
  return places;
}
