import { existsSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { KeeperSettings, ToKeeper } from '../../../../archive/index/follow/messages.ts';

// Dies of another cause each of the first three times; then answers.

const { indexFile } = workerData as KeeperSettings;
const dies: Readonly<Record<string, () => void>> = {
  error: () => {
    throw new Error('a planted error');
  },
  exit: () => process.exit(7),
  memory: () => {
    const hoard: number[][] = [];
    for (;;) hoard.push(Array.from({ length: 100_000 }, (_, index) => index + hoard.length));
  },
};
const next = Object.entries(dies).find(([name]) => !existsSync(`${indexFile}-${name}`));
if (next) {
  writeFileSync(`${indexFile}-${next[0]}`, '');
  next[1]();
}
parentPort?.on('message', (message: ToKeeper) => {
  if (message.kind === 'close') parentPort?.close();
  else parentPort?.postMessage({ kind: 'caught-up', request: message.request, failure: undefined });
});
