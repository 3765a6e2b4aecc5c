import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits for what is to come; also outside of tests.
 *
 * @throws Error with what was waited for, after twenty seconds
 */
export async function until(what: string, condition: () => unknown): Promise<void> {
  const end = Date.now() + 20_000;
  for (;;) {
    if (await condition()) return;
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}`);
    await pause(50);
  }
}
