import { describe, expect, test } from 'vitest';
import { monthsBetween, nextMonth } from '../../../../server/pages/terms/months.ts';
import { gapsOf } from '../../../../server/pages/terms/tracking-proof.ts';

describe('months', () => {
  test.each([
    ['2024-01', '2024-02'],
    ['2024-12', '2025-01'],
    ['1999-12', '2000-01'],
  ])('after %s comes %s', (month, next) => expect(nextMonth(month)).toBe(next));

  test.each([
    ['2024-11', '2025-01', ['2024-11', '2024-12', '2025-01']],
    ['2024-11', '2024-11', ['2024-11']],
    ['2024-11', '2024-10', []],
  ])('from %s to %s', (first, last, months) => expect(monthsBetween(first, last)).toEqual(months));
});

test.each([
  ['none', [true, true], []],
  ['one month', [true, false, true], [['2024-02', '2024-02']]],
  [
    'several, the last open',
    [false, false, true, false],
    [
      ['2024-01', '2024-02'],
      ['2024-04', '2024-04'],
    ],
  ],
])('gaps: %s', (_name, seen, gaps) => {
  const months = monthsBetween('2024-01', '2024-12').slice(0, seen.length);
  const known = months.map((month, place) => ({ month, told: [], rest: [], isSeen: seen[place] ?? false }));
  expect(gapsOf(known)).toEqual(gaps);
});
