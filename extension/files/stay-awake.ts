import { browser } from 'wxt/browser';

/** Chromium puts a worker to sleep after 30 seconds without any call of its interfaces, also one that waits for a download. */
const EVERY = 20_000;

/** Keeps the worker awake until the work is done: each call of an interface begins the 30 seconds anew. */
export async function stayAwake<Result>(work: () => Promise<Result>): Promise<Result> {
  const timer = setInterval(() => void browser.runtime.getPlatformInfo().catch(() => undefined), EVERY);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
