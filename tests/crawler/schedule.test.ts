import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type Schedule, startSchedule } from '../../crawler/schedule.ts';

const EVERY_SECOND = '* * * * * *';

interface Watched {
  readonly schedule: Schedule;
  readonly skipped: () => number;
  readonly errors: readonly unknown[];
}

function watched(expression: string, work: () => Promise<void>): Watched {
  let skipped = 0;
  const errors: unknown[] = [];
  const schedule = startSchedule(expression, work, {
    onSkipped: () => {
      skipped++;
    },
    onError: (error) => errors.push(error),
  });
  onTestFinished(() => schedule.stop());
  return { schedule, skipped: () => skipped, errors };
}

test('works at once, then at each turn, and no more once stopped', async () => {
  let runs = 0;
  const { schedule } = watched(EVERY_SECOND, async () => {
    runs++;
  });
  expect(runs).toBe(1);
  expect(schedule.next()?.getTime()).toBeGreaterThan(Date.now() - 1);
  await delay(2200);
  expect(runs).toBeGreaterThanOrEqual(2);
  await schedule.stop();
  const stopped = runs;
  await delay(1500);
  expect(runs).toBe(stopped);
});

test('a turn during a run is left out and told; stopping waits for the run', async () => {
  let begun = 0;
  let ended = 0;
  const { schedule, skipped } = watched(EVERY_SECOND, async () => {
    begun++;
    await delay(2500);
    ended++;
  });
  await delay(2200);
  expect({ begun, ended }).toEqual({ begun: 1, ended: 0 });
  expect(skipped()).toBeGreaterThanOrEqual(1);
  await schedule.stop();
  expect({ begun, ended }).toEqual({ begun: 1, ended: 1 });
});

test('a run that fails is told and does not end the schedule', async () => {
  const fault = new Error('the archive is broken');
  const { errors } = watched(EVERY_SECOND, () => Promise.reject(fault));
  await delay(2300);
  expect(errors.length).toBeGreaterThanOrEqual(2);
  expect(new Set(errors)).toEqual(new Set([fault]));
});

test('a turn that a busy machine came late to is made up for', async () => {
  // Begun two seconds before a turn: it falls into the busy time, more than two seconds before its end, and the next is far.
  await delay(3000 - (Date.now() % 5000) + (Date.now() % 5000 > 2900 ? 5000 : 0));
  const runs: number[] = [];
  watched('*/5 * * * * *', async () => {
    runs.push(Date.now());
  });
  await delay(1500);
  expect(runs).toHaveLength(1);
  const until = Date.now() + 3000;
  while (Date.now() < until);
  await delay(300);
  expect(runs, 'node-cron would wait for the next turn').toHaveLength(2);
});
