import { afterEach, expect, test, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { stayAwake } from '../../../extension/files/stay-awake.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test.each<[string, (end: { resolve: (value: string) => void; reject: (error: Error) => void }) => void, string]>([
  ['well', ({ resolve }) => resolve('done'), 'done'],
  ['in a fault', ({ reject }) => reject(new Error('gone')), 'gone'],
])('the browser is called every 20 seconds until the work has ended %s', async (_name, finish, outcome) => {
  vi.useFakeTimers();
  const called = vi.spyOn(browser.runtime, 'getPlatformInfo');
  const work = Promise.withResolvers<string>();
  const awake = stayAwake(() => work.promise).catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(65_000);
  expect(called).toHaveBeenCalledTimes(3);
  finish(work);
  expect(await awake).toBe(outcome);
  await vi.advanceTimersByTimeAsync(65_000);
  expect(called).toHaveBeenCalledTimes(3);
});
