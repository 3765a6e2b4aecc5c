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
  await expect.poll(() => runs).toBeGreaterThanOrEqual(2);
  await schedule.stop();
  const stopped = runs;
  await delay(1500);
  expect(runs).toBe(stopped);
});

test('a turn during a run is left out and told; stopping waits for the run', async () => {
  let begun = 0;
  let ended = 0;
  const work = Promise.withResolvers<void>();
  const { schedule, skipped } = watched(EVERY_SECOND, async () => {
    begun++;
    await work.promise;
    ended++;
  });
  await expect.poll(skipped).toBeGreaterThanOrEqual(1);
  expect({ begun, ended }).toEqual({ begun: 1, ended: 0 });
  let isStopped = false;
  const stopping = schedule.stop().then(() => {
    isStopped = true;
  });
  await delay(100);
  expect(isStopped).toBe(false);
  work.resolve();
  await stopping;
  expect({ begun, ended }).toEqual({ begun: 1, ended: 1 });
});

test('a run that fails is told and does not end the schedule', async () => {
  const fault = new Error('the archive is broken');
  const { errors } = watched(EVERY_SECOND, () => Promise.reject(fault));
  await expect.poll(() => errors.length).toBeGreaterThanOrEqual(2);
  expect(new Set(errors)).toEqual(new Set([fault]));
});

test('a turn that a busy machine came late to is made up for', async () => {
  // Begun two seconds before a turn: it falls into the busy time, more than two seconds before its end, and the next is far.
  const runs: number[] = [];
  for (let tries = 0; ; tries++) {
    await delay((18_000 - (Date.now() % 10_000)) % 10_000);
    runs.length = 0;
    const { schedule } = watched('*/10 * * * * *', async () => {
      runs.push(Date.now());
    });
    await delay(500);
    // A machine that is too busy to be there in time has another try.
    const second = (Date.now() % 10_000) / 1000;
    if ((second > 8 && second < 9) || tries === 3) break;
    await schedule.stop();
  }
  expect(runs).toHaveLength(1);
  const until = Date.now() + 3500;
  while (Date.now() < until);
  // Before the next turn, which is some eight seconds away.
  await expect.poll(() => runs, { timeout: 5_000, message: 'node-cron would wait for the next turn' }).toHaveLength(2);
});
