import { expect, test } from 'vitest';
import { keepTurns, scheduleTurns } from '../../../server/health/schedule-turns.ts';

test('turns of a schedule, and the longest pause between them', () => {
  const { next, longestPause } = scheduleTurns('30 */12 * * *');
  expect(next?.getMinutes()).toBe(30);
  expect(next?.getTime()).toBeGreaterThan(Date.now());
  // An hour more or less where clocks are changed in between.
  expect(Math.abs(longestPause / 3_600_000 - 12)).toBeLessThanOrEqual(1);
  expect(scheduleTurns('30 */12 * * *').longestPause).toBe(longestPause);
  expect(() => scheduleTurns('nonsense')).toThrow();
});

test('they are found once, until the next has passed', () => {
  let time = 0;
  const found: string[] = [];
  const turns = keepTurns(
    (expression) => {
      found.push(expression);
      return { next: new Date(time + 1_000), longestPause: 1_000 };
    },
    () => time,
  );
  turns('a');
  turns('b');
  time = 999;
  expect(turns('a').next).toEqual(new Date(1_000));
  expect(found).toEqual(['a', 'b']);
  time = 1_000;
  expect(turns('a').next).toEqual(new Date(2_000));
  expect(found).toEqual(['a', 'b', 'a']);
});
