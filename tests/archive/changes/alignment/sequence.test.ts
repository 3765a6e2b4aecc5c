import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchByEdits } from '../../../../archive/changes/alignment/edits.ts';
import { type Candidate, heaviestChain } from '../../../../archive/changes/alignment/heaviest-chain.ts';
import { longestIncreasing, matchSequences } from '../../../../archive/changes/alignment/sequence.ts';

const sequence = (alphabet: number) =>
  fc.array(fc.nat(alphabet - 1), { maxLength: 40 }).map((list) => Int32Array.from(list));

/** Length of a longest common subsequence, by the table of all pairs of places. */
function lengthOfCommon(a: Int32Array, b: Int32Array): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const element of a) {
    const next = [0];
    for (const [place, other] of b.entries()) {
      const longer = Math.max(next[place] ?? 0, row[place + 1] ?? 0);
      next.push(element === other ? (row[place] ?? 0) + 1 : longer);
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** How many elements are paired; fails where the pairs are none of equal elements in order. */
function countPairs(a: Int32Array, b: Int32Array, partners: Int32Array): number {
  let last = -1;
  let count = 0;
  for (const [place, partner] of partners.entries()) {
    if (partner < 0) continue;
    expect(b[partner]).toBe(a[place]);
    expect(partner).toBeGreaterThan(last);
    last = partner;
    count++;
  }
  return count;
}

const wholeOf = (a: Int32Array, b: Int32Array) => ({ aStart: 0, aEnd: a.length, bStart: 0, bEnd: b.length });

describe('a common subsequence', () => {
  test('by edits it is a longest one', () => {
    fc.assert(
      fc.property(sequence(4), sequence(4), (a, b) => {
        const partners = new Int32Array(a.length).fill(-1);
        const reached = matchByEdits(a, b, wholeOf(a, b), partners, { left: 1e6 }, 1000);
        expect(countPairs(a, b, partners)).toBe(lengthOfCommon(a, b));
        expect(reached).toEqual({ a: a.length, b: b.length });
      }),
      { numRuns: 1000 },
    );
  });

  test('anchored or not, with however many edits at once and however little budget, it is one', () => {
    fc.assert(
      fc.property(sequence(12), sequence(12), fc.integer({ min: 1, max: 9 }), fc.nat(300), (a, b, mostEdits, left) => {
        countPairs(a, b, matchSequences(a, b, 12, { left }, mostEdits));
      }),
      { numRuns: 2000 },
    );
  });

  test('where elements recur on both sides it is a longest one', () => {
    fc.assert(
      fc.property(sequence(2), sequence(2), (list, other) => {
        // Twice each, so that nothing occurs once.
        const [a, b] = [Int32Array.from([...list, 0, 1, 0, 1]), Int32Array.from([...other, 1, 0, 1, 0])];
        expect(countPairs(a, b, matchSequences(a, b, 2, { left: 1e6 }, 1000))).toBe(lengthOfCommon(a, b));
      }),
      { numRuns: 500 },
    );
  });

  test('going on after too many edits finds what comes later', () => {
    const noise = (from: number): number[] => Array.from({ length: 400 }, (_, place) => from + (place % 7));
    const common = [1, 2, 1, 2, 1, 1, 2, 2];
    const a = Int32Array.from([...noise(10), ...common, ...noise(10), 3, 3]);
    const b = Int32Array.from([...noise(20), ...common, ...noise(20), 3, 3, 4]);
    expect(countPairs(a, b, matchSequences(a, b, 30, { left: 1e7 }, 100))).toBeGreaterThanOrEqual(2);
    expect(countPairs(a, b, matchSequences(a, b, 30, { left: 1e7 }, 2000))).toBe(10);
  });

  test('the longest increasing places', () => {
    expect(longestIncreasing([3, 1, 2, 9, 4, 5])).toEqual([1, 2, 4, 5]);
    expect(longestIncreasing([])).toEqual([]);
    expect(longestIncreasing([5, 4, 3])).toEqual([2]);
  });
});

describe('the heaviest chain', () => {
  /** By trying everything. */
  function heaviest(candidates: readonly Candidate[], from = -1, to = -1): number {
    let best = 0;
    for (const candidate of candidates) {
      if (candidate.from <= from || candidate.to <= to) continue;
      best = Math.max(best, candidate.weight + heaviest(candidates, candidate.from, candidate.to));
    }
    return best;
  }

  test('is one, and none is heavier', () => {
    const candidate = fc.record({ from: fc.nat(6), to: fc.nat(6), weight: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 9 }), (candidates) => {
        const chain = heaviestChain(candidates);
        for (const [place, { from, to }] of chain.entries()) {
          const next = chain[place + 1];
          if (next) expect([next.from > from, next.to > to]).toEqual([true, true]);
        }
        expect(chain.reduce((sum, { weight }) => sum + weight, 0)).toBe(heaviest(candidates));
      }),
      { numRuns: 500 },
    );
  });
});
