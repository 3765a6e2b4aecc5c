import { parentPort, workerData } from 'node:worker_threads';
import { keepIndex } from './keep-index.ts';
import type { FromKeeper, KeeperSettings, ToKeeper } from './messages.ts';

// A thread of its own, since SQLite's writing is synchronous and takes seconds at times: readers must not wait for it.

const port = parentPort;
if (!port) throw new Error('This module runs in a worker thread only');
const tell = (message: FromKeeper): void => port.postMessage(message);
const keeper = keepIndex(workerData as KeeperSettings, tell);
port.on('message', (message: ToKeeper) => {
  if (message.kind === 'catch-up') {
    keeper.catchUp(message.request);
    return;
  }
  void keeper.close().then(() => {
    tell({ kind: 'closed' });
    port.close();
  });
});
