import { setTimeout as sleep } from 'node:timers/promises';
import type { IsolatedWorld } from './isolated-world.ts';

const POLL_INTERVAL = 100;

/**
 * Waits until each selector matches an element with text, at most `timeout` milliseconds; when one never does, the
 * extraction decides. A selector that is none is not waited for.
 */
export async function waitForSelectors(
  world: IsolatedWorld,
  selectors: readonly string[],
  timeout: number,
  signal: AbortSignal,
): Promise<void> {
  if (selectors.length === 0) return;
  const expression = `${JSON.stringify(selectors)}.every((selector) => {
    try { return [...document.querySelectorAll(selector)].some((element) => element.textContent.trim() !== ''); }
    catch { return true; }
  })`;
  const end = performance.now() + timeout;
  while (performance.now() < end && !signal.aborted) {
    // Scripts may lead to another document meanwhile: then this one's world is gone, the next has its own.
    if (await world.evaluate(expression).catch(() => false)) return;
    await sleep(POLL_INTERVAL);
  }
}
