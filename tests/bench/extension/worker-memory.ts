import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'puppeteer';

/** Bytes of the built extension's own worker that are still used: when it has started, and when all files were downloaded and told of. */
export interface WorkerMemory {
  readonly before: number;
  readonly after: number;
}

/**
 * @param folder of the built extension; it is installed, and chooses the server
 * @throws Error where it has not told of the files after five minutes
 */
export async function workerMemory(browser: Browser, folder: string, server: string): Promise<WorkerMemory> {
  const id = await browser.installExtension(folder);
  const target = await browser.waitForTarget((one) => one.url() === `chrome-extension://${id}/background.js`);
  const worker = await target.worker();
  if (!worker) throw new Error('The worker has ended.');
  const used = async (): Promise<number> => {
    await worker.client.send('HeapProfiler.enable');
    for (let round = 0; round < 3; round++) await worker.client.send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize } = await worker.client.send('Runtime.getHeapUsage');
    return usedSize + backingStorageSize;
  };
  try {
    const before = await used();
    await worker.evaluate(`chrome.storage.local.set({ settings: { server: ${JSON.stringify(server)} } })`);
    const end = Date.now() + 300_000;
    while (!(await worker.evaluate(TOLD))) {
      if (Date.now() > end) throw new Error('The worker has not told of the files.');
      await pause(200);
    }
    return { before, after: await used() };
  } finally {
    await browser.uninstallExtension(id);
  }
}

/** The next download is hours away, and nothing is being told. */
const TOLD = `(async () => {
  const { lastRefresh } = await chrome.storage.local.get('lastRefresh');
  const { scheduledTime } = (await chrome.alarms.get('refresh')) ?? { scheduledTime: 0 };
  const { held, pending } = await navigator.locks.query();
  return lastRefresh?.succeededAt != null && scheduledTime > Date.now() + 3 * 3600000 && held.length + pending.length === 0;
})()`;
